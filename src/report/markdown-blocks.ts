/** The building blocks of a Markdown report. Cells and titles are Markdown already. */

import { count } from '../engine/format.js';

/** How many more of something there are than a list has, and the file that has them; nothing where there are none. */
export function leftOut(left: number, what: string, file: string): string {
  return left > 0 ? `\n\n${count(left)} more ${what}: \`${file}\` has them.` : '';
}

export function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** `align` holds one letter a column: l or r. */
export function table(columns: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const rule = [...align].map((letter) => (letter === 'r' ? '--:' : '---'));
  return [columns, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
