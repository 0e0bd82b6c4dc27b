/**
 * The gamma law: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM Transactions on Mathematical
 * Software 26(3), 2000; for a shape below 1 their boost by a power of a uniform. The Erlang law is its whole shapes.
 */
import type { Distribution } from '../distribution.js';
import type { Stream } from '../random-streams.js';
import { normal } from '../ziggurat.js';
import { ConstantDistribution } from './constant.js';
import { exponentialDistribution } from './exponential.js';

/** `mean` 0 or more, `cv` 0 or more: the shape is 1 / cv^2. No spread is a constant, a cv of 1 the exponential law. */
export function gamma({ mean, cv }: { readonly mean: number; readonly cv: number }): Distribution {
  if (cv === 0 || mean === 0) return new ConstantDistribution(mean);
  return gammaOfShape(mean, 1 / (cv * cv));
}

/** The sum of `k` exponential phases of equal length; `k` is a whole number from 1. */
export function erlang({ mean, k }: { readonly mean: number; readonly k: number }): Distribution {
  if (mean === 0) return new ConstantDistribution(0);
  return gammaOfShape(mean, k);
}

/** `shape` is above 0. */
export function gammaOfShape(mean: number, shape: number): Distribution {
  if (shape === 1) return exponentialDistribution({ mean });
  const scale = mean / shape;
  if (shape > 1) {
    return {
      mean,
      fill(stream, out, count) {
        for (let i = 0; i < count; i++) out[i] = scale * standardGamma(stream, shape);
      },
    };
  }
  return {
    mean,
    fill(stream, out, count) {
      for (let i = 0; i < count; i++) {
        out[i] = scale * standardGamma(stream, shape + 1) * stream.uniform() ** (1 / shape);
      }
    },
  };
}

/** `shape` is at least 1. */
function standardGamma(stream: Stream, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(stream);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = stream.uniform();
    // The squeeze saves the logarithms in all but a few cases.
    if (u < 1 - 0.0331 * x * x * x * x || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}
