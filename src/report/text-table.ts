/** Columns of text within a width: the first to the left and cut when it must be, the others to the right and whole. */
import { columnsOf, padded, printable, shortened } from './text.js';

const GAP = 2;
const NARROWEST_NAME = 8;

/** One line a row. Rows have as many cells as the first. Trailing spaces are left off. */
export function textTable(cells: readonly (readonly string[])[], width: number): string[] {
  const rows = cells.map((row) => row.map(printable));
  const columns = rows[0]?.length ?? 0;
  const widths: number[] = [];
  for (let column = 0; column < columns; column++) {
    widths.push(Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))));
  }
  const others = widths.slice(1).reduce((sum, each) => sum + GAP + each, 0);
  const first = Math.min(widths[0] ?? 0, Math.max(NARROWEST_NAME, width - others));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        if (column === 0) return padded(shortened(cell, first), first);
        return ' '.repeat(GAP + (widths[column] ?? 0) - columnsOf(cell)) + cell;
      })
      .join('')
      .trimEnd(),
  );
}
