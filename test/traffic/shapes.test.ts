import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { instantsOf, MONDAY, ONE_HOUR, trafficOf } from './traffic-of.js';

const REGULAR = { arrivals: { kind: 'regular' } } as const;
const WEEK = { duration: 7 * DAY, startEpochMs: MONDAY };
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 15, 16, 14, 15, 16, 15, 14, 12, 9, 7, 5, 3, 2, 1];
const WEEKDAYS = [5, 5, 5, 5, 4, 2, 1];

/** Arrivals in each slot of `width`. */
function histogram(instants: readonly number[], width: number, slots: number): number[] {
  const counts = new Array<number>(slots).fill(0);
  for (const at of instants) counts[Math.floor(at / width)]++;
  return counts;
}

describe('daily', () => {
  const mean = 0.5;
  const daily = { kind: 'daily', mean, hours: HOURS, weekdays: WEEKDAYS, timezone: 'UTC' } as const;

  it('has its mean over a week, and in each hour the weight of hour and weekday, Monday first', () => {
    const instants = instantsOf(trafficOf(daily, REGULAR), WEEK);
    expect(instants.length).toBe(Math.ceil(mean * 7 * 86_400));
    const weight = HOURS.reduce((sum, hour) => sum + hour, 0) * WEEKDAYS.reduce((sum, day) => sum + day, 0);
    const counts = histogram(instants, HOUR, 168);
    for (const [hour, count] of counts.entries()) {
      const expected = (mean * 7 * 86_400 * HOURS[hour % 24] * WEEKDAYS[Math.floor(hour / 24)]) / weight;
      expect(Math.abs(count - expected), `hour ${hour}`).toBeLessThanOrEqual(1);
    }
  });

  it('begins in the middle of an hour where the run does', () => {
    const run = { duration: HOUR, startEpochMs: MONDAY + 7.5 * 3_600_000 };
    const [before, after] = histogram(instantsOf(trafficOf({ ...daily, mean: 50 }, REGULAR), run), HOUR / 2, 2);
    expect(after / before).toBeCloseTo(12 / 8, 3);
  });

  it('goes by the local hour, half hours ahead too', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 1 : 0));
    const instants = instantsOf(
      trafficOf({ kind: 'daily', mean: 1 / 24, hours, weekdays: undefined, timezone: 'Asia/Kolkata' }, REGULAR),
      WEEK,
    );
    // 9:00 in Kolkata is 3:30 UTC.
    expect([instants.length, instants[0], instants[1]]).toEqual([7 * 3600, 3.5 * HOUR, 3.5 * HOUR + SECOND]);
    expect(instants[3600]).toBe(DAY + 3.5 * HOUR);
  });

  it.each([
    ['loses an hour in spring', '2026-03-29T00:00+01:00', 23 * HOUR, [60, 0, 60]],
    ['has an hour twice in autumn', '2026-10-25T00:00+02:00', 25 * HOUR, [60, 120, 60]],
  ])('%s, on the day the clocks change', (_title, start, duration, expected) => {
    // Berlin, one request a minute in one local hour; the clocks change in the one from 2:00 to 3:00.
    const run = { duration, startEpochMs: Date.parse(start) };
    const counts = [1, 2, 3].map((busy) => {
      const hours = Array.from({ length: 24 }, (_, hour) => (hour === busy ? 1 : 0));
      const shape = {
        kind: 'daily',
        mean: 1 / 60 / 24,
        hours,
        weekdays: undefined,
        timezone: 'Europe/Berlin',
      } as const;
      return instantsOf(trafficOf(shape, REGULAR), run).length;
    });
    expect(counts).toEqual(expected);
  });
});

describe('spikes', () => {
  it('come on top of a rate, rising and falling in a straight line', () => {
    const spike = { at: 10 * MINUTE, for: 10 * MINUTE, rate: 60, ramp: 2 * MINUTE };
    const counts = histogram(
      instantsOf(trafficOf({ kind: 'rate', rate: 10 }, { ...REGULAR, spikes: [spike] })),
      MINUTE,
      60,
    );
    const spikeCounts = [900, 2700, 3600, 3600, 3600, 3600, 3600, 3600, 2700, 900];
    expect(counts).toEqual(Array.from({ length: 60 }, (_, minute) => 600 + (spikeCounts[minute - 10] ?? 0)));
  });

  it('overlap, scale with the traffic and stand alone', () => {
    const spikes = [
      { at: 0, for: 2 * MINUTE, rate: 1, ramp: 0 },
      { at: MINUTE, for: 2 * MINUTE, rate: 2, ramp: 0 },
    ];
    const counts = histogram(instantsOf(trafficOf({ kind: 'none' }, { ...REGULAR, spikes, scale: 2 })), MINUTE, 60);
    expect(counts.slice(0, 4)).toEqual([120, 360, 240, 0]);
    expect(counts.slice(4).every((count) => count === 0)).toBe(true);
  });

  it('whose ramps meet are triangles', () => {
    const spike = { at: 0, for: 2 * MINUTE, rate: 60, ramp: 5 * MINUTE };
    expect(histogram(instantsOf(trafficOf({ kind: 'none' }, { ...REGULAR, spikes: [spike] })), MINUTE, 3)).toEqual([
      1800, 1800, 0,
    ]);
  });

  it('beside a schedule are arrivals of their own, in order with the others', () => {
    const spike = { at: 299 * SECOND, for: 2 * SECOND, rate: 2, ramp: 0 };
    const traffic = trafficOf(
      { kind: 'schedule', expression: 'rate(5 minutes)', timezone: 'UTC' },
      { ...REGULAR, spikes: [spike] },
    );
    const instants = instantsOf(traffic, { ...ONE_HOUR, duration: 11 * MINUTE });
    expect(instants.map((at) => at / SECOND)).toEqual([299, 299.5, 300, 300, 300.5, 600]);
  });
});

describe('schedules', () => {
  it('of a rate fire first after one period, and not at the end of the run', () => {
    const traffic = trafficOf({ kind: 'schedule', expression: 'rate(20 minutes)', timezone: 'UTC' });
    expect(instantsOf(traffic)).toEqual([20 * MINUTE, 40 * MINUTE]);
  });

  it('of cron fire on the minute of the local clock, at time 0 too', () => {
    const run = { duration: 2 * DAY, startEpochMs: Date.parse('2026-03-28T08:00:00Z') };
    const traffic = trafficOf(
      { kind: 'schedule', expression: 'cron(0 9 * * ? *)', timezone: 'Europe/Berlin' },
      { scale: 2 },
    );
    expect(instantsOf(traffic, run)).toEqual([0, 0, 23 * HOUR, 23 * HOUR, 47 * HOUR, 47 * HOUR]);
  });
});

describe('bursts', () => {
  it('arrive all at one instant', () => {
    expect(instantsOf(trafficOf({ kind: 'burst', at: 7, count: 1000 }, { scale: 1.5 }))).toEqual(
      new Array(1500).fill(7),
    );
  });

  it('after the end of the run do not arrive', () => {
    expect(instantsOf(trafficOf({ kind: 'burst', at: HOUR, count: 3 }))).toEqual([]);
  });
});

describe('closed-loop users', () => {
  it('bring no arrivals of their own', () => {
    const users = { kind: 'users', count: 5, thinkTime: { kind: 'constant', value: SECOND } } as const;
    expect(instantsOf(trafficOf(users))).toEqual([]);
  });
});
