import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import type { TrafficSettings, TrafficShape } from '../../src/scenario/types.js';
import { expectedArrivals } from '../../src/traffic/expected-arrivals.js';
import { MONDAY, trafficOf } from './traffic-of.js';

const RUN = { duration: DAY, startEpochMs: MONDAY };
const spike = { at: HOUR, for: 10 * MINUTE, rate: 6, ramp: MINUTE };
const ramp = {
  kind: 'stages',
  stages: [
    { for: 10 * MINUTE, from: 0, to: 4 },
    { for: 2 * DAY, from: 1, to: 1 },
  ],
} as const;
const users = { kind: 'users', count: 10, thinkTime: { kind: 'exponential', mean: 30 * SECOND } } as const;

describe('the number of arrivals expected in a day', () => {
  it.each<[string, number, TrafficShape, Partial<TrafficSettings>]>([
    ['of a rate', 172_800, { kind: 'rate', rate: 2 }, {}],
    [
      'of a scaled rate with a spike',
      3 * (172_800 + 6 * 540),
      { kind: 'rate', rate: 2 },
      { scale: 3, spikes: [spike] },
    ],
    ['of stages that go on after the run', 1200 + 86_400 - 600, ramp, {}],
    [
      'of a schedule with a spike',
      287 + 6 * 540,
      { kind: 'schedule', expression: 'rate(5 minutes)', timezone: 'UTC' },
      { spikes: [spike] },
    ],
    ['of a burst', 1000, { kind: 'burst', at: HOUR, count: 500 }, { scale: 2 }],
    ['of a burst too late', 0, { kind: 'burst', at: DAY, count: 500 }, {}],
    [
      'of counts that the end of the run cuts',
      10 + 8,
      { kind: 'trace-counts', every: 16 * HOUR, counts: [10, 16, 99] },
      {},
    ],
    ['of timestamps', 2, { kind: 'trace-instants', instants: [1, 2, DAY, DAY + 1] }, {}],
    ['of users who are answered at once', 10 * (1 + 2880), users, {}],
    [
      'of users who do not think',
      86_400_001,
      { kind: 'users', count: 1, thinkTime: { kind: 'constant', value: 0 } },
      {},
    ],
  ])('%s is %d', (_title, expected, shape, more) => {
    expect(expectedArrivals(trafficOf(shape, more), RUN)).toBeCloseTo(expected, 6);
  });
});
