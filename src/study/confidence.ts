/** What replications say together: their mean and the 95% interval around it that Student's t gives. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Estimate } from '../results/run-result.js';
import { studentQuantile } from './student-quantile.js';

const CONFIDENCE = 0.95;

/**
 * Mean and interval of independent values, at least two. The interval assumes that their mean is about normal; it is not
 * cut at 0 for figures that cannot be negative. Equal values give an interval of no width.
 */
export function estimateOf(values: readonly number[]): Estimate {
  if (values.length < 2) throw new RangeError('an interval needs at least two values');
  const first = values[0]!;
  // Apart, because the mean of equal values may be off by its last bit.
  if (values.every((value) => value === first)) return { mean: first, low: first, high: first };
  const middle = mean([...values]);
  const halfWidth = (quantileFor(values.length - 1) * sampleStandardDeviation([...values])) / Math.sqrt(values.length);
  return { mean: middle, low: middle - halfWidth, high: middle + halfWidth };
}

const quantiles = new Map<number, number>();

function quantileFor(freedom: number): number {
  const known = quantiles.get(freedom);
  if (known !== undefined) return known;
  const quantile = studentQuantile(CONFIDENCE, freedom);
  quantiles.set(freedom, quantile);
  return quantile;
}
