import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import type { LambdaFunctionSettings, TrafficSettings } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

const people = (count: number, fn: Partial<LambdaFunctionSettings>, traffic: Partial<TrafficSettings> = {}) =>
  aScenario()
    .run({ duration: MINUTE })
    .withFunction('f', fn)
    .withTraffic('people', 'f', { kind: 'users', count, thinkTime: constant(4 * SECOND) }, traffic);

const asked = (scenario: ReturnType<typeof people>) =>
  traced(scenario.build()).attempts.map(({ attemptAt }) => attemptAt / SECOND);

describe('a user', () => {
  it('thinks, asks, waits for the answer, and thinks again', () => {
    expect(asked(people(1, { duration: constant(6 * SECOND) }))).toEqual([4, 14, 24, 34, 44, 54]);
  });

  it('waits for the platform as well', () => {
    const scenario = people(1, { duration: constant(5 * SECOND), initialEnvironments: 1 });
    scenario.rules({ 'platform-overhead': { cold: constant(0), warm: constant(SECOND) } });
    expect(asked(scenario)).toEqual([4, 14, 24, 34, 44, 54]);
  });

  it('who is throttled thinks again, as one who has an answer', () => {
    expect(asked(people(1, { reservedConcurrency: 0 }))).toEqual(Array.from({ length: 15 }, (_, i) => 4 * (i + 1)));
  });

  it('who gives up at the limit of the client thinks again, while the function goes on', () => {
    const scenario = people(1, { duration: constant(20 * SECOND) }, { timeout: 6 * SECOND });
    expect(asked(scenario)).toEqual(expect.arrayContaining([4, 14, 24, 34, 44, 54]));
    expect(simulate(scenario.build())).toMatchObject({
      traffic: { people: { offered: 6, timedOut: 6, unfinished: 0, succeeded: 0 } },
      functions: { f: { invocations: 6, concurrency: { max: 2 } } },
    });
  });

  it('does not think before the last of the retries is over', () => {
    const retry = {
      kind: 'backoff',
      interval: 3 * SECOND,
      backoffRate: 1,
      maximumDelay: HOUR,
      jitter: 'none',
      maximumAttempts: 3,
      on: ['throttle'],
    } as const;
    expect(asked(people(1, { reservedConcurrency: 0 }, { retry }))).toEqual([
      4, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40, 44, 47, 50, 54, 57, 60,
    ]);
  });
});

describe('users', () => {
  it('never have more requests under way than there are of them', () => {
    const { functions, traffic } = simulate(
      people(7, { duration: { kind: 'exponential', mean: 10 * SECOND } })
        .run({ duration: HOUR })
        .build(),
    );
    expect(functions.f?.concurrency.max).toBe(7);
    expect(traffic.people!.unfinished).toBeLessThanOrEqual(7);
  });

  it('are as many as the scale says', () => {
    expect(simulate(people(4, { duration: constant(HOUR) }, { scale: 2.5 }).build()).traffic.people?.offered).toBe(10);
  });

  it('may come with spikes of others beside them', () => {
    const spikes = [{ at: 10 * SECOND, for: 10 * SECOND, rate: 3, ramp: 0 }];
    const scenario = people(1, { duration: constant(6 * SECOND) }, { spikes, arrivals: { kind: 'regular' } });
    expect(simulate(scenario.build()).traffic.people?.offered).toBe(6 + 30);
  });
});
