/** Queues, streams, topics and dependencies, each where the results hold any: where items went, and every figure. */
import { count } from '../../../engine/format.js';
import {
  figuresWithData,
  RESOURCE_TABLES,
  type ResourceFigure,
  type ResourceRow,
  type ResourceTable,
  resourceRows,
} from '../../resource-tables.js';
import type { Figures } from '../figures.js';
import { type Content, code, type Markup, markup } from '../markup.js';
import { type Section, section } from '../section.js';
import { type Part, stackedBar } from '../svg.js';
import { table } from '../table.js';
import { legend, wordsOf } from './latency.js';

export function sourceSections(figures: Figures): Section[] {
  return RESOURCE_TABLES.flatMap((kind) => {
    const rows = resourceRows(figures, kind);
    return rows.length === 0 ? [] : [section(kind.kind, kind.title, sourceTable(figures, kind, rows))];
  });
}

function sourceTable(figures: Figures, kind: ResourceTable, rows: readonly ResourceRow[]): Markup {
  const fates = kind.fates.filter(([key]) => rows.some(({ path }) => figures.has(...path, key)));
  const picture = {
    title: `what became of ${kind.whole}`,
    of: ({ path }: ResourceRow) => {
      const parts = fates.map(
        ([key, title, colour]): Part => ({ name: title, value: figures.at(...path, key) ?? 0, colour }),
      );
      return stackedBar(parts, wordsOf(parts, count));
    },
  };
  const { title: caption, one, figures: all } = kind;
  const options = { caption, one, what: caption.toLowerCase(), id: `${kind.kind}-table` };
  return markup`${fates.length > 0 && legend(fates)}${figureTable(figures, rows, all, options, fates.length > 0 ? picture : undefined)}`;
}

/** A row a resource, a column a figure, with a picture first where there is one. */
export function figureTable(
  figures: Figures,
  rows: readonly ResourceRow[],
  all: readonly ResourceFigure[],
  { one, ...options }: { readonly caption: string; readonly one: string; readonly what: string; readonly id: string },
  picture?: { readonly title: string; readonly of: (row: ResourceRow) => Content },
): Markup {
  const shown = figuresWithData(figures, rows, all);
  return table({
    ...options,
    columns: [
      { title: one },
      ...(picture === undefined ? [] : [{ title: picture.title, is: 'picture' as const }]),
      ...shown.map(({ title }) => ({ title, is: 'number' as const })),
    ],
    rows: rows.map((row) => [
      row.isConsumer ? markup`<span class="sub">read by ${code(row.id)}</span>` : code(row.id),
      ...(picture === undefined ? [] : [picture.of(row)]),
      ...shown.map((each) => figures.show(each.format, ...row.path, ...each.path)),
    ]),
  });
}
