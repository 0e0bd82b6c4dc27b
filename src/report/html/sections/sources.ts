/** Queues, streams, topics and dependencies, each where the results hold any: where items went, and every figure. */
import { count } from '../../../engine/format.js';
import { FORMATS } from '../../figure-reader.js';
import { foremost } from '../../foremost.js';
import { hottestShards, writesOf } from '../../hot-shards.js';
import {
  figuresWithData,
  RESOURCE_TABLES,
  type ResourceFigure,
  type ResourceRow,
  type ResourceTable,
  resourceRows,
} from '../../resource-tables.js';
import { type Figures, figure } from '../figures.js';
import { type Content, code, type Markup, markup } from '../markup.js';
import { type Section, section } from '../section.js';
import { type Part, stackedBar } from '../svg.js';
import { leftOut, MOST_PICTURES, type TableOptions, table } from '../table.js';
import { legend, wordsOf } from './latency.js';

export function sourceSections(figures: Figures): Section[] {
  return RESOURCE_TABLES.flatMap((kind) => {
    const rows = resourceRows(figures, kind, MOST_PICTURES);
    if (rows.length === 0) return [];
    const left = Math.max(0, figures.ids(kind.kind).length - MOST_PICTURES);
    const body = sourceTable(figures, kind, rows, left);
    return [section(kind.kind, kind.title, body, kind.kind === 'streams' && shards(figures))];
  });
}

const SHARD_PARTS = [
  ['records', 'records', 'f1'],
  ['rejected', 'rejected', 'fbad'],
] as const;

/** Streams whose shards have a table. */
const MOST_STREAMS = 12;

/** Of each stream of several shards, all bars on one scale, so that the hot one stands out. */
function shards(figures: Figures): Content {
  const { results } = figures;
  const sharded = figures.ids('streams').flatMap((id) => {
    const hot = hottestShards(results, id);
    return hot === undefined ? [] : [{ id, hot }];
  });
  const shown = foremost(sharded, MOST_STREAMS, ({ id }) => figures.at('streams', id, 'records') ?? 0);
  const tables = shown.map(({ id, hot }) => {
    const most = writesOf(hot.shards[0]!);
    const used = SHARD_PARTS.filter(([key]) => hot.shards.some((shard) => shard[key] > 0));
    const rows = hot.shards.slice(0, MOST_PICTURES).map((shard) => {
      const parts = used.map(([key, title, colour]): Part => ({ name: title, value: shard[key], colour }));
      return [
        String(shard.shard),
        stackedBar(parts, wordsOf(parts, count), most > 0 ? writesOf(shard) / most : 0),
        figure(FORMATS.count, shard.records),
        figure(FORMATS.count, shard.rejected),
        figure(FORMATS.share, hot.share(shard)),
        figure(FORMATS.duration, shard.iteratorAge.mean),
        figure(FORMATS.duration, shard.iteratorAge.max),
      ];
    });
    return markup`<h3>Shards of ${code(id)}</h3>${results.runs.length > 1 && markup`<p class="lead">Of the first replication.</p>`}${legend(used)}${table(
      {
        caption: 'Writes by shard, the hottest first',
        columns: [
          { title: 'shard' },
          { title: 'writes', is: 'picture' },
          { title: 'records', is: 'number' },
          { title: 'rejected', is: 'number' },
          { title: 'of all writes', is: 'number' },
          { title: 'iterator age, mean', is: 'number' },
          { title: 'most', is: 'number' },
        ],
        rows,
        left: hot.shards.length - rows.length,
        file: 'results.json',
        what: 'shards',
      },
    )}`;
  });
  return [...tables, leftOut(sharded.length - shown.length, 'streams with shards', 'results.json')];
}

function sourceTable(figures: Figures, kind: ResourceTable, rows: readonly ResourceRow[], left: number): Markup {
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
  const options = { caption, one, what: caption.toLowerCase(), left, id: `${kind.kind}-table` };
  return markup`${fates.length > 0 && legend(fates)}${figureTable(figures, rows, all, options, fates.length > 0 ? picture : undefined)}`;
}

/** A row a resource, a column a figure, with a picture first where there is one. */
export function figureTable(
  figures: Figures,
  rows: readonly ResourceRow[],
  all: readonly ResourceFigure[],
  { one, ...options }: Pick<TableOptions, 'caption' | 'what' | 'left' | 'id'> & { readonly one: string },
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
