/** An error as the user meets it: exit code, problems for programs, text for people. Never a stack, unless asked. */
import { LimitError, type Problem, ScenarioError, UsageError } from '../engine/errors.js';
import { FileError } from '../node/file-error.js';
import { Interrupted } from '../node/interrupted.js';
import { RunFault } from '../node/run-fault.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { problemLines } from './problem-lines.js';

export interface Failure {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  readonly text: string;
}

export function failureOf(error: unknown, debug: boolean): Failure {
  if (error instanceof ScenarioError) {
    return { exitCode: EXIT.INPUT, problems: error.problems, text: problemLines(error.problems) };
  }
  if (error instanceof UsageError) return plain(EXIT.INPUT, 'usage', '', error.message, error.hint);
  if (error instanceof FileError) return plain(EXIT.FILE, 'file', error.path, error.message, error.hint);
  if (error instanceof LimitError) return plain(EXIT.LIMIT, 'limit', '', error.message, error.hint);
  if (error instanceof Interrupted)
    return plain(EXIT.INTERRUPTED, 'interrupted', '', 'interrupted; nothing was written', '');
  return fault(error, debug);
}

function fault(error: unknown, debug: boolean): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const place = error instanceof RunFault ? error.place : 'outside of a run';
  const lines = [
    `lambdasim: a fault of the program, not of your input: ${message}`,
    `  ${place}`,
    '  please report it with these two lines and the scenario file; --debug shows where it happened',
  ];
  const stack = error instanceof RunFault ? error.origin : error instanceof Error ? (error.stack ?? '') : '';
  if (debug && stack !== '') lines.push(stack);
  const problem = problemOf('fault', '', message, place);
  return { exitCode: EXIT.FAULT, problems: [problem], text: lines.join('\n') };
}

function plain(exitCode: ExitCode, code: string, file: string, message: string, hint: string): Failure {
  const text = `lambdasim: ${message}${hint === '' ? '' : `\n  ${hint}`}`;
  return { exitCode, problems: [problemOf(code, file, message, hint)], text };
}

function problemOf(code: string, file: string, message: string, hint: string): Problem {
  return { code, file, line: 1, column: 1, path: '', message, hint };
}
