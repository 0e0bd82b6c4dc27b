/** How sure a figure is after some replications, for whoever waits and wonders whether more of them are worth it. */
import type { RunResult } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';
import { estimateOf } from './confidence.js';
import { figureOf } from './figure.js';

export interface Precision {
  /** Such as `p99(traffic.web.latency)`. */
  readonly of: string;
  /** Half the width of the 95% interval, as a share of the mean. */
  readonly halfWidth: number;
}

/** Of the first threshold's figure, or of the monthly bill; undefined below two replications and for a mean of 0. */
export function precisionOf({ thresholds }: Scenario, runs: readonly RunResult[]): Precision | undefined {
  const { statistic, path } = thresholds[0] ?? { statistic: 'mean', path: ['bill', 'monthly'] };
  const figures = runs.map((run) => figureOf(run, statistic, path)).filter((figure) => figure !== null);
  if (figures.length < 2) return undefined;
  const { mean, low, high } = estimateOf(figures);
  return mean === 0
    ? undefined
    : { of: `${statistic}(${path.join('.')})`, halfWidth: (high - low) / 2 / Math.abs(mean) };
}
