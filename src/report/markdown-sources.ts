/** The sections of report.md on what the results hold beside functions and traffic; each only where they hold any. */
import type { Results } from '../results/run-result.js';
import { FigureReader, FORMATS } from './figure-reader.js';
import { foremost } from './foremost.js';
import { hottestShards } from './hot-shards.js';
import { folded, leftOut, section, table } from './markdown-blocks.js';
import {
  ASYNC_FIGURES,
  asyncRows,
  figuresWithData,
  RESOURCE_TABLES,
  type ResourceFigure,
  type ResourceRow,
  resourceRows,
} from './resource-tables.js';
import { markdownCode as code } from './text.js';

/** Queues, streams, topics, dependencies: a table a kind of the `most` busiest, the consumers of a stream below it. */
export function sources(results: Results, most: number): string {
  const figures = new FigureReader(results);
  return RESOURCE_TABLES.map((kind) => {
    const left = leftOut(figures.ids(kind.kind).length - most, kind.title.toLowerCase(), 'summary.csv');
    return tableOf(figures, kind.title, kind.one, resourceRows(figures, kind, most), kind.figures, left);
  })
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Most shards in a table; the hottest come first. */
const SHARDS_SHOWN = 20;

/** One table a stream of several shards, of the first replication; streams have a tenth of `most`, since each has many rows. */
export function shards(results: Results, most: number): string {
  const figures = new FigureReader(results);
  const sharded = figures.ids('streams').flatMap((id) => {
    const hot = hottestShards(results, id);
    return hot === undefined ? [] : [{ id, hot }];
  });
  const shown = foremost(sharded, Math.ceil(most / 10), ({ id }) => figures.at('streams', id, 'records') ?? 0);
  const tables = shown.map(({ id, hot }) => {
    const rows = hot.shards
      .slice(0, SHARDS_SHOWN)
      .map((each) => [
        String(each.shard),
        FORMATS.count(each.records),
        FORMATS.count(each.rejected),
        FORMATS.share(hot.share(each)),
        FORMATS.duration(each.iteratorAge.mean),
        FORMATS.duration(each.iteratorAge.max),
      ]);
    const all = hot.shards.length;
    const more = all > SHARDS_SHOWN ? `, the ${SHARDS_SHOWN} hottest of ${FORMATS.count(all)}` : '';
    const heads = ['shard', 'records', 'rejected', 'of all writes', 'iterator age mean', 'max'];
    return section(`Shards of ${code(id)}${more}`, table(heads, 'lrrrrr', rows));
  });
  return tables.join('\n\n') + leftOut(sharded.length - shown.length, 'streams with shards', 'results.json');
}

/** The asynchronous queue of each function that has received an event, the `most` busiest. */
export function asynchronous(results: Results, most: number): string {
  const figures = new FigureReader(results);
  const all = asyncRows(figures);
  const rows = foremost(all, most, ({ path }) => figures.at(...path, 'async', 'received') ?? 0);
  const left = leftOut(all.length - rows.length, 'functions with events', 'summary.csv');
  return tableOf(figures, 'Asynchronous events', 'function', rows, ASYNC_FIGURES, left);
}

function tableOf(
  figures: FigureReader,
  title: string,
  one: string,
  rows: readonly ResourceRow[],
  all: readonly ResourceFigure[],
  left: string,
): string {
  if (rows.length === 0) return '';
  const shown = figuresWithData(figures, rows, all);
  const cells = rows.map(({ id, isConsumer, path }) => [
    `${isConsumer ? 'read by ' : ''}${code(id)}`,
    ...shown.map((each) => FORMATS[each.format](figures.at(...path, ...each.path))),
  ]);
  return section(title, table([one, ...shown.map((each) => each.title)], `l${'r'.repeat(shown.length)}`, cells) + left);
}

/** Of functions that ran in more than one version. */
export function versions({ runs: [run] }: Results, most: number): string {
  const all = Object.entries(run?.functions ?? {}).flatMap(([id, fn]) =>
    fn.versions.length < 2 ? [] : fn.versions.map((each) => ({ id, ...each })),
  );
  if (all.length === 0) return '';
  const rows = foremost(all, most, ({ invocations }) => invocations).map((each) => [
    code(each.id),
    code(each.version),
    ...[each.invocations, each.errors, each.coldStarts].map(FORMATS.count),
    FORMATS.duration(each.duration.p50),
    FORMATS.duration(each.duration.p99),
  ]);
  const columns = ['function', 'version', 'invocations', 'errors', 'cold starts', 'duration p50', 'p99'];
  const left = leftOut(all.length - rows.length, 'versions', 'results.json');
  return folded(`Versions, ${all.length}`, table(columns, 'llrrrrr', rows) + left);
}
