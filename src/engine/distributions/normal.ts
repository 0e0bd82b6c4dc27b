/** The normal law cut at 0: what would be negative becomes 0, so the mean lies above the one of the uncut law. */
import type { Distribution } from '../distribution.js';
import { fillNormal } from '../ziggurat.js';
import { ConstantDistribution } from './constant.js';
import { normalCdf, normalDensity } from './normal-cdf.js';

/** `mean` and `sd` are those of the uncut law; `sd` 0 is a constant. */
export function normalDistribution({ mean, sd }: { readonly mean: number; readonly sd: number }): Distribution {
  if (sd === 0) return new ConstantDistribution(Math.max(0, mean));
  const z = mean / sd;
  return {
    mean: mean * normalCdf(z) + sd * normalDensity(z),
    fill(stream, out, count) {
      fillNormal(stream, out, count);
      for (let i = 0; i < count; i++) {
        const value = mean + sd * out[i];
        out[i] = Math.max(value, 0);
      }
    },
  };
}
