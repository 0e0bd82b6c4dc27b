/** What a command is: its words for the help, and what it does. One file a command; `commands.ts` lists them. */
import type { Command as Commander } from 'commander';
import type { ExitCode } from './exit-codes.js';
import type { Output } from './output.js';

export interface Session {
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** `--json`: standard output is for a program. */
  readonly json: boolean;
}

export interface Command<Options = object> {
  /** Adds arguments, options and examples. Name and summary are there. */
  configure(command: Commander): void;
  run(args: readonly string[], options: Options, session: Session): Promise<ExitCode>;
}

/** Options that stand before a command as well as after it. */
export function addCommonOptions(command: Commander): Commander {
  return command.option('--no-color', 'plain text').option('--debug', 'show where a fault happened');
}

/** Of a terminal. */
const COLUMNS = 80;

/** The part of `--help` people read first: what each example does stands beside it, or below where that is too wide. */
export function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const beside = lines.map(([command, what]) => `  $ lambdasim ${command.padEnd(width)}  ${what}`);
  const below = lines.map(([command, what]) => `  $ lambdasim ${command}\n      ${what}`);
  const shown = beside.some((line) => line.length > COLUMNS) ? below : beside;
  return `\nExamples:\n${shown.join('\n')}\n`;
}
