/** What replications say together: their mean and the 95% interval around it that Student's t gives. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Estimate } from '../results/run-result.js';
import { studentQuantile } from './student-quantile.js';

const CONFIDENCE = 0.95;

/** What a figure can be. The true mean lies within, so an interval that is cut there holds it as often. */
export interface Possible {
  readonly least: number;
  readonly most: number;
}

const ANYTHING: Possible = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
/** No count, time, share or amount is below 0. */
export const NOT_NEGATIVE: Possible = { least: 0, most: Number.POSITIVE_INFINITY };

/**
 * Mean and interval of independent values, at least two. The interval assumes that their mean is about normal, and is cut at
 * what is possible. Equal values give an interval of no width.
 */
export function estimateOf(values: readonly number[], { least, most }: Possible = ANYTHING): Estimate {
  if (values.length < 2) throw new RangeError('an interval needs at least two values');
  const first = values[0]!;
  // Apart, because the mean of equal values may be off by its last bit.
  if (values.every((value) => value === first)) return { mean: first, low: first, high: first };
  const middle = mean([...values]);
  const halfWidth = (quantileFor(values.length - 1) * sampleStandardDeviation([...values])) / Math.sqrt(values.length);
  return { mean: middle, low: Math.max(least, middle - halfWidth), high: Math.min(most, middle + halfWidth) };
}

const quantiles = new Map<number, number>();

function quantileFor(freedom: number): number {
  const known = quantiles.get(freedom);
  if (known !== undefined) return known;
  const quantile = studentQuantile(CONFIDENCE, freedom);
  quantiles.set(freedom, quantile);
  return quantile;
}
