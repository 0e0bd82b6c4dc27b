import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

const LONG = { duration: constant(60 * SECOND) };
const burst = (count: number, at = 0) => ({ kind: 'burst', at, count }) as const;
const UNRESERVED = 'ConcurrentInvocationLimitExceeded';
const RESERVED = 'ReservedFunctionConcurrentInvocationLimitExceeded';

/** By function: what ran on provisioned environments, what ran cold, what was throttled and why. */
function figures(
  scenario: ScenarioBuilder,
): Record<string, [provisioned: number, cold: number, throttles: Record<string, number>]> {
  const { functions } = simulate(scenario.build());
  return Object.fromEntries(
    Object.entries(functions).map(([id, fn]) => [id, [fn.provisionedInvocations, fn.coldStarts, fn.throttlesByReason]]),
  );
}

describe('T9: 400 reserved, 200 of them provisioned', () => {
  // AWS Lambda Developer Guide, "Understanding Lambda function scaling": provisioned first, then on demand up to the reservation.
  const withRequests = (count: number) =>
    aScenario()
      .run({ duration: MINUTE })
      .withFunction('a', { ...LONG, reservedConcurrency: 400, provisionedConcurrency: 200 })
      .withTraffic('web', 'a', burst(count));

  it.each([
    [150, [150, 0, {}]],
    [200, [200, 0, {}]],
    [201, [200, 1, {}]],
    [400, [200, 200, {}]],
    [401, [200, 200, { [RESERVED]: 1 }]],
  ])('%d at once run as %j', (count, expected) => {
    expect(figures(withRequests(count)).a).toEqual(expected);
  });

  it('spills over to what is counted as spillover', () => {
    expect(simulate(withRequests(300).build()).functions.a).toMatchObject({
      invocations: 300,
      provisionedInvocations: 200,
      spilloverInvocations: 100,
      coldStarts: 100,
    });
  });

  it('with all of the reservation provisioned, has nothing on demand', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .withFunction('a', { ...LONG, reservedConcurrency: 200, provisionedConcurrency: 200 })
      .withTraffic('web', 'a', burst(201));
    expect(figures(scenario).a).toEqual([200, 0, { [RESERVED]: 1 }]);
  });
});

describe('T10: 400 provisioned without a reservation, of 1,000', () => {
  // AWS Lambda Developer Guide, "Understanding Lambda function scaling": 600 are left for everybody, this function included.
  const withRequests = (first: [string, number], second: [string, number]) =>
    aScenario()
      .run({ duration: MINUTE })
      .withFunction('a', { ...LONG, provisionedConcurrency: 400 })
      .withFunction('b', LONG)
      .withTraffic('first', first[0], burst(first[1]))
      .withTraffic('second', second[0], burst(second[1], SECOND));

  it('another function can use 600', () => {
    expect(figures(withRequests(['b', 700], ['a', 1_100]))).toEqual({
      a: [400, 0, { [UNRESERVED]: 700 }],
      b: [0, 600, { [UNRESERVED]: 100 }],
    });
  });

  it('the function can use its 400 and what is left of the 600', () => {
    expect(figures(withRequests(['b', 250], ['a', 1_100]))).toEqual({
      a: [400, 350, { [UNRESERVED]: 350 }],
      b: [0, 250, {}],
    });
    expect(figures(withRequests(['a', 1_100], ['b', 10]))).toEqual({
      a: [400, 600, { [UNRESERVED]: 100 }],
      b: [0, 0, { [UNRESERVED]: 10 }],
    });
  });
});

