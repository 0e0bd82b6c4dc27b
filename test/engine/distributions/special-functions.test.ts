import { describe, expect, it } from 'vitest';
import { gammaFunction, logGamma } from '../../../src/engine/distributions/gamma-function.js';
import { normalCdf } from '../../../src/engine/distributions/normal-cdf.js';
import { normalQuantile } from '../../../src/engine/distributions/normal-quantile.js';

describe('the normal distribution function', () => {
  // Abramowitz and Stegun, table 26.1, and for the tails Mills's ratio to 12 digits.
  it.each([
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [1.96, 0.9750021048517795],
    [3, 0.9986501019683699],
    [-1, 0.15865525393145707],
    [-4, 3.167124183311992e-5],
    [-8, 6.220960574271786e-16],
  ])('at %d is %d', (x, probability) => {
    expect(normalCdf(x) / probability).toBeCloseTo(1, 12);
  });

  it('is undone by the quantile, from one in a million million to all but one in a million', () => {
    for (let exponent = -12; exponent < 0; exponent += 0.25) {
      const share = 10 ** exponent;
      expect(normalCdf(normalQuantile(share)) / share).toBeCloseTo(1, 11);
    }
    for (const share of [0.5, 0.9, 0.99, 0.999, 0.999999]) {
      expect(normalCdf(normalQuantile(share))).toBeCloseTo(share, 13);
    }
  });
});

describe('the gamma function', () => {
  it('is the factorial at whole numbers', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(gammaFunction(n) / factorial).toBeCloseTo(1, 12);
      factorial *= n;
    }
  });

  it('is the root of pi at a half, and obeys its reflection formula', () => {
    expect(gammaFunction(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 13);
    for (const x of [0.1, 0.25, 0.4]) {
      expect(logGamma(x) + logGamma(1 - x)).toBeCloseTo(Math.log(Math.PI / Math.sin(Math.PI * x)), 12);
    }
  });
});
