/**
 * The law through given quantiles, straight between them: constant below the first and above the last. Inverse cdf: one
 * draw a value.
 */
import type { Distribution } from '../distribution.js';
import { ConstantDistribution } from './constant.js';

/** `[share, value]` with shares rising within [0, 1] and values never falling; one point is a constant. */
export function quantiles({ points }: { readonly points: readonly (readonly [number, number])[] }): Distribution {
  const first = points[0];
  if (points.every(([, value]) => value === first[1])) return new ConstantDistribution(first[1]);
  const shares = Float64Array.from(points, ([share]) => share);
  const values = Float64Array.from(points, ([, value]) => value);
  return {
    mean: meanBetween(shares, values),
    fill(stream, out, count) {
      for (let i = 0; i < count; i++) out[i] = valueAt(shares, values, stream.uniform());
    },
  };
}

function meanBetween(shares: Float64Array, values: Float64Array): number {
  const last = shares.length - 1;
  let mean = shares[0] * values[0] + (1 - shares[last]) * values[last];
  for (let i = 1; i <= last; i++) mean += (shares[i] - shares[i - 1]) * ((values[i - 1] + values[i]) / 2);
  return mean;
}

function valueAt(shares: Float64Array, values: Float64Array, share: number): number {
  let below = -1;
  let above = shares.length;
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (shares[middle] <= share) below = middle;
    else above = middle;
  }
  if (below < 0) return values[0];
  if (above === shares.length) return values[below];
  const part = (share - shares[below]) / (shares[above] - shares[below]);
  return values[below] + part * (values[above] - values[below]);
}
