/** Problems of a file as lines: `file:line:column  path  message  (hint)`. */
import type { Problem } from '../engine/errors.js';
import { oneLine } from '../report/text.js';

export function problemLines(problems: readonly Problem[]): string {
  return problems.map(problemLine).join('\n');
}

function problemLine({ file, line, column, path, message, hint }: Problem): string {
  const parts = [`${file}:${line}:${column}`, path, message, hint === '' ? '' : `(${hint})`];
  return parts
    .filter((part) => part !== '')
    .map(oneLine)
    .join('  ');
}

/** The machine form of the same. */
export function problemsJson(problems: readonly Problem[]): string {
  const ordered = problems.map(({ code, file, line, column, path, message, hint }) => ({
    code,
    file,
    line,
    column,
    path,
    message,
    hint,
  }));
  return `${JSON.stringify({ problems: ordered }, null, 2)}\n`;
}
