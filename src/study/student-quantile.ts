/**
 * Quantiles of Student's t distribution. For whole degrees of freedom its distribution function is a finite sum of powers
 * of cosines (Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4), so no approximation is needed.
 */
import { assert } from '../engine/assert.js';

/** The t with P(|T| < t) = `share`, 0 < share < 1, for `freedom` degrees of freedom, a whole number of at least 1. */
export function studentQuantile(share: number, freedom: number): number {
  assert(Number.isInteger(freedom) && freedom >= 1, 'degrees of freedom are a whole number of at least 1');
  let low = 0;
  let high = Math.PI / 2;
  // Halving until the two are neighbours: at most as many steps as a double has bits, and a few for small angles.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return Math.tan(middle) * Math.sqrt(freedom);
    if (shareWithin(middle, freedom) < share) low = middle;
    else high = middle;
  }
}

/** P(|T| < t) by the angle atan(t / sqrt(freedom)). */
function shareWithin(angle: number, freedom: number): number {
  const cosine = Math.cos(angle);
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
  }
  const series = Math.sin(angle) * sum;
  return odd ? (2 / Math.PI) * (angle + series) : series;
}
