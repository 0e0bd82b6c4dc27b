/** One column or row of a CSV file (RFC 4180; separators `,`, `;` or a tab), cell by cell with positions. */
import { nearest, suggestion } from './nearest.js';
import { type Fault, shown } from './quantities/reading.js';

export interface Cell {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

type RowVisitor = (cells: readonly Cell[]) => boolean;

/** Calls `visit` for each row that is not empty, until it returns false. A quoted cell may hold separators, quotes and line ends. */
function eachRow(text: string, visit: RowVisitor): void {
  const separator = separatorOf(text);
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (position < text.length) {
    const row: Cell[] = [];
    const rowLine = line;
    let lineStart = position;
    for (;;) {
      const column = position - lineStart + 1;
      const cellLine = line;
      let cell: string;
      if (text[position] === '"') {
        const end = closingQuote(text, position);
        cell = text.slice(position + 1, end).replaceAll('""', '"');
        for (let i = position; i < end; i++) {
          if (text.charCodeAt(i) === 0x0a) {
            line++;
            lineStart = i + 1;
          }
        }
        position = end + 1;
        while (position < text.length && text[position] !== separator && text[position] !== '\n') position++;
      } else {
        const start = position;
        while (position < text.length && text[position] !== separator && text[position] !== '\n') position++;
        cell = text.slice(start, position).replace(/\r$/, '').trim();
      }
      row.push({ text: cell, line: cellLine, column });
      if (text[position] !== separator) break;
      position++;
    }
    position++;
    line++;
    const empty = row.length === 1 && row[0]!.text === '' && row[0]!.line === rowLine;
    if (!empty && !visit(row)) return;
  }
}

/** The one of `,`, `;` and tab that is most frequent in the first line. */
function separatorOf(text: string): string {
  const end = text.indexOf('\n');
  const header = end < 0 ? text : text.slice(0, end);
  let best = ',';
  let most = 0;
  for (const candidate of [',', ';', '\t']) {
    const found = header.split(candidate).length - 1;
    if (found > most) {
      most = found;
      best = candidate;
    }
  }
  return best;
}

function closingQuote(text: string, open: number): number {
  let end = open + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) return text.length;
    if (text[end + 1] !== '"') return end;
    end += 2;
  }
}

export interface CellFault {
  readonly fault: Fault;
  readonly line: number;
  readonly column: number;
}

/**
 * Calls `visit` for each cell below the header `name`; returns what is wrong with the file, cell by cell. `visit` returns the
 * fault of a cell. The list ends when it is longer than anyone is shown.
 */
export function eachCell(text: string, name: string, visit: (cell: Cell) => Fault | undefined): readonly CellFault[] {
  let index = -1;
  let rows = 0;
  const wrong: CellFault[] = [];
  const add = (fault: Fault, { line, column }: Pick<Cell, 'line' | 'column'>): boolean => {
    wrong.push({ fault, line, column });
    return wrong.length < MOST_FAULTS;
  };
  eachRow(text, (cells) => {
    if (index < 0) {
      index = cells.findIndex((cell) => cell.text === name);
      return index >= 0 || (add(unknownColumn(name, cells), FIRST) && false);
    }
    rows++;
    const cell = cells[index];
    if (cell === undefined) return add(shortRow(name), cells[cells.length - 1]!);
    const fault = visit(cell);
    return fault === undefined || add(fault, cell);
  });
  if (wrong.length === 0 && rows === 0) add(NO_ROWS, FIRST);
  return wrong;
}

/** One more than a reader is shown of a whole scenario, so that the rest is not passed over in silence. */
const MOST_FAULTS = 101;
const FIRST = { line: 1, column: 1 };
const NO_ROWS: Fault = {
  code: 'empty-file',
  message: 'the file has no rows below its header',
  hint: 'write a header line and at least one row',
};

function shortRow(name: string): Fault {
  return {
    code: 'bad-cell',
    message: `the row has no cell for column ${shown(name)}`,
    hint: 'complete the row or remove it',
  };
}

/** The names are shown when the first line looks like names: few, short, and not numbers. */
function unknownColumn(name: string, cells: readonly Cell[]): Fault {
  const names = cells.map((cell) => cell.text);
  const isHeader = names.every((text) => text.length <= 40 && /^\p{L}[^\p{C}]*$/u.test(text));
  // Where the first line is one text, only a near one is shown: the file may be no table, and no business of the reader.
  const told = isHeader && (names.length > 1 || nearest(name, names) !== undefined);
  const hint = told ? suggestion(name, names) : 'the first line of the file must name its columns';
  return { code: 'unknown-column', message: `the file has no column ${shown(name)}`, hint };
}

const BUCKET = /^\d+$/;

/**
 * Calls `visit` for each cell of the row that holds the text `name` in a column of words, in the columns that have a whole
 * number as their header. As `eachCell` otherwise.
 */
export function eachCellOfRow(
  text: string,
  name: string,
  visit: (cell: Cell) => Fault | undefined,
): readonly CellFault[] {
  let buckets: readonly boolean[] | undefined;
  let found: readonly Cell[] | undefined;
  eachRow(text, (cells) => {
    if (buckets === undefined) {
      buckets = cells.map((cell) => BUCKET.test(cell.text));
      return buckets.includes(true);
    }
    if (cells.some((cell, index) => cell.text === name && buckets![index] !== true)) found = cells;
    return found === undefined;
  });
  if (buckets?.includes(true) !== true) {
    const fault = {
      code: 'unknown-column',
      message: 'the file has no columns named 1, 2, 3 ...',
      hint: 'use column for counts below one another',
    };
    return [{ fault, ...FIRST }];
  }
  if (found === undefined) {
    const fault = {
      code: 'unknown-row',
      message: `no row of the file holds ${shown(name)}`,
      hint: 'name a cell of the row',
    };
    return [{ fault, ...FIRST }];
  }
  const wrong: CellFault[] = [];
  for (const [index, cell] of found.entries()) {
    const fault = buckets[index] === true ? visit(cell) : undefined;
    if (fault !== undefined) wrong.push({ fault, line: cell.line, column: cell.column });
  }
  return wrong;
}
