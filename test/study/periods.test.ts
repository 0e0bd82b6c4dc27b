/** Stretches put together from buckets, and what findings make of them. */
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { heldIn } from '../../src/study/periods.js';
import { aScenario, constant, reads } from '../support/a-scenario.js';
import { runOf } from '../support/finding-cases.js';

const run = aScenario().run({ duration: HOUR, warmUp: 0, timeline: MINUTE }).build().run;
const inMinutes = (...minutes: number[]) => {
  const held = heldIn(run, (bucket) => minutes.includes(bucket));
  return held && [held.time / MINUTE, held.spans.map(({ from, to }) => [from / MINUTE, to / MINUTE])];
};

describe('what happened in buckets', () => {
  test('held in those alone, neighbours as one', () => {
    expect(inMinutes(3, 4, 5, 20, 59)).toEqual([
      5,
      [
        [3, 6],
        [20, 21],
        [59, 60],
      ],
    ]);
    expect(inMinutes()).toBeUndefined();
  });

  test('is cut at the warm-up, at the end of the run and at what is known better', () => {
    const odd = { ...run, warmUp: 90 * SECOND, duration: 4.5 * MINUTE };
    const always = () => true;
    expect(heldIn(odd, always)).toMatchObject({ from: 90 * SECOND, to: 4.5 * MINUTE, time: 3 * MINUTE });
    const known = { from: 100 * SECOND, to: 200 * SECOND };
    expect(heldIn(odd, always, known)).toEqual({ ...known, time: 100 * SECOND, spans: [known] });
  });

  test('is not told of a bucket that was over before it can have happened', () => {
    const known = { from: 25 * MINUTE, to: HOUR };
    expect(heldIn(run, (bucket) => bucket === 10 || bucket === 20 || bucket > 54, known)).toMatchObject({
      from: 55 * MINUTE,
      spans: [{ from: 55 * MINUTE, to: HOUR }],
    });
  });

  test('is told in few stretches however long the run is, and its time is exact all the same', () => {
    const year = { ...run, duration: 365 * 24 * HOUR, timeline: HOUR };
    const held = heldIn(year, (bucket) => bucket % 3 === 0)!;
    expect(held.time).toBe((365 * 24 * HOUR) / 3);
    expect(held.spans).toHaveLength(1);
    const rare = heldIn(year, (bucket) => bucket % 1000 === 0)!;
    expect([rare.spans.length, rare.time]).toEqual([9, 9 * HOUR]);
  });
});

describe('a finding', () => {
  const bursts = (...minutes: number[]) =>
    minutes.reduce(
      (scenario, minute) =>
        scenario.withTraffic(`t${minute}`, 'api', { kind: 'burst', at: minute * MINUTE + SECOND, count: 30 }),
      aScenario()
        .run({ duration: HOUR })
        .withFunction('api', { reservedConcurrency: 10, duration: constant(SECOND), timeout: MINUTE }),
    );
  const throttled = (...minutes: number[]) =>
    runOf(bursts(...minutes).build()).findings.find(({ limit }) => limit.startsWith('Reserved'))!;

  test('of throttles in three minutes of an hour held in those, and not from the first to the last', () => {
    const { from, to, seconds, periods } = throttled(5, 6, 50);
    expect([from, to]).toEqual([301, 3001]);
    expect(seconds).toBeCloseTo(59 + 60 + 1, 6);
    expect(periods).toEqual([
      [301, 420],
      [3000, 3001],
    ]);
  });

  test('that held without a gap is told by its ends alone', () => {
    expect(throttled(5, 6)).not.toHaveProperty('periods');
    expect(throttled(5, 6)).not.toHaveProperty('seconds');
  });

  test('tells the throttles of one reason apart from those of another', () => {
    // A reservation of 10 may have 100 requests a second: a minute of more than that between two bursts.
    const stage = (minutes: number, rate: number) => ({ for: minutes * MINUTE, from: rate, to: rate });
    const both = aScenario()
      .run({ duration: HOUR })
      .withFunction('api', { reservedConcurrency: 10, duration: constant(SECOND / 20) })
      .withTraffic('early', 'api', { kind: 'burst', at: 5 * MINUTE, count: 30 })
      .withTraffic('late', 'api', { kind: 'burst', at: 50 * MINUTE, count: 30 })
      .withTraffic(
        'many',
        'api',
        { kind: 'stages', stages: [stage(30, 0), stage(1, 180), stage(29, 0)] },
        { arrivals: { kind: 'regular' } },
      )
      .build();
    const held = new Map(runOf(both).findings.map((finding) => [finding.limit, finding]));
    const stretches = (limit: string) => held.get(limit)!.periods?.map(([from]) => from);
    expect(stretches('ReservedFunctionConcurrentInvocationLimitExceeded')).toEqual([300, 3000]);
    expect(stretches('ReservedFunctionInvocationRateLimitExceeded')).toBeUndefined();
    expect(held.get('ReservedFunctionInvocationRateLimitExceeded')!.from).toBeGreaterThan(1799);
  });

  test('of a timeout longer than a bucket held when it was reached, not when its invocation began', () => {
    const slow = aScenario()
      .run({ duration: HOUR })
      .withFunction('job', { duration: constant(HOUR), timeout: 15 * MINUTE })
      .withTraffic('plan', 'job', { kind: 'burst', at: 10 * MINUTE + SECOND, count: 1 })
      .build();
    const { from, to } = runOf(slow).findings.find(({ limit }) => limit === 'Timeout')!;
    expect([from, to]).toEqual([25 * 60, 26 * 60]);
  });

  test('of messages that wait leaves out those that failed before and come back after their visibility timeout', () => {
    const queue = aScenario()
      .run({ duration: HOUR })
      .withQueue('orders', { visibilityTimeout: 2 * MINUTE })
      .withFunction('worker', { errorRate: 0.03, eventSources: [reads('orders', { batchSize: 1 })] })
      .withTraffic('shop', 'orders', 2)
      .withTraffic('sale', 'orders', { kind: 'burst', at: 30 * MINUTE, count: 30_000 })
      .build();
    const waiting = runOf(queue).findings.find(({ limit }) => limit === 'PollerScaling')!;
    expect(waiting.from).toBeGreaterThanOrEqual(30 * 60);
  });

  test('of idle provisioned concurrency leaves out the hours in which it was in use', () => {
    const scenario = aScenario()
      .run({ duration: 3 * HOUR })
      .withFunction('api', { provisionedConcurrency: 10, duration: constant(SECOND), timeout: 3 * SECOND })
      .withTraffic('web', 'api', {
        kind: 'stages',
        stages: [
          { for: HOUR, from: 0.1, to: 0.1 },
          { for: HOUR, from: 9.5, to: 9.5 },
          { for: HOUR, from: 0.1, to: 0.1 },
        ],
      })
      .build();
    const idle = runOf(scenario).findings.find(({ limit }) => limit === 'ProvisionedConcurrencyIdle')!;
    expect([idle.from, idle.to]).toEqual([0, 3 * 3600]);
    expect(idle.periods).toHaveLength(2);
    expect(idle.seconds! / 3600).toBeCloseTo(2, 1);
  });
});
