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
  /** What a row is, in the plural. */
  readonly what?: string;
  readonly id?: string;
}

const OPEN_ROWS = 25;

export function table(options: TableOptions): Markup {
  const { rows, open = OPEN_ROWS, what = 'rows' } = options;
  // A handful is not worth a click.
  if (rows.length <= open + 5) return tableOf(options, rows);
  return markup`${tableOf(options, rows.slice(0, open))}
<details><summary>${count(rows.length - open)} more ${what}</summary>${tableOf({ ...options, id: '' }, rows.slice(open))}</details>`;
}

function tableOf({ caption, columns, id }: TableOptions, rows: TableOptions['rows']): Markup {
  const head = columns.map(({ title, is }) => markup`<th scope="col"${classOf(is)}>${title}</th>`);
  const body = rows.map(
    ([first, ...cells]) =>
      markup`<tr><th scope="row">${first}</th>${cells.map((cell, index) => markup`<td${classOf(columns[index + 1]?.is)}>${cell}</td>`)}</tr>\n`,
  );
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${id ? markup` id="${id}"` : ''}><caption class="unseen">${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>`;
}

function classOf(is: Column['is']): Markup | '' {
  return is === 'number' ? markup` class="n"` : is === 'picture' ? markup` class="p"` : '';
}
