/** Whose courses over time a report shows: a page can hold the figures of a thousand functions, but not their charts. */
import type { Results, RunResult } from '../results/run-result.js';

/** Of each kind; tables have the rest. */
const MOST_OF_A_KIND = 12;

type Load = (run: RunResult, id: string) => number;

const LOADS: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['functions', ({ functions }, id) => functions[id]!.invocations + functions[id]!.throttles],
  ['traffic', ({ traffic }, id) => traffic[id]!.offered],
  ['queues', ({ queues }, id) => sizeOf(queues[id], 'sent')],
  ['streams', ({ streams }, id) => sizeOf(streams[id], 'records')],
  ['topics', ({ topics }, id) => sizeOf(topics[id], 'published')],
  ['dependencies', ({ dependencies }, id) => sizeOf(dependencies[id], 'calls')],
]);

export interface ChartedResource {
  /** As in timeline.csv. */
  readonly path: string;
  readonly kind: string;
  /** Of a function that reads a queue or a stream: what it reads, and its id. */
  readonly readsFrom?: string;
  readonly reader?: string;
}

/**
 * The account, then resources such as `functions.api`: of each kind those with a finding and then the busiest, in the order
 * of the results. After a queue or a stream come its readers.
 */
export function chartedResources(results: Results): readonly ChartedResource[] {
  const [run] = results.runs;
  if (run === undefined) return [];
  const fns = chartedOf(results, run, 'functions');
  return [
    { path: 'account', kind: 'account' },
    ...[...LOADS.keys()].flatMap((kind) =>
      chartedOf(results, run, kind).flatMap((id) => [{ path: `${kind}.${id}`, kind }, ...readers(run, kind, id, fns)]),
    ),
  ];
}

/** The results do not say which functions read a queue, but the timeline has rows of those that do. */
function readers(run: RunResult, kind: string, id: string, fns: readonly string[]): ChartedResource[] {
  const readsFrom = `${kind}.${id}`;
  if (kind === 'queues')
    return fns.map((reader) => ({ path: `mappings.${reader}.${id}`, kind: 'mappings', readsFrom, reader }));
  if (kind !== 'streams') return [];
  return Object.keys(run.streams[id]!.consumers)
    .slice(0, MOST_OF_A_KIND)
    .map((reader) => ({ path: `${readsFrom}.consumers.${reader}`, kind: 'consumers', readsFrom, reader }));
}

function chartedOf({ findings }: Results, run: RunResult, kind: string): string[] {
  const load = LOADS.get(kind)!;
  const found = new Set(findings.map(({ resource }) => resource));
  const ids = Object.keys(run[kind as keyof RunResult] as object);
  const rank = (id: string) => (found.has(`${kind}.${id}`) ? Number.POSITIVE_INFINITY : load(run, id));
  const ranks = new Map(ids.map((id) => [id, rank(id)]));
  const kept = new Set([...ids].sort((a, b) => compare(ranks.get(b)!, ranks.get(a)!)).slice(0, MOST_OF_A_KIND));
  return ids.filter((id) => kept.has(id));
}

/** Infinity less Infinity is no order. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function sizeOf(figures: unknown, key: string): number {
  const value = (figures as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof value === 'number' ? value : 0;
}
