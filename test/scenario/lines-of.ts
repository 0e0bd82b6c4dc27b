/** A scenario's problems as the lines a user reads: `file:line:column  path  message  (hint)`, with the code in front. */
import { type ParseOptions, parseScenario } from '../../src/scenario/parse-scenario.js';

export function linesOf(text: string, options: ParseOptions = {}): string[] {
  return parseScenario(text, options).problems.map(
    ({ code, file, line, column, path, message, hint }) =>
      `${code}  ${file}:${line}:${column}  ${path}  ${message}  (${hint})`,
  );
}

/** A sound scenario with more lines below the function and below the traffic. */
export function scenarioWith({ top = '', fn = '', traffic = '', shape = 'rate: 1/s' } = {}): string {
  const block = (lines: string, indent: string) =>
    lines
      .split('\n')
      .filter(Boolean)
      .map((line) => `${indent}${line}\n`)
      .join('');
  return `${top === '' ? '' : `${top}\n`}functions:\n  api:\n    duration: 45ms\n${block(fn, '    ')}traffic:\n  web:\n    to: api\n${block(shape, '    ')}${block(traffic, '    ')}`;
}
