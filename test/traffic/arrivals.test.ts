import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import type { ArrivalsSettings } from '../../src/scenario/types.js';
import { instantsOf, MONDAY, ONE_HOUR, trafficOf } from './traffic-of.js';

/** Two-sided 99.9%. */
const Z = 3.2905;
const SEEDS = 400;

/** Arrivals within windows of one length, over independent seeds. */
function countsOf(arrivals: ArrivalsSettings, rate: number, window: number): number[] {
  const run = { duration: window, startEpochMs: MONDAY };
  return Array.from(
    { length: SEEDS },
    (_, seed) => instantsOf(trafficOf({ kind: 'rate', rate }, { arrivals }), run, seed).length,
  );
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance };
}

function expectWithin(found: number, theory: number, error: number): void {
  expect(Math.abs(found - theory), `found ${found}, theory ${theory} +- ${Z * error}`).toBeLessThan(Z * error);
}

describe('poisson arrivals at 2/s', () => {
  it('have counts whose mean and variance are the expected number', () => {
    const expected = 2 * 600;
    const { mean, variance } = moments(countsOf({ kind: 'poisson' }, 2, 10 * MINUTE));
    expectWithin(mean, expected, Math.sqrt(expected / SEEDS));
    // Fourth central moment of a Poisson count: 3 m^2 + m.
    expectWithin(variance, expected, Math.sqrt((2 * expected ** 2 + expected) / SEEDS));
  });

  it('begin with a random gap', () => {
    const { mean } = moments(
      Array.from(
        { length: SEEDS },
        (_, seed) => instantsOf(trafficOf({ kind: 'rate', rate: 2 }), ONE_HOUR, seed, 1)[0],
      ),
    );
    expectWithin(mean, SECOND / 2, SECOND / 2 / Math.sqrt(SEEDS));
  });
});

describe('regular arrivals', () => {
  it.each([
    ['200/s', 200],
    ['40M/month', 40e6 / (730 * 3600)],
    ['7/min', 7 / 60],
  ])('of %s are at round(k x 1e6 / rate)', (_title, rate) => {
    const instants = instantsOf(trafficOf({ kind: 'rate', rate }, { arrivals: { kind: 'regular' } }));
    expect(instants).toEqual(
      Array.from({ length: Math.ceil(rate * 3600 - 1e-6) }, (_, k) => Math.round((k * 1e6) / rate)),
    );
  });

  it('on a ramp lie where the cumulated rate crosses whole numbers', () => {
    // From 0 to 2/s in 10 s: t^2 / 10 arrivals after t seconds; then one a second.
    const shape = {
      kind: 'stages',
      stages: [
        { for: 10 * SECOND, from: 0, to: 2 },
        { for: 5 * SECOND, from: 1, to: 1 },
        { for: 2 * SECOND, from: 2, to: 0 },
      ],
    } as const;
    const up = Array.from({ length: 10 }, (_, k) => Math.round(Math.sqrt(10 * k) * SECOND));
    const level = [10, 11, 12, 13, 14].map((second) => second * SECOND);
    // 2t - t^2/2 arrivals: the first at once, the second after 2 - sqrt(2) seconds.
    const down = [15 * SECOND, Math.round((17 - Math.SQRT2) * SECOND)];
    expect(instantsOf(trafficOf(shape, { arrivals: { kind: 'regular' } }))).toEqual([...up, ...level, ...down]);
  });

  it('wait over a pause', () => {
    const shape = {
      kind: 'stages',
      stages: [
        { for: 2 * SECOND, from: 1, to: 1 },
        { for: MINUTE, from: 0, to: 0 },
        { for: SECOND, from: 2, to: 2 },
      ],
    } as const;
    expect(instantsOf(trafficOf(shape, { arrivals: { kind: 'regular' } }))).toEqual([0, 1e6, 62e6, 62.5e6]);
  });

  it('of a rate no binary fraction can hold keep their number over ten thousand stages', () => {
    const stages = Array.from({ length: 10_000 }, () => ({ for: 100_000, from: 10 / 3, to: 10 / 3 }));
    const instants = instantsOf(trafficOf({ kind: 'stages', stages }, { arrivals: { kind: 'regular' } }));
    expect([instants.length, instants[3], instants.at(-1)]).toEqual([3334, 900_000, 999_900_000]);
  });
});

