/** Amounts whose last shown digit lies exactly between two: they are rounded half up, as a bill is, whatever their binary form. */
import { money } from '../engine/format.js';

/** Far below any digit shown, far above the error of the sums and quotients that amounts come from. */
const BINARY_NOISE = 1e-12;

/** `money` of the amount rounded half away from zero to `decimals`. */
export function usdText(usd: number, decimals: number): string {
  const unit = 10 ** decimals;
  const rounded = (Math.sign(usd) * Math.round(Math.abs(usd) * unit * (1 + BINARY_NOISE))) / unit;
  // What rounds to nothing is still told as less than the least amount, not as nothing.
  return money(rounded === 0 ? usd : rounded, decimals);
}
