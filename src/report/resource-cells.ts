/** The figures of queues, streams, topics, dependencies and asynchronous queues as rows of summary.csv. */
import type { MeanAndMax, Results, RunResult, Summary } from '../results/run-result.js';
import { type ResourceKind, shownFigures } from '../scenario/resource-figures.js';

type Figures = Readonly<Record<string, unknown>>;

export interface CellRows {
  readonly kind: ResourceKind;
  /** The word in the column `kind`. */
  readonly one: string;
  /** The figures by id. */
  of(run: RunResult): Readonly<Record<string, Figures>>;
}

export const CELL_ROWS: readonly CellRows[] = [
  { kind: 'async', one: 'async', of: asynchronous },
  { kind: 'queues', one: 'queue', of: (run) => run.queues },
  { kind: 'streams', one: 'stream', of: (run) => run.streams },
  { kind: 'consumers', one: 'consumer', of: sharing },
  { kind: 'topics', one: 'topic', of: (run) => run.topics },
  { kind: 'dependencies', one: 'dependency', of: (run) => run.dependencies },
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

/** Ids that any of the runs has, in their order. */
export function idsIn({ runs }: Results, { of }: CellRows): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(of(run))))];
}

/** The figures of a resource by the name of their column. */
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