describe('bursty arrivals', () => {
  it.each([0.3, 0.8, 1, 2, 4])('have gaps with a cv of %d and the mean of the rate', (cv) => {
    const rate = 50;
    const instants = instantsOf(
      trafficOf({ kind: 'rate', rate }, { arrivals: { kind: 'bursty', cv } }),
      { ...ONE_HOUR, duration: 2 * HOUR },
      5,
    );
    const gaps = instants.slice(1).map((at, i) => (at - instants[i]) / (SECOND / rate));
    const { mean, variance } = moments(gaps);
    expectWithin(mean, 1, cv / Math.sqrt(gaps.length));
    const fourth = moments(gaps.map((gap) => (gap - 1) ** 2)).variance;
    expectWithin(variance, cv ** 2, Math.sqrt(fourth / gaps.length));
  });

  it.each([0, 0.5, 4])('of cv %d are as many as the rate says from the first second on', (cv) => {
    const { mean, variance } = moments(countsOf({ kind: 'bursty', cv }, 1, 10 * SECOND));
    // The standard error comes from the counts; regular ones with a random beginning have none.
    expectWithin(mean, 10, Math.sqrt(variance / SEEDS) + 1e-9);
  });
});

describe('modulated arrivals', () => {
  const settings = { kind: 'modulated', factor: 5, high: 2 * MINUTE, low: 20 * MINUTE } as const;

  it('keep the mean rate, and scatter as a two-state Poisson process does', () => {
    const rate = 2;
    const window = HOUR;
    const { mean, variance } = moments(countsOf(settings, rate, window));
    const { index, expected } = twoStateTheory(settings, rate, window);
    expectWithin(mean, expected, Math.sqrt((expected * index) / SEEDS));
    // Counts are nearly normal here: the variance of a sample variance is 2 v^2 / n, and a fifth for their skew.
    expectWithin(variance / mean, index, index * Math.sqrt(2.4 / SEEDS));
    expect(index).toBeGreaterThan(20);
  });

  it('are five times as dense in the high state as in the low one', () => {
    const instants = instantsOf(
      trafficOf({ kind: 'rate', rate: 10 }, { arrivals: { ...settings, high: HOUR, low: HOUR } }),
      { ...ONE_HOUR, duration: 4 * DAY },
      3,
    );
    const perMinute = new Array<number>(4 * 24 * 60).fill(0);
    for (const at of instants) perMinute[Math.floor(at / MINUTE)]++;
    const middle = 600;
    const high = moments(perMinute.filter((count) => count > middle)).mean;
    const low = moments(perMinute.filter((count) => count <= middle)).mean;
    // A minute in which the state changes counts on one side with a share of the other: two in a hundred at most.
    expect(high / low).toBeGreaterThan(4.75);
    expect(high / low).toBeLessThan(5.1);
  });
});

/** Heffes and Lucantoni 1986, equation 6: index of dispersion of counts of a two-state Markov-modulated Poisson process. */
function twoStateTheory(settings: { factor: number; high: number; low: number }, rate: number, window: number) {
  const { factor, high, low } = settings;
  const lowRate = (rate * (high + low)) / (factor * high + low);
  const [r1, r2, t] = [SECOND / high, SECOND / low, window / SECOND];
  const sum = r1 + r2;
  const spread = ((factor - 1) * lowRate) ** 2 * r1 * r2;
  const slope = (2 * spread) / (sum ** 2 * rate * sum);
  return { expected: rate * t, index: 1 + slope - (slope * (1 - Math.exp(-sum * t))) / (sum * t) };
}

describe('every kind of arrivals', () => {
  it.each<ArrivalsSettings>([{ kind: 'poisson' }, { kind: 'bursty', cv: 2 }])(
    'follows a rate that changes: $kind',
    (arrivals) => {
      const shape = {
        kind: 'stages',
        stages: [
          { for: 10 * MINUTE, from: 0, to: 4 },
          { for: 10 * MINUTE, from: 4, to: 0 },
        ],
      } as const;
      const run = { ...ONE_HOUR, duration: 20 * MINUTE };
      const counts = Array.from({ length: SEEDS }, (_, seed) => {
        const instants = instantsOf(trafficOf(shape, { arrivals }), run, `varying ${seed}`);
        return [
          instants.filter((at) => at < 5 * MINUTE).length,
          instants.filter((at) => at >= 5 * MINUTE && at < 10 * MINUTE).length,
          instants.filter((at) => at >= 15 * MINUTE).length,
        ];
      });
      for (const [i, expected] of [300, 900, 300].entries()) {
        const { mean, variance } = moments(counts.map((count) => count[i]));
        expectWithin(mean, expected, Math.sqrt(variance / SEEDS));
      }
    },
  );
});
