/** Whose courses over time a report shows: a page can hold the figures of a thousand functions, but not their charts. */
import type { Results, RunResult } from '../results/run-result.js';

/** Of each kind; tables have the rest. */
const MOST_OF_A_KIND = 12;

type Load = (run: RunResult, id: string) => number;

const KINDS: readonly (readonly [kind: keyof RunResult & string, load: Load])[] = [
  ['functions', ({ functions }, id) => functions[id]!.invocations + functions[id]!.throttles],
  ['traffic', ({ traffic }, id) => traffic[id]!.offered],
  ['queues', ({ queues }, id) => sizeOf(queues[id], 'sent')],
  ['streams', ({ streams }, id) => sizeOf(streams[id], 'records')],
  ['topics', ({ topics }, id) => sizeOf(topics[id], 'published')],
  ['dependencies', ({ dependencies }, id) => sizeOf(dependencies[id], 'calls')],
];

/** `account`, then resources such as `functions.api`: of each kind those with a finding and then the busiest, in the order of the results. */
export function chartedResources({ runs, findings }: Results): readonly string[] {
  const [run] = runs;
  if (run === undefined) return [];
  const found = new Set(findings.map(({ resource }) => resource));
  return [
    'account',
    ...KINDS.flatMap(([kind, load]) => {
      const ids = Object.keys(run[kind] as object);
      const rank = (id: string) => (found.has(`${kind}.${id}`) ? Number.POSITIVE_INFINITY : load(run, id));
      const ranks = new Map(ids.map((id) => [id, rank(id)]));
      const kept = new Set([...ids].sort((a, b) => compare(ranks.get(b)!, ranks.get(a)!)).slice(0, MOST_OF_A_KIND));
      return ids.filter((id) => kept.has(id)).map((id) => `${kind}.${id}`);
    }),
  ];
}

/** Infinity less Infinity is no order. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function sizeOf(figures: unknown, key: string): number {
  const value = (figures as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof value === 'number' ? value : 0;
}
