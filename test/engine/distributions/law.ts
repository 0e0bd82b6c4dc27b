/** What the tests of the kinds share: a draw of many values, moments with their exact standard errors, and the law of Kolmogorov. */
import { expect } from 'vitest';
import type { Distribution } from '../../../src/engine/distribution.js';
import { randomStreams } from '../../../src/engine/random-streams.js';

/** Two-sided 99.9%. */
const Z = 3.2905;
/** Kolmogorov's 99.9% point of sqrt(n) times the largest distance. */
const KOLMOGOROV = 1.9495;

export function draw(distribution: Distribution, count: number, seed: number, name = 'test'): Float64Array {
  const values = new Float64Array(count);
  distribution.fill(randomStreams(seed).named(name), values, count);
  return values;
}

/** The mean of `values` lies in the 99.9% interval around `mean`, for a law of variance `variance`. */
export function expectMean(values: Float64Array, mean: number, variance: number, seed: number): void {
  const found = values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = Math.sqrt(variance / values.length);
  expect(Math.abs(found - mean), `seed ${seed}: mean ${found}, theory ${mean} +- ${Z * error}`).toBeLessThan(Z * error);
}

/** The sample variance lies in its 99.9% interval; `fourth` is the fourth central moment of the law. */
export function expectVariance(
  values: Float64Array,
  mean: number,
  variance: number,
  fourth: number,
  seed: number,
): void {
  const squares = values.map((value) => (value - mean) ** 2);
  expectMean(squares, variance, fourth - variance ** 2, seed);
}

/** The share of values at or below each point lies in its 99.9% interval. */
export function expectShares(values: Float64Array, points: readonly (readonly [number, number])[], seed: number): void {
  for (const [value, share] of points) {
    const below = values.map((drawn) => (drawn <= value ? 1 : 0));
    expectMean(below, share, share * (1 - share), seed);
  }
}

/** The values follow the continuous distribution function `cdf`: Kolmogorov-Smirnov at 99.9%. */
export function expectLaw(values: Float64Array, cdf: (x: number) => number, seed: number): void {
  const sorted = values.slice().sort();
  let distance = 0;
  for (let i = 0; i < sorted.length; i++) {
    const share = cdf(sorted[i]);
    distance = Math.max(distance, share - i / sorted.length, (i + 1) / sorted.length - share);
  }
  const scaled = distance * Math.sqrt(sorted.length);
  expect(scaled, `seed ${seed}: Kolmogorov-Smirnov ${scaled}`).toBeLessThan(KOLMOGOROV);
}
