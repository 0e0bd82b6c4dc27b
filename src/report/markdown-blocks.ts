/** The building blocks of a Markdown report. Cells and titles are Markdown already. */

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
