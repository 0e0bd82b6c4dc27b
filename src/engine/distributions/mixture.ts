/** One of several laws, chosen by weight for each value: one draw for the choice, then the draws of the chosen law. */
import type { Distribution } from '../distribution.js';

/** At least one part with a weight above 0; parts of weight 0 are left out. */
export function mixture(parts: readonly { readonly weight: number; readonly of: Distribution }[]): Distribution {
  const chosen = parts.filter((part) => part.weight > 0);
  if (chosen.length === 1) return chosen[0].of;
  const total = chosen.reduce((sum, part) => sum + part.weight, 0);
  const laws = chosen.map((part) => part.of);
  let cumulated = 0;
  const thresholds = Float64Array.from(chosen, (part) => {
    cumulated += part.weight;
    return cumulated / total;
  });
  const last = laws.length - 1;
  const one = new Float64Array(1);
  return {
    mean: chosen.reduce((sum, part) => sum + (part.weight / total) * part.of.mean, 0),
    fill(stream, out, count) {
      for (let i = 0; i < count; i++) {
        const choice = stream.uniform();
        let part = 0;
        while (part < last && choice >= thresholds[part]) part++;
        laws[part].fill(stream, one, 1);
        out[i] = one[0];
      }
    },
  };
}
