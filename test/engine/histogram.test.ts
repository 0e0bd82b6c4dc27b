import { describe, expect, it } from 'vitest';
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { makeDistribution } from '../../src/engine/distributions/registry.js';
import { Histogram } from '../../src/engine/histogram.js';
import { randomStreams } from '../../src/engine/random-streams.js';
import { Variates } from '../../src/engine/variates.js';

const SHARES = [0, 0.001, 0.01, 0.07, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

const LAWS: DistributionSpec[] = [
  { kind: 'constant', value: 45_000 },
  { kind: 'uniform', min: 0, max: 100 },
  { kind: 'uniform', min: 999_000, max: 1_001_000 },
  { kind: 'exponential', mean: 3 },
  { kind: 'exponential', mean: 1_991_000 },
  { kind: 'two-quantiles', low: 0.5, atLow: 45_000, high: 0.99, atHigh: 400_000 },
  { kind: 'lognormal', mean: 1_000, cv: 8 },
  { kind: 'pareto', min: 1_000, alpha: 0.5 },
  { kind: 'samples', values: [0, 1, 2, 3, 127, 128, 129, 2 ** 31, 2 ** 40, 2 ** 50] },
];

function drawn(spec: DistributionSpec, count: number): number[] {
  const variates = new Variates(makeDistribution(spec), randomStreams(11).named(JSON.stringify(spec)));
  return Array.from({ length: count }, () => variates.next());
}

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** The value at rank ceil(share x n), exact: the share is a decimal, so the rank is counted in thousandths. */
function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(1, Math.ceil((Math.round(share * 1000) * sorted.length) / 1000)) - 1]!;
}

const everything = (histogram: Histogram) => ({
  count: histogram.count,
  sum: histogram.sum,
  min: histogram.min,
  max: histogram.max,
  at: SHARES.map((share) => histogram.quantile(share)),
  entries: [...histogram.entries()],
});

describe('a histogram', () => {
  it.each(LAWS)('has percentiles within 0.4%% of the exact nearest rank, and exact ends: $kind, seed 11', (spec) => {
    for (const count of [1, 2, 3, 100, 20_011]) {
      const values = drawn(spec, count);
      const sorted = [...values].sort((a, b) => a - b);
      const histogram = histogramOf(values);
      for (const share of SHARES) {
        const exact = nearestRank(sorted, share);
        const error = Math.abs(histogram.quantile(share) - exact);
        expect(error, `p${share * 100} of ${count}: ${histogram.quantile(share)}, not ${exact}`).toBeLessThanOrEqual(
          exact * 0.004,
        );
      }
      expect([histogram.count, histogram.min, histogram.max, histogram.quantile(0), histogram.quantile(1)]).toEqual([
        count,
        sorted[0],
        sorted[count - 1],
        sorted[0],
        sorted[count - 1],
      ]);
    }
  });

  it('has an exact count, sum and mean', () => {
    const values = drawn({ kind: 'exponential', mean: 5_000 }, 10_000);
    const histogram = histogramOf(values);
    const sum = Number(values.reduce((total, value) => total + BigInt(value), 0n));
    expect([histogram.count, histogram.sum, histogram.mean]).toEqual([10_000, sum, sum / 10_000]);
  });

  it('is the same however its values came: in any order, at once or one by one', () => {
    // Without the last law, whose sum would pass 2^53.
    const values = LAWS.slice(0, -2).flatMap((spec) => drawn(spec, 500));
    const whole = histogramOf(values);
    const atOnce = new Histogram();
    atOnce.recordAll(Float64Array.from(values), values.length);
    expect(everything(atOnce)).toEqual(everything(whole));
    expect(everything(histogramOf([...values].reverse()))).toEqual(everything(whole));
  });

  it('counts every value once in its entries, smallest first', () => {
    const histogram = histogramOf([0, 0, 5, 7_000_000, 7_000_001, 2 ** 45]);
    const entries = [...histogram.entries()];
    expect(entries.map(([, count]) => count).reduce((a, b) => a + b)).toBe(6);
    expect(entries.map(([value]) => value)).toEqual([...entries.map(([value]) => value)].sort((a, b) => a - b));
    expect(entries[0]).toEqual([0, 2]);
  });

  it('knows zero, and values of centuries', () => {
    const zeros = histogramOf([0, 0, 0, 9]);
    expect(SHARES.map((share) => zeros.quantile(share)).slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(zeros.quantile(1)).toBe(9);
    const huge = histogramOf([2 ** 52, 2 ** 52, 2 ** 52]);
    expect([huge.quantile(0.5), huge.min, huge.max, huge.mean]).toEqual([2 ** 52, 2 ** 52, 2 ** 52, 2 ** 52]);
  });

  it('has no percentile while it is empty, also after it was cleared', () => {
    const histogram = histogramOf([3, 4]);
    histogram.clear();
    expect([new Histogram().quantile(0.5), histogram.quantile(0.5), histogram.count, [...histogram.entries()]]).toEqual(
      [Number.NaN, Number.NaN, 0, []],
    );
    histogram.record(8);
    expect([histogram.count, histogram.mean, histogram.quantile(0.5)]).toEqual([1, 8, 8]);
  });

  it('takes the rank a person would: the 7th of 100 for 7%', () => {
    const histogram = new Histogram();
    for (let i = 1; i <= 100; i++) histogram.record(i);
    expect(
      [0.07, 0.14, 0.28, 0.29, 0.55, 0.56, 0.57, 0.58].map((share) => Math.round(histogram.quantile(share))),
    ).toEqual([7, 14, 28, 29, 55, 56, 57, 58]);
  });

  it('may be coarser: 32 buckets an octave are off by at most 1/64', () => {
    const values = drawn({ kind: 'exponential', mean: 50_000 }, 5_000);
    const sorted = [...values].sort((a, b) => a - b);
    const histogram = new Histogram(32);
    for (const value of values) histogram.record(value);
    for (const share of SHARES) {
      const exact = nearestRank(sorted, share);
      expect(Math.abs(histogram.quantile(share) - exact)).toBeLessThanOrEqual(exact / 64);
    }
  });

  it('finds percentiles, and clears, when values of 0 lie far below the others', () => {
    const histogram = new Histogram();
    for (const value of [0, 0, 5_000_000, 6_000_000, 7_000_000, 8_000_000]) histogram.record(value);
    expect(histogram.quantile(0.3)).toBe(0);
    expect(Math.abs(histogram.quantile(0.6) / 6_000_000 - 1)).toBeLessThan(0.004);
    histogram.clear();
    expect([...histogram.entries()]).toEqual([]);
    histogram.record(6_000_000);
    expect([...histogram.entries()].map(([, count]) => count)).toEqual([1]);
  });
});
