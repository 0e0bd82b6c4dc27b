/** Queues, streams, topics, dependencies and asynchronous queues in tables, by the entries of src/scenario/resource-figures.ts. */
import { count, duration, type Figure, plainNumber, share, shortCount, shortDuration } from '../engine/format.js';
import type { MeanAndMax, Results, RunResult, Summary } from '../results/run-result.js';
import { type FigureInfo, type ResourceKind, shownFigures } from '../scenario/resource-figures.js';
import { section, table } from './markdown-blocks.js';
import { overRuns } from './over-runs.js';
import { markdownCode as code } from './text.js';

type Figures = Readonly<Record<string, unknown>>;

interface Kind {
  readonly kind: ResourceKind;
  readonly heading: string;
  readonly one: string;
  /** The figures by id. */
  of(run: RunResult): Readonly<Record<string, Figures>>;
}

export const RESOURCE_TABLES: readonly Kind[] = [
  { kind: 'async', heading: 'Asynchronous invocations', one: 'async', of: asynchronous },
  { kind: 'queues', heading: 'Queues', one: 'queue', of: (run) => run.queues },
  { kind: 'streams', heading: 'Streams', one: 'stream', of: (run) => run.streams },
  { kind: 'consumers', heading: 'Consumers of streams', one: 'consumer', of: sharing },
  { kind: 'topics', heading: 'Topics', one: 'topic', of: (run) => run.topics },
  { kind: 'dependencies', heading: 'Dependencies', one: 'dependency', of: (run) => run.dependencies },
];

/** Of the functions that had any. */
function asynchronous(run: RunResult): Readonly<Record<string, Figures>> {
  return Object.fromEntries(
    Object.entries(run.functions)
      .filter(([, { async }]) => async.received > 0)
      .map(([id, { async }]) => [id, async]),
  );
}

/** Of the streams that several functions read: the figures of any other stream are those of its one reader. */
function sharing(run: RunResult): Readonly<Record<string, Figures>> {
  return Object.fromEntries(
    Object.entries(run.streams).flatMap(([id, { consumers }]) => {
      const all = Object.entries(consumers);
      return all.length < 2 ? [] : all.map(([fn, figures]) => [`${id}/${fn}`, figures] as const);
    }),
  );
}

/** Most shards in a table; the hottest come first. */
const SHARDS_SHOWN = 20;

/** One table a stream of several shards, of the first replication: which is hot, and how far behind it is read. */
function shardSections({ runs }: Results): string[] {
  return Object.entries(runs[0]!.streams).flatMap(([id, { shards }]) => {
    if (shards.length < 2) return [];
    const writes = shards.reduce((sum, { records, rejected }) => sum + records + rejected, 0);
    const hottest = [...shards].sort((a, b) => b.records + b.rejected - (a.records + a.rejected));
    const rows = hottest
      .slice(0, SHARDS_SHOWN)
      .map(({ shard, records, rejected, iteratorAge }) => [
        String(shard),
        count(records),
        count(rejected),
        share(writes === 0 ? null : (records + rejected) / writes),
        duration(iteratorAge.mean),
        duration(iteratorAge.max),
      ]);
    const more = shards.length > SHARDS_SHOWN ? `, the ${SHARDS_SHOWN} hottest of ${count(shards.length)}` : '';
    const heads = ['shard', 'records', 'rejected', 'of all writes', 'iterator age mean', 'max'];
    return [section(`Shards of ${code(id)}${more}`, table(heads, 'lrrrrr', rows))];
  });
}

/** Ids that any of the runs has, in their order. */
export function idsIn({ runs }: Results, { of }: Kind): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(of(run))))];
}

/** The short table of a kind, with its heading; empty without any. */
export function briefRows(results: Results, kind: Kind): string[][] {
  const ids = idsIn(results, kind);
  if (ids.length === 0) return [];
  const columns = shownFigures(kind.kind).filter(([, { brief }]) => brief !== undefined);
  const text = ({ kind: is }: FigureInfo) => (is === 'times' || is === 'oldest' ? shortDuration : shortCount);
  return [
    [kind.one.toUpperCase(), ...columns.map(([, { brief }]) => brief!)],
    ...ids.map((id) => [id, ...columns.map(([name, info]) => text(info)(briefFigure(results, kind, id, name, info)))]),
  ];
}

/** One section a kind that the scenario has, with every figure. */
export function resourceSections(results: Results): string[] {
  const sections = RESOURCE_TABLES.flatMap((kind) => {
    const ids = idsIn(results, kind);
    if (ids.length === 0) return [];
    const columns = shownFigures(kind.kind).flatMap(([name, info]) => columnsOf(name, info));
    const rows = ids.map((id) => [
      code(id),
      ...columns.map(({ figure, show }) => show(overRuns(results, (run) => figure(kind.of(run)[id])))),
    ]);
    const heads = [kind.one, ...columns.map(({ head }) => head)];
    return [section(kind.heading, table(heads, `l${'r'.repeat(columns.length)}`, rows))];
  });
  return [...sections, ...shardSections(results)];
}

interface Column {
  readonly head: string;
  readonly figure: (figures: Figures | undefined) => number | null;
  readonly show: (value: Figure) => string;
}

function columnsOf(name: string, { kind }: FigureInfo): Column[] {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const part = (key: string) => (figures: Figures | undefined) =>
    (figures?.[name] as Readonly<Record<string, number | null>> | undefined)?.[key] ?? null;
  switch (kind) {
    case 'count':
    case 'standing':
      return [{ head: words, figure: (figures) => (figures?.[name] as number | undefined) ?? null, show: count }];
    case 'level':
      return [
        { head: `${words} mean`, figure: part('mean'), show: plainNumber },
        { head: 'max', figure: part('max'), show: count },
      ];
    case 'peak':
      return [{ head: `${words} max`, figure: part('max'), show: count }];
    case 'oldest':
      return [{ head: `${words} max`, figure: part('max'), show: duration }];
    case 'times':
      return [
        { head: `${words} p50`, figure: part('p50'), show: duration },
        { head: 'p99', figure: part('p99'), show: duration },
        { head: 'max', figure: part('max'), show: duration },
      ];
  }
}

function briefFigure(results: Results, { of }: Kind, id: string, name: string, { kind }: FigureInfo): number | null {
  return overRuns(results, (run) => {
    const value = of(run)[id]?.[name];
    if (kind === 'count' || kind === 'standing') return value as number | undefined;
    return kind === 'times' ? (value as Summary | undefined)?.p99 : (value as { max: number } | undefined)?.max;
  });
}

/** The figures of a resource as cells of summary.csv. */
export function resourceCells(
  kind: ResourceKind,
  figures: Figures,
  summary: (name: string, value: Summary) => Readonly<Record<string, number | null>>,
): Readonly<Record<string, number | null>> {
  const cells: Record<string, number | null> = {};
  for (const [name, { kind: is }] of shownFigures(kind)) {
    const value = figures[name];
    if (is === 'count' || is === 'standing') cells[name] = value as number;
    else if (is === 'times') Object.assign(cells, summary(name, value as Summary));
    else {
      const { mean, max } = value as Partial<MeanAndMax>;
      if (mean !== undefined) cells[`${name}Mean`] = mean;
      cells[is === 'oldest' ? `${name}MaxMs` : `${name}Max`] = max!;
    }
  }
  return cells;
}
