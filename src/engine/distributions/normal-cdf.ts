/**
 * The standard normal distribution function and density, to about 15 digits. Near 0 the series of Marsaglia, "Evaluating
 * the normal distribution", Journal of Statistical Software 11(4), 2004; in the tails Laplace's continued fraction, so
 * that a tiny probability keeps its digits.
 */
const SERIES_BELOW = 3;
const FRACTION_DEPTH = 100;

export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** The probability of a standard normal variate at or below `x`. */
export function normalCdf(x: number): number {
  if (Math.abs(x) >= SERIES_BELOW) return x < 0 ? upperTail(-x) : 1 - upperTail(x);
  let sum = x;
  let term = x;
  for (let i = 3; sum + term !== sum; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** `x` is at least SERIES_BELOW. */
function upperTail(x: number): number {
  let fraction = x;
  for (let k = FRACTION_DEPTH; k > 0; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}