describe('reserved concurrency', () => {
  it('is kept for its function although the neighbour would take everything, and is its ceiling', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .withFunction('kept', { ...LONG, reservedConcurrency: 100 })
      .withFunction('neighbour', LONG)
      .withTraffic('loud', 'neighbour', burst(1_000))
      .withTraffic('quiet', 'kept', burst(120, SECOND));
    expect(figures(scenario)).toEqual({
      kept: [0, 100, { [RESERVED]: 20 }],
      neighbour: [0, 900, { [UNRESERVED]: 100 }],
    });
  });

  it('of 0 throttles every request, and bills none', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .withFunction('off', { reservedConcurrency: 0 })
      .withTraffic('web', 'off', burst(25));
    const { functions, traffic, bill } = simulate(scenario.build());
    expect(functions.off).toMatchObject({ invocations: 0, throttles: 25, throttlesByReason: { [RESERVED]: 25 } });
    expect([traffic.web?.throttled, bill.total, functions.off?.billed.requests]).toEqual([25, 0, 0]);
  });
});

describe('a full pool', () => {
  it('throttles although environments are idle (Z21)', () => {
    const scenario = aScenario()
      .run({ duration: 5 * MINUTE })
      .account({ concurrencyLimit: 110 })
      .withFunction('warm', { ...LONG, initialEnvironments: 50 })
      .withFunction('hog', LONG)
      .withTraffic('first', 'hog', burst(100))
      .withTraffic('second', 'warm', burst(30, SECOND));
    expect(simulate(scenario.build()).functions.warm).toMatchObject({
      invocations: 10,
      coldStarts: 0,
      throttlesByReason: { [UNRESERVED]: 20 },
    });
  });

  it('has room again at the very instant at which an invocation ends', () => {
    const scenario = aScenario()
      .run({ duration: 3 * MINUTE })
      .withFunction('f', { ...LONG, reservedConcurrency: 1 })
      .withTraffic('web', 'f', { kind: 'trace-instants', instants: [0, MINUTE - 1, MINUTE, 2 * MINUTE - 1] });
    expect(traced(scenario.build()).attempts.map((attempt) => attempt.reason)).toEqual(['', RESERVED, '', RESERVED]);
  });
});

describe('concurrency of functions that are not modelled', () => {
  it('takes its steps out of the unreserved pool, and never out of a reservation', () => {
    const requests = [0, 30, 60, 120, 180].flatMap((minute) => [
      burst(40, minute * MINUTE),
      burst(20, minute * MINUTE),
    ]);
    const scenario = aScenario()
      .run({ duration: 4 * HOUR })
      .account({
        concurrencyLimit: 150,
        otherConcurrency: [
          { at: 0, amount: 70 },
          { at: HOUR, amount: 95 },
          { at: 2 * HOUR, amount: 200 },
          { at: 3 * HOUR, amount: 0 },
        ],
      })
      .withFunction('shared', LONG)
      .withFunction('kept', { ...LONG, reservedConcurrency: 50 });
    for (const [i, shape] of requests.entries()) scenario.withTraffic(`t${i}`, i % 2 === 0 ? 'shared' : 'kept', shape);
    const ran = new Map<string, number>();
    for (const { fn, attemptAt, reason } of traced(scenario.build()).attempts) {
      const key = `${['shared', 'kept'][fn]} at ${attemptAt / MINUTE}`;
      ran.set(key, (ran.get(key) ?? 0) + Number(reason === ''));
    }
    expect(Object.fromEntries(ran)).toEqual({
      'shared at 0': 30,
      'kept at 0': 20,
      'shared at 30': 30,
      'kept at 30': 20,
      'shared at 60': 5,
      'kept at 60': 20,
      'shared at 120': 0,
      'kept at 120': 20,
      'shared at 180': 40,
      'kept at 180': 20,
    });
  });

  it('throttles nobody who already runs', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .account({
        concurrencyLimit: 100,
        otherConcurrency: [
          { at: 0, amount: 0 },
          { at: 30 * SECOND, amount: 100 },
        ],
      })
      .withFunction('f', LONG)
      .withTraffic('web', 'f', burst(80));
    expect(simulate(scenario.build()).traffic.web).toMatchObject({ offered: 80, succeeded: 80 });
  });
});
