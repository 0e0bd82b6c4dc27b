/** What the statistic of a threshold is: of times that were measured, and of a distribution that was not. */
import type { Distribution } from '../../engine/distribution.js';
import { randomStreams } from '../../engine/random-streams.js';
import { MILLISECOND } from '../../engine/units.js';
import type { Summary } from '../../results/run-result.js';
import type { Statistic } from '../../scenario/types.js';

const BEYOND: Readonly<Record<string, number>> = { p50: 0.5, p90: 0.1, p95: 0.05, p99: 0.01, 'p99.9': 0.001 };

/** Share of the times that lie beyond a statistic; for the greatest and for a mean each of them counts. */
export function shareBeyond(statistic: Statistic): number {
  return BEYOND[statistic] ?? 0;
}

/** Null where there are no times, and for what is none of a time. */
export function statisticOf(times: Summary, statistic: Statistic): number | null {
  if (statistic === 'rate' || statistic === 'sum' || statistic === 'count') return null;
  return times[statistic === 'p99.9' ? 'p999' : statistic];
}

/** Enough for two digits of the 99.9th percentile. */
const DRAWS = 100_000;

/**
 * The same of so many times with a distribution in microseconds, in milliseconds: drawn, for of most no formula is known. Null
 * of no times, and for what is none of a time.
 */
export function statisticOfDraws(time: Distribution, statistic: Statistic, count: number): number | null {
  if (statistic === 'mean') return time.mean / MILLISECOND;
  if (count === 0) return null;
  const quantile = { min: 0, max: 1 - 1 / count }[statistic as string] ?? 1 - (BEYOND[statistic] ?? Number.NaN);
  if (Number.isNaN(quantile)) return null;
  const draws = new Float64Array(DRAWS);
  time.fill(randomStreams('handler').named('quantile'), draws, DRAWS);
  return draws.sort()[Math.floor(quantile * (DRAWS - 1))]! / MILLISECOND;
}
