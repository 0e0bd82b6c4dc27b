/** The Pareto law of heavy tails. Inverse cdf: one draw a value. */
import type { Distribution } from '../distribution.js';
import { ConstantDistribution } from './constant.js';

/** `min` 0 or more, `alpha` above 0; up to an `alpha` of 1 the mean is Infinity. A `min` of 0 is a constant. */
export function pareto({ min, alpha }: { readonly min: number; readonly alpha: number }): Distribution {
  if (min === 0) return new ConstantDistribution(0);
  return {
    mean: alpha <= 1 ? Number.POSITIVE_INFINITY : (alpha * min) / (alpha - 1),
    fill(stream, out, count) {
      for (let i = 0; i < count; i++) out[i] = min * stream.uniform() ** (-1 / alpha);
    },
  };
}
