/** A distribution stretched by a factor: the same draws, longer or shorter. Not a kind of its own in scenarios. */
import type { Distribution } from '../distribution.js';

export function scaled(distribution: Distribution, factor: number): Distribution {
  if (factor === 1) return distribution;
  return {
    mean: distribution.mean * factor,
    fill(stream, out, count) {
      distribution.fill(stream, out, count);
      for (let i = 0; i < count; i++) out[i] *= factor;
    },
  };
}
