/** The Weibull law: a power of an exponential variate. Inverse cdf: one draw a value. */
import type { Distribution } from '../distribution.js';
import { ConstantDistribution } from './constant.js';
import { gammaFunction } from './gamma-function.js';

/** `shape` above 0, `scale` 0 or more; a `scale` of 0 is a constant. */
export function weibull({ shape, scale }: { readonly shape: number; readonly scale: number }): Distribution {
  if (scale === 0) return new ConstantDistribution(0);
  return {
    mean: scale * gammaFunction(1 + 1 / shape),
    fill(stream, out, count) {
      for (let i = 0; i < count; i++) out[i] = scale * (-Math.log(stream.uniform())) ** (1 / shape);
    },
  };
}
