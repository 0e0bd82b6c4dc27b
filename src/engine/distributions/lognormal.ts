/**
 * The log-normal law: the exponential of a normal variate. Given by mean and coefficient of variation, or by two of its
 * quantiles, which is how people know their latencies.
 */
import type { Distribution } from '../distribution.js';
import { fillNormal } from '../ziggurat.js';
import { ConstantDistribution } from './constant.js';
import { normalQuantile } from './normal-quantile.js';

/** `mean` above 0; `cv` 0 or more, where 0 is a constant. */
export function lognormal({ mean, cv }: { readonly mean: number; readonly cv: number }): Distribution {
  if (cv === 0 || mean === 0) return new ConstantDistribution(mean);
  const variance = Math.log1p(cv * cv);
  return logNormalOf(Math.log(mean) - variance / 2, Math.sqrt(variance), mean);
}

/** `low` < `high` are shares inside (0, 1), 0 < `atLow` <= `atHigh`; equal values are a constant. */
export function twoQuantiles(spec: {
  readonly low: number;
  readonly atLow: number;
  readonly high: number;
  readonly atHigh: number;
}): Distribution {
  if (spec.atLow === spec.atHigh) return new ConstantDistribution(spec.atLow);
  const zLow = normalQuantile(spec.low);
  const sigma = Math.log(spec.atHigh / spec.atLow) / (normalQuantile(spec.high) - zLow);
  const mu = Math.log(spec.atLow) - sigma * zLow;
  return logNormalOf(mu, sigma, Math.exp(mu + (sigma * sigma) / 2));
}

function logNormalOf(mu: number, sigma: number, mean: number): Distribution {
  return {
    mean,
    fill(stream, out, count) {
      fillNormal(stream, out, count);
      for (let i = 0; i < count; i++) out[i] = Math.exp(mu + sigma * out[i]);
    },
  };
}
