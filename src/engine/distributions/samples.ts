/** Measured values, each as likely as the next. Inverse cdf over the values in rising order: one draw a value. */
import type { Distribution } from '../distribution.js';
import { ConstantDistribution } from './constant.js';

/** At least one value, each 0 or more. Their order does not matter. */
export function samples({ values }: { readonly values: readonly number[] }): Distribution {
  const sorted = Float64Array.from(values).sort();
  const least = sorted[0];
  if (least === sorted[sorted.length - 1]) return new ConstantDistribution(least);
  return {
    mean: sorted.reduce((sum, value) => sum + value / sorted.length, 0),
    fill(stream, out, count) {
      for (let i = 0; i < count; i++) out[i] = sorted[Math.floor(stream.uniform() * sorted.length)];
    },
  };
}
