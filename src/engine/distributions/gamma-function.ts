/**
 * The logarithm of Euler's gamma function for positive arguments, to about 15 digits: Lanczos, "A precision approximation
 * of the gamma function", SIAM Journal on Numerical Analysis 1, 1964, with Godfrey's coefficients for g = 7.
 */
const G = 7;
const COEFFICIENTS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
];

/** `x` is above 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = COEFFICIENTS[0];
  for (let i = 1; i < COEFFICIENTS.length; i++) sum += COEFFICIENTS[i] / (x - 1 + i);
  const t = x - 0.5 + G;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** `x` is above 0; Infinity above about 171.6. */
export function gammaFunction(x: number): number {
  return Math.exp(logGamma(x));
}
