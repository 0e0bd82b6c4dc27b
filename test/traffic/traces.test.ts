import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import type { ArrivalsSettings } from '../../src/scenario/types.js';
import { expectLaw } from '../engine/distributions/law.js';
import { instantsOf, MONDAY, trafficOf } from './traffic-of.js';

const COUNTS = [0, 3, 250, 1, 0, 0, 77, 1000];
const RUN = { duration: 8 * MINUTE, startEpochMs: MONDAY };
const KINDS: readonly ArrivalsSettings[] = [
  { kind: 'poisson' },
  { kind: 'regular' },
  { kind: 'bursty', cv: 3 },
  { kind: 'bursty', cv: 0.5 },
  { kind: 'modulated', factor: 8, high: 5 * SECOND, low: 20 * SECOND },
];

function perBucket(instants: readonly number[], buckets: number): number[] {
  const counts = new Array<number>(buckets).fill(0);
  for (const at of instants) counts[Math.floor(at / MINUTE)]++;
  return counts;
}

describe.each(KINDS)('a trace of counts, spread $kind', (arrivals) => {
  const trace = (scale: number, counts = COUNTS) =>
    trafficOf({ kind: 'trace-counts', every: MINUTE, counts }, { arrivals, scale });

  it('yields exactly its count in each bucket, whatever the seed', () => {
    for (let seed = 0; seed < 20; seed++)
      expect(perBucket(instantsOf(trace(1), RUN, seed), 8), `seed ${seed}`).toEqual(COUNTS);
  });

  it('scales so that every running total is rounded once', () => {
    expect(perBucket(instantsOf(trace(2), RUN), 8)).toEqual([0, 6, 500, 2, 0, 0, 154, 2000]);
    // Running totals 3, 253, 254, 331, 1331 become 0.3, 25.3, 25.4, 33.1, 133.1.
    expect(perBucket(instantsOf(trace(0.1), RUN), 8)).toEqual([0, 0, 25, 0, 0, 0, 8, 100]);
  });

  it('ends with the run, inside a bucket or before its end', () => {
    const short = { ...RUN, duration: 6.5 * MINUTE };
    const whole = instantsOf(trace(1), RUN);
    expect(instantsOf(trace(1), short)).toEqual(whole.filter((at) => at < short.duration));
    expect(instantsOf(trace(1), short, 1, 1)).toEqual(whole.filter((at) => at < short.duration));
    expect(perBucket(instantsOf(trace(1, [2, 3]), RUN), 8)).toEqual([2, 3, 0, 0, 0, 0, 0, 0]);
  });
});

describe('within a bucket', () => {
  const bucketOf = (count: number, arrivals: ArrivalsSettings, seed: number) =>
    instantsOf(trafficOf({ kind: 'trace-counts', every: MINUTE, counts: [count] }, { arrivals }), RUN, seed);

  it('poisson instants are uniform, one by one and all together', () => {
    const all = Float64Array.from(bucketOf(50_000, { kind: 'poisson' }, 3));
    expectLaw(all, (x) => x / MINUTE, 3);
    // The least of five uniform instants.
    const least = Float64Array.from({ length: 5000 }, (_, seed) => bucketOf(5, { kind: 'poisson' }, seed)[0]);
    expectLaw(least, (x) => 1 - (1 - x / MINUTE) ** 5, 0);
  });

  it('regular instants are evenly spaced from its start', () => {
    expect(bucketOf(7, { kind: 'regular' }, 1)).toEqual([0, 1, 2, 3, 4, 5, 6].map((k) => Math.round((k * MINUTE) / 7)));
  });

  it('bursty gaps have about the cv asked for', () => {
    const instants = bucketOf(20_000, { kind: 'bursty', cv: 3 }, 1);
    const gaps = instants.slice(1).map((at, i) => at - instants[i]);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const cv = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length) / mean;
    expect(cv).toBeGreaterThan(2.8);
    expect(cv).toBeLessThan(3.2);
  });

  it('modulated instants are uniform over many buckets, and uneven within each', () => {
    const arrivals = { kind: 'modulated', factor: 10, high: 10 * SECOND, low: 20 * SECOND } as const;
    const firstHalf = Array.from(
      { length: 2000 },
      (_, seed) => bucketOf(100, arrivals, seed).filter((at) => at < MINUTE / 2).length,
    );
    const mean = firstHalf.reduce((sum, count) => sum + count, 0) / 2000;
    const variance = firstHalf.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 1999;
    expect(Math.abs(mean - 50)).toBeLessThan(3.2905 * Math.sqrt(variance / 2000));
    // Independent uniform instants would scatter with a variance of 25.
    expect(variance).toBeGreaterThan(200);
  });
});

describe('a trace of timestamps', () => {
  const trace = (scale: number) =>
    trafficOf({ kind: 'trace-instants', instants: [0, 5, 5, 9_000_000, 480_000_000] }, { scale });

  it('arrives at its instants, before the end of the run', () => {
    expect(instantsOf(trace(1), RUN)).toEqual([0, 5, 5, 9_000_000]);
  });

  it('repeats or leaves out requests when it is scaled', () => {
    expect(instantsOf(trace(2), RUN)).toEqual([0, 0, 5, 5, 5, 5, 9_000_000, 9_000_000]);
    expect(instantsOf(trace(0.5), RUN)).toEqual([0, 5]);
  });
});
