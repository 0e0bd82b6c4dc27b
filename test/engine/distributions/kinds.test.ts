import { describe, expect, it } from 'vitest';
import type { DistributionSpec } from '../../../src/engine/distribution.js';
import { gammaFunction } from '../../../src/engine/distributions/gamma-function.js';
import { normalCdf } from '../../../src/engine/distributions/normal-cdf.js';
import { makeDistribution } from '../../../src/engine/distributions/registry.js';
import { randomStreams } from '../../../src/engine/random-streams.js';
import { draw, expectLaw, expectMean, expectShares, expectVariance } from './law.js';

const COUNT = 200_000;

interface Case {
  readonly title: string;
  readonly spec: DistributionSpec;
  readonly seed: number;
  readonly mean: number;
  readonly variance: number;
  /** Fourth central moment over the squared variance; undefined where the sample variance settles too slowly. */
  readonly kurtosis?: number;
  /** Undefined for a law with steps. */
  readonly cdf?: (x: number) => number;
  readonly shares?: readonly (readonly [number, number])[];
}

const phi = (mu: number, sigma: number) => (x: number) => normalCdf((Math.log(x) - mu) / sigma);
const LN2 = Math.log(2);
const Z99 = 2.3263478740408408;
const sigma99 = Math.log(400 / 45) / Z99;

const CASES: readonly Case[] = [
  {
    title: 'exponential',
    spec: { kind: 'exponential', mean: 45 },
    seed: 11,
    mean: 45,
    variance: 45 ** 2,
    kurtosis: 9,
    cdf: (x) => 1 - Math.exp(-x / 45),
  },
  {
    title: 'uniform',
    spec: { kind: 'uniform', min: 10, max: 34 },
    seed: 12,
    mean: 22,
    variance: 48,
    kurtosis: 1.8,
    cdf: (x) => (x - 10) / 24,
  },
  {
    title: 'log-normal of a mean and a cv',
    spec: { kind: 'lognormal', mean: 200, cv: 1 },
    seed: 13,
    mean: 200,
    variance: 200 ** 2,
    cdf: phi(Math.log(200) - LN2 / 2, Math.sqrt(LN2)),
  },
  {
    title: 'log-normal through p50 and p99',
    spec: { kind: 'two-quantiles', low: 0.5, atLow: 45, high: 0.99, atHigh: 400 },
    seed: 14,
    mean: 45 * Math.exp(sigma99 ** 2 / 2),
    variance: 45 ** 2 * Math.exp(sigma99 ** 2) * Math.expm1(sigma99 ** 2),
    cdf: phi(Math.log(45), sigma99),
    shares: [
      [45, 0.5],
      [400, 0.99],
    ],
  },
  {
    // Mean and variance of max(0, X) for X normal with mean 1 and deviation 2.
    title: 'normal cut at 0',
    spec: { kind: 'normal', mean: 1, sd: 2 },
    seed: 15,
    mean: 1.3955931148026122,
    variance: 5 * normalCdf(0.5) + 2 * 0.3520653267642995 - 1.3955931148026122 ** 2,
    shares: [
      [0, normalCdf(-0.5)],
      [1, 0.5],
      [3, normalCdf(1)],
    ],
  },
  {
    title: 'normal far from 0',
    spec: { kind: 'normal', mean: 100, sd: 5 },
    seed: 16,
    mean: 100,
    variance: 25,
    kurtosis: 3,
    cdf: (x) => normalCdf((x - 100) / 5),
  },
  {
    title: 'gamma of a cv below 1',
    spec: { kind: 'gamma', mean: 60, cv: 0.5 },
    seed: 17,
    mean: 60,
    variance: 900,
    kurtosis: 3 + 6 / 4,
    cdf: (x) => erlangCdf(4, x / 15),
  },
  {
    title: 'gamma of a cv above 1',
    spec: { kind: 'gamma', mean: 60, cv: Math.SQRT2 },
    seed: 18,
    mean: 60,
    variance: 7200,
    kurtosis: 15,
    cdf: (x) => 2 * normalCdf(Math.sqrt(x / 60)) - 1,
  },
  {
    title: 'gamma of cv 1, which is exponential',
    spec: { kind: 'gamma', mean: 60, cv: 1 },
    seed: 19,
    mean: 60,
    variance: 3600,
    kurtosis: 9,
    cdf: (x) => 1 - Math.exp(-x / 60),
  },
  {
    title: 'gamma of a large cv',
    spec: { kind: 'gamma', mean: 60, cv: 3 },
    seed: 26,
    mean: 60,
    variance: 32_400,
    kurtosis: 57, // The incomplete gamma function of shape 1/9 at a millionth: its series, two terms.
    shares: [[1e-6, 0.11308368155343708]],
  },
  {
    title: 'erlang of many phases',
    spec: { kind: 'erlang', mean: 90, k: 40 },
    seed: 27,
    mean: 90,
    variance: 202.5,
    kurtosis: 3 + 6 / 40,
    cdf: (x) => erlangCdf(40, x / 2.25),
  },
  {
    title: 'erlang',
    spec: { kind: 'erlang', mean: 90, k: 3 },
    seed: 20,
    mean: 90,
    variance: 2700,
    kurtosis: 5,
    cdf: (x) => erlangCdf(3, x / 30),
  },
  {
    title: 'weibull',
    spec: { kind: 'weibull', shape: 1.5, scale: 80 },
    seed: 21,
    mean: 80 * gammaFunction(1 + 2 / 3),
    variance: 6400 * (gammaFunction(1 + 4 / 3) - gammaFunction(1 + 2 / 3) ** 2),
    cdf: (x) => 1 - Math.exp(-((x / 80) ** 1.5)),
  },
  {
    title: 'pareto',
    spec: { kind: 'pareto', min: 20, alpha: 5 },
    seed: 22,
    mean: 25,
    variance: (400 * 5) / (16 * 3),
    cdf: (x) => 1 - (20 / x) ** 5,
  },
  {
    title: 'quantiles',
    spec: {
      kind: 'quantiles',
      points: [
        [0.5, 10],
        [0.9, 50],
        [1, 150],
      ],
    },
    seed: 23,
    mean: 0.5 * 10 + 0.4 * 30 + 0.1 * 100,
    variance: 0.5 * 100 + (0.4 * (100 + 500 + 2500)) / 3 + (0.1 * (2500 + 7500 + 22500)) / 3 - 27 ** 2,
    shares: [
      [10, 0.5],
      [30, 0.7],
      [50, 0.9],
      [100, 0.95],
    ],
  },
  {
    title: 'samples',
    spec: { kind: 'samples', values: [8, 1, 3, 3] },
    seed: 24,
    mean: 3.75,
    variance: (64 + 1 + 9 + 9) / 4 - 3.75 ** 2,
    shares: [
      [1, 0.25],
      [3, 0.75],
    ],
  },
  {
    title: 'mixture',
    seed: 25,
    mean: 0.9 * 10 + 0.1 * 200,
    variance: 0.9 * 200 + 0.1 * 40_000 - 29 ** 2,
    shares: [
      [10, 0.9 * (1 - Math.exp(-1))],
      [199, 0.9 * (1 - Math.exp(-19.9))],
    ],
    spec: {
      kind: 'mixture',
      parts: [
        { weight: 9, of: { kind: 'exponential', mean: 10 } },
        { weight: 0, of: { kind: 'constant', value: 1e9 } },
        { weight: 1, of: { kind: 'constant', value: 200 } },
      ],
    },
  },
];

