/** Figures of the results by their path, and the formats a report writes them in. With replications a figure is the mean over them. */
import { count, duration, type Figure, level, money, share, shortCount, shortDuration } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { isMeanOfNothing } from '../study/figure.js';
import { foremost } from './foremost.js';
import { overRuns } from './over-runs.js';

export const FORMATS = {
  count,
  shortCount,
  duration,
  shortDuration,
  share,
  level,
  usd: (value: Figure) => money(value, 2),
} as const satisfies Record<string, (value: Figure) => string>;

export type FormatName = keyof typeof FORMATS;

export class FigureReader {
  constructor(readonly results: Results) {}

  /** The mean of what lies at `path` in the runs that have it; null when none has. */
  at(...path: readonly string[]): number | null {
    return overRuns(this.results, (run) => (isMeanOfNothing(run, path) ? null : numberAt(run, path)));
  }

  /** Whether any run has a figure there that is not 0. */
  has(...path: readonly string[]): boolean {
    return (this.at(...path) ?? 0) !== 0;
  }

  /** Ids of a kind of resource, in the order of the results. */
  ids(kind: string): readonly string[] {
    return this.idsAt(kind);
  }

  /** Up to `most` ids, those with the greatest figure, in the order of the results. */
  busiest(kind: string, load: string, most: number): readonly string[] {
    return foremost(this.ids(kind), most, (id) => this.at(kind, id, load) ?? 0);
  }

  /** Keys of what lies at `path` in the first run. */
  idsAt(...path: readonly string[]): readonly string[] {
    const found = valueAt(this.results.runs[0], path);
    return typeof found === 'object' && found !== null ? Object.keys(found) : [];
  }
}

function numberAt(run: unknown, path: readonly string[]): number | null {
  const found = valueAt(run, path);
  return typeof found === 'number' ? found : null;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}
