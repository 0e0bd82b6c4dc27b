// Tables of the bench as text and as the page that is kept. The page leaves out what only says how fast a machine is.

/** Columns aligned by spaces. */
export function asText({ title, columns, rows, note }) {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const aligned = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return `${title}\n${aligned.map((line) => `  ${line}\n`).join('')}  ${note}\n`;
}

/** A section in Markdown, without the columns listed in `machineBound`; undefined when nothing else would be left. */
export function asSection({ title, columns, rows, machineBound, note }) {
  const kept = (line) => line.filter((_, column) => !machineBound.includes(column));
  if (kept(columns).length < 2) return undefined;
  const row = (line) => `| ${kept(line).join(' | ')} |`;
  return [`## ${title}`, '', row(columns), row(columns.map(() => '---')), ...rows.map(row), '', note, ''].join('\n');
}
