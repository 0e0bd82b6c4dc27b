/** Tables that scroll by themselves on a narrow screen, with the first column as the name of each row. */
import { count } from '../../engine/format.js';
import { type Content, type Markup, markup } from './markup.js';

export interface Column {
  readonly title: string;
  /** Numbers stand to the right, and so do their titles. */
  readonly is?: 'text' | 'number' | 'picture';
}

export interface TableOptions {
  /** What the table shows, for those who cannot see where it stands. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Content[])[];
  /** Rows after these fold away. */
  readonly open?: number;
  /** How many more there are that no row shows, and the file that has them; summary.csv where none is named. */
  readonly left?: number;
  readonly file?: string;
  /** What a row is, in the plural. */
  readonly what?: string;
  readonly id?: string;
}

const OPEN_ROWS = 25;
/** Beyond so many columns they stand closer together. */
const MANY_COLUMNS = 9;

/** Rows of a table with a picture in each, and of one without: a page has to open, and nobody reads the five hundredth. */
export const MOST_PICTURES = 100;
export const MOST_ROWS = 300;

/** How many more of something there are than the page has, and the file that has them. */
export function leftOut(left: number, what: string, file = 'summary.csv'): Content {
  return left > 0 && markup`<p class="lead">${count(left)} more ${what}: ${file} has them.</p>`;
}

export function table(options: TableOptions): Markup {
  const { rows, open = OPEN_ROWS, what = 'rows', left = 0, file } = options;
  const rest = leftOut(left, what, file);
  // A handful is not worth a click.
  if (rows.length <= open + 5) return markup`${tableOf(options, rows)}${rest}`;
  return markup`${tableOf(options, rows.slice(0, open))}
<details><summary>${count(rows.length - open)} more ${what}</summary>${tableOf({ ...options, caption: `${options.caption}, continued`, id: '' }, rows.slice(open))}${rest}</details>`;
}

function tableOf({ caption, columns, id }: TableOptions, rows: TableOptions['rows']): Markup {
  const head = columns.map(({ title, is }) => markup`<th scope="col"${classOf(is)}>${title}</th>`);
  const body = rows.map(
    ([first, ...cells]) =>
      markup`<tr><th scope="row">${first}</th>${cells.map((cell, index) => markup`<td${classOf(columns[index + 1]?.is)}>${cell}</td>`)}</tr>\n`,
  );
  return markup`<div class="scroll" role="region" aria-label="${caption}, table" tabindex="0"><table${id ? markup` id="${id}"` : ''}${columns.length > MANY_COLUMNS && markup` class="wide"`}><caption class="unseen">${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>`;
}

function classOf(is: Column['is']): Markup | '' {
  return is === 'number' ? markup` class="n"` : is === 'picture' ? markup` class="p"` : '';
}
