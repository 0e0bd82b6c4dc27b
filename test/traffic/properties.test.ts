import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import type { ArrivalsSettings, Spike, TrafficShape } from '../../src/scenario/types.js';
import { expectedArrivals } from '../../src/traffic/expected-arrivals.js';
import { instantsOf, MONDAY, trafficOf } from './traffic-of.js';

const SEED = 20_261_121;
const micros = (max: number) => fc.integer({ min: 1, max });
const rate = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 5, noNaN: true }));
const weights = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => [1, ...list.slice(1)]);

const shapes: fc.Arbitrary<TrafficShape> = fc.oneof(
  fc.record({ kind: fc.constant('rate' as const), rate: fc.double({ min: 0.001, max: 5, noNaN: true }) }),
  fc.record({
    kind: fc.constant('stages' as const),
    stages: fc.array(fc.record({ for: micros(20 * MINUTE), from: rate, to: rate }), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant('daily' as const),
    mean: fc.double({ min: 0.001, max: 2, noNaN: true }),
    hours: weights(24),
    weekdays: fc.option(weights(7), { nil: undefined }),
    timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'),
  }),
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('burst' as const), at: micros(2 * HOUR), count: fc.integer({ min: 0, max: 500 }) }),
  fc.record({
    kind: fc.constant('schedule' as const),
    expression: fc.constantFrom('rate(1 minute)', 'cron(0/7 * * * ? *)', 'cron(15 1-3 ? * SUN *)'),
    timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
  }),
  fc.record({
    kind: fc.constant('trace-counts' as const),
    every: micros(10 * MINUTE),
    counts: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant('trace-instants' as const),
    instants: fc
      .array(fc.integer({ min: 0, max: 2 * HOUR }), { maxLength: 50 })
      .map((list) => list.sort((a, b) => a - b)),
  }),
);
const spikes: fc.Arbitrary<Spike[]> = fc.array(
  fc.record({
    at: micros(HOUR),
    for: micros(30 * MINUTE),
    rate: fc.double({ min: 0.01, max: 5, noNaN: true }),
    ramp: fc.integer({ min: 0, max: 10 * MINUTE }),
  }),
  { maxLength: 3 },
);
const kinds: fc.Arbitrary<ArrivalsSettings> = fc.oneof(
  fc.constant({ kind: 'poisson' as const }),
  fc.constant({ kind: 'regular' as const }),
  fc.record({ kind: fc.constant('bursty' as const), cv: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
  fc.record({
    kind: fc.constant('modulated' as const),
    factor: fc.double({ min: 1, max: 20, noNaN: true }),
    high: micros(10 * MINUTE).map((time) => time + SECOND),
    low: micros(10 * MINUTE).map((time) => time + SECOND),
  }),
);
const traffics = fc
  .tuple(shapes, spikes, kinds, fc.constantFrom(1, 1, 2, 0.3))
  .map(([shape, list, arrivals, scale]) => trafficOf(shape, { spikes: list, arrivals, scale }));
// Some runs begin shortly before the clocks change in Berlin.
const runs = fc.record({
  duration: micros(3 * HOUR),
  startEpochMs: fc.constantFrom(MONDAY, MONDAY + 1234, Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 24, 23)),
});

describe('the arrivals of any traffic', () => {
  it('are whole microseconds inside the run that never fall, the same for every block size', () => {
    fc.assert(
      fc.property(traffics, runs, fc.integer(), fc.integer({ min: 1, max: 700 }), (traffic, run, seed, block) => {
        const instants = instantsOf(traffic, run, seed, 512);
        let last = 0;
        for (const at of instants) {
          if (!Number.isSafeInteger(at) || at < last || at >= run.duration)
            throw new Error(`${at} after ${last} in a run of ${run.duration}`);
          last = at;
        }
        expect(instantsOf(traffic, run, seed, block)).toEqual(instants);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('are as many as expected when regular: to one for a rate, another for spikes beside it', () => {
    fc.assert(
      fc.property(traffics, runs, (traffic, run) => {
        const regular = { ...traffic, arrivals: { kind: 'regular' as const } };
        const cutBucket = traffic.shape.kind === 'trace-counts' ? 1 : 0;
        expect(Math.abs(instantsOf(regular, run).length - expectedArrivals(regular, run))).toBeLessThan(2 + cutBucket);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('of a longer run begin with those of the shorter one', () => {
    fc.assert(
      fc.property(traffics, runs, (traffic, run) => {
        const longer = instantsOf(traffic, { ...run, duration: 2 * run.duration });
        const shorter = instantsOf(traffic, run);
        expect(longer.slice(0, shorter.length)).toEqual(shorter);
        expect(longer[shorter.length] ?? run.duration).toBeGreaterThanOrEqual(run.duration);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