describe.each(CASES)('$title', ({ spec, seed, mean, variance, kurtosis, cdf, shares }) => {
  const distribution = makeDistribution(spec);
  const values = draw(distribution, COUNT, seed);

  it('states its exact mean and draws with it', () => {
    expect(distribution.mean / mean).toBeCloseTo(1, 12);
    expectMean(values, mean, variance, seed);
    if (kurtosis !== undefined) expectVariance(values, mean, variance, kurtosis * variance ** 2, seed);
  });

  it('follows its law', () => {
    if (cdf !== undefined) expectLaw(values, cdf, seed);
    if (shares !== undefined) expectShares(values, shares, seed);
    expect(cdf ?? shares).toBeDefined();
  });

  it('gives the same numbers whatever the block size, and never one below 0', () => {
    const whole = values.slice(0, 1000);
    const stream = randomStreams(seed).named('test');
    const pieces = new Float64Array(1000);
    for (let at = 0, size = 1; at < 1000; at += size, size = Math.min(size * 3 - 1, 1000 - at)) {
      distribution.fill(stream, pieces.subarray(at), Math.min(size, 1000 - at));
    }
    expect(pieces).toEqual(whole);
    expect(Math.min(...whole)).toBeGreaterThanOrEqual(0);
  });
});

describe('kinds without spread', () => {
  const still: readonly DistributionSpec[] = [
    { kind: 'constant', value: 45 },
    { kind: 'two-quantiles', low: 0.5, atLow: 45, high: 0.99, atHigh: 45 },
    { kind: 'lognormal', mean: 45, cv: 0 },
    { kind: 'uniform', min: 45, max: 45 },
    { kind: 'normal', mean: 45, sd: 0 },
    { kind: 'gamma', mean: 45, cv: 0 },
    { kind: 'quantiles', points: [[0.5, 45]] },
    { kind: 'samples', values: [45, 45] },
    { kind: 'mixture', parts: [{ weight: 2, of: { kind: 'constant', value: 45 } }] },
  ];
  it.each(still)('are their value and draw nothing: $kind', (spec) => {
    const stream = randomStreams(1).named('test');
    const out = new Float64Array(2);
    makeDistribution(spec).fill(stream, out, 2);
    expect([...out]).toEqual([45, 45]);
    expect(stream.bits()).toBe(randomStreams(1).named('test').bits());
  });
});

describe('the mean of a pareto law', () => {
  it('is infinite for an alpha of 1 and below', () => {
    expect(makeDistribution({ kind: 'pareto', min: 1, alpha: 1 }).mean).toBe(Number.POSITIVE_INFINITY);
    expect(makeDistribution({ kind: 'pareto', min: 1, alpha: 1.5 }).mean).toBe(3);
  });
});

/** Distribution function of the sum of `k` exponential phases of mean 1. */
function erlangCdf(k: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let i = 1; i < k; i++) {
    term *= x / i;
    sum += term;
  }
  return 1 - Math.exp(-x) * sum;
}
