/** Intervals over replications: Student's quantiles against printed tables, and the interval against a hand-made one. */
import { describe, expect, test } from 'vitest';
import { randomStreams } from '../../src/engine/random-streams.js';
import { estimateOf, NOT_NEGATIVE } from '../../src/study/confidence.js';
import { studentQuantile } from '../../src/study/student-quantile.js';

describe("Student's t", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, "Critical Values of the Student's-t Distribution", two-sided 95% and 99%.
  test.each([
    [1, 12.706, 63.657],
    [2, 4.303, 9.925],
    [3, 3.182, 5.841],
    [4, 2.776, 4.604],
    [5, 2.571, 4.032],
    [9, 2.262, 3.25],
    [10, 2.228, 3.169],
    [19, 2.093, 2.861],
    [29, 2.045, 2.756],
    [30, 2.042, 2.75],
    [100, 1.984, 2.626],
  ])('has the quantiles of the table for %i degrees of freedom', (freedom, at95, at99) => {
    expect([studentQuantile(0.95, freedom).toFixed(3), studentQuantile(0.99, freedom).toFixed(3)]).toEqual([
      at95.toFixed(3),
      at99.toFixed(3),
    ]);
  });

  test('is Cauchy with one degree of freedom and has a closed form with two', () => {
    expect(studentQuantile(0.95, 1)).toBeCloseTo(Math.tan((Math.PI / 2) * 0.95), 12);
    expect(studentQuantile(0.95, 2)).toBeCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 12);
  });

  test('comes to the normal quantile with many degrees of freedom, from above', () => {
    const normal = 1.959963984540054;
    // The first term of the Cornish-Fisher expansion: (z^3 + z) / (4 n).
    expect(studentQuantile(0.95, 10_000) - normal).toBeCloseTo((normal ** 3 + normal) / 40_000, 7);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %d degrees of freedom', (freedom) => {
    expect(() => studentQuantile(0.95, freedom)).toThrow('degrees of freedom');
  });
});

describe('an estimate', () => {
  test('keeps the small values between large ones', () => {
    const { mean, low, high } = estimateOf([1e16, 1, -1e16, 1]);
    expect(mean).toBe(0.5);
    // The deviation of the four is sqrt(2e32 / 3) to sixteen digits; t of 3 degrees of freedom is 3.182446305284263.
    expect((high - low) / 2 / ((3.182446305284263 * Math.sqrt(2e32 / 3)) / 2)).toBeCloseTo(1, 12);
  });

  test('is mean and mean -/+ t s / sqrt(n)', () => {
    // Mean 5, sample standard deviation sqrt(10), t of 4 degrees of freedom 2.7764451.
    const { mean, low, high } = estimateOf([1, 3, 5, 7, 9]);
    const half = (2.7764451051977987 * Math.sqrt(10)) / Math.sqrt(5);
    expect(mean).toBe(5);
    expect([low, high].map((value) => value.toFixed(9))).toEqual([5 - half, 5 + half].map((value) => value.toFixed(9)));
  });

  test('is cut at what is possible, and stays where it is within', () => {
    const all = estimateOf([0, 0, 0.9]);
    expect([all.low < 0, all.high > 1]).toEqual([true, true]);
    expect(estimateOf([0, 0, 0.9], { least: 0, most: 1 })).toEqual({ mean: all.mean, low: 0, high: 1 });
    expect(estimateOf([0, 0, 0.9], NOT_NEGATIVE)).toEqual({ ...all, low: 0 });
    expect(estimateOf([5, 6, 7], NOT_NEGATIVE)).toEqual(estimateOf([5, 6, 7]));
  });

  test('of equal values has no width, not even that of rounding', () => {
    expect(estimateOf([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, low: 0.1, high: 0.1 });
  });

  test('needs two values', () => {
    expect(() => estimateOf([1])).toThrow(RangeError);
  });

  test('holds the true mean of normal values in 95% of 4,000 samples of five, seed 7', () => {
    const stream = randomStreams(7).named('coverage');
    const normal = () => Math.sqrt(-2 * Math.log(stream.uniform())) * Math.cos(2 * Math.PI * stream.uniform());
    let held = 0;
    for (let sample = 0; sample < 4000; sample++) {
      const { low, high } = estimateOf([normal(), normal(), normal(), normal(), normal()]);
      if (low <= 0 && 0 <= high) held++;
    }
    // Binomial: standard error sqrt(0.95 x 0.05 / 4000), 99.9% interval.
    expect(Math.abs(held / 4000 - 0.95)).toBeLessThan(3.29 * Math.sqrt((0.95 * 0.05) / 4000));
  });
});
