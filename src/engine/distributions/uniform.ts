/** Every value between `min` and `max` alike. Inverse cdf: one draw a value. */
import type { Distribution } from '../distribution.js';
import { ConstantDistribution } from './constant.js';

/** 0 <= min <= max; equal ends are a constant. */
export function uniform({ min, max }: { readonly min: number; readonly max: number }): Distribution {
  if (min === max) return new ConstantDistribution(min);
  return {
    mean: (min + max) / 2,
    fill(stream, out, count) {
      for (let i = 0; i < count; i++) out[i] = min + (max - min) * stream.uniform();
    },
  };
}
