/** The sections of report.md on what the results hold beside functions and traffic; each only where they hold any. */
import type { Results } from '../results/run-result.js';
import { FigureReader, FORMATS } from './figure-reader.js';
import { hottestShards } from './hot-shards.js';
import { folded, section, table } from './markdown-blocks.js';
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

/** Queues, streams, topics, dependencies: a table a kind, the consumers of a stream below it. */
export function sources(results: Results): string {
  const figures = new FigureReader(results);
  return RESOURCE_TABLES.map((kind) =>
    tableOf(figures, kind.title, kind.one, resourceRows(figures, kind), kind.figures),
  )
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Most shards in a table; the hottest come first. */
const SHARDS_SHOWN = 20;

/** One table a stream of several shards, of the first replication. */
export function shards(results: Results): string {
  return Object.keys(results.runs[0]?.streams ?? {})
    .flatMap((id) => {
      const hot = hottestShards(results, id);
      if (hot === undefined) return [];
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
      return [section(`Shards of ${code(id)}${more}`, table(heads, 'lrrrrr', rows))];
    })
    .join('\n\n');
}

/** The asynchronous queue of each function that has received an event. */
export function asynchronous(results: Results): string {
  const figures = new FigureReader(results);
  return tableOf(figures, 'Asynchronous events', 'function', asyncRows(figures), ASYNC_FIGURES);
}

function tableOf(
  figures: FigureReader,
  title: string,
  one: string,
  rows: readonly ResourceRow[],
  all: readonly ResourceFigure[],
): string {
  if (rows.length === 0) return '';
  const shown = figuresWithData(figures, rows, all);
  const cells = rows.map(({ id, isConsumer, path }) => [
    `${isConsumer ? 'read by ' : ''}${code(id)}`,
    ...shown.map((each) => FORMATS[each.format](figures.at(...path, ...each.path))),
  ]);
  return section(title, table([one, ...shown.map((each) => each.title)], `l${'r'.repeat(shown.length)}`, cells));
}

/** Of functions that ran in more than one version. */
export function versions({ runs: [run] }: Results): string {
  const rows = Object.entries(run?.functions ?? {}).flatMap(([id, fn]) =>
    fn.versions.length < 2
      ? []
      : fn.versions.map(({ version, invocations, errors, coldStarts, duration }) => [
          code(id),
          code(version),
          ...[invocations, errors, coldStarts].map(FORMATS.count),
          FORMATS.duration(duration.p50),
          FORMATS.duration(duration.p99),
        ]),
  );
  if (rows.length === 0) return '';
  const columns = ['function', 'version', 'invocations', 'errors', 'cold starts', 'duration p50', 'p99'];
  return folded(`Versions, ${rows.length}`, table(columns, 'llrrrrr', rows));
}
