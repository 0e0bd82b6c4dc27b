/** The exponential law, by its mean. */
import type { Distribution } from '../distribution.js';
import { fillExponential } from '../ziggurat.js';
import { ConstantDistribution } from './constant.js';

/** `mean` is 0 or more; 0 is a constant. */
export function exponentialDistribution({ mean }: { readonly mean: number }): Distribution {
  if (mean === 0) return new ConstantDistribution(0);
  return { mean, fill: (stream, out, count) => fillExponential(stream, out, count, mean) };
}
