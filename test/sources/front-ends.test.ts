import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';

describe('a client that stops waiting', () => {
  // Amazon API Gateway Developer Guide, "Amazon API Gateway quotas": a REST integration is given 29 s; the invocation goes on and is billed.
  const limited = (duration: number, timeout: number) =>
    simulate(
      aScenario()
        .run({ duration: HOUR })
        .withFunction('f', { memory: 1_024, duration: constant(duration) })
        .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 1 }, { via: 'rest-api', timeout })
        .build(),
    );

  it('after 29 s has its 504, while the function runs its 40 s to the end and is billed', () => {
    const { traffic, functions } = limited(40 * SECOND, 29 * SECOND);
    expect(traffic.web).toMatchObject({
      offered: 1,
      succeeded: 0,
      failed: 0,
      timedOut: 1,
      unfinished: 0,
      attempts: 1,
      latency: { count: 0 },
    });
    expect(functions.f).toMatchObject({
      invocations: 1,
      errors: 0,
      timeouts: 0,
      concurrency: { mean: 40 / 3_600 },
      billed: { gbSeconds: 40 },
    });
  });

  it('still takes an answer that comes at its limit exactly', () => {
    expect(limited(29 * SECOND, 29 * SECOND).traffic.web?.succeeded).toBe(1);
    expect(limited(29 * SECOND + 1, 29 * SECOND).traffic.web?.timedOut).toBe(1);
  });

  it('waits for the platform too: time on the way counts against its limit', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .rules({ 'platform-overhead': { cold: constant(0), warm: constant(5_000) } })
      .withFunction('f', { duration: constant(SECOND), initialEnvironments: 1 })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 1 }, { timeout: SECOND + 4_999 });
    expect(simulate(scenario.build()).traffic.web?.timedOut).toBe(1);
  });

  it('that tries again makes the function run once more beside the first run', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('f', { memory: 1_024, duration: constant(10 * SECOND) })
      .withTraffic(
        'web',
        'f',
        { kind: 'burst', at: 0, count: 1 },
        {
          timeout: 3 * SECOND,
          retry: {
            kind: 'backoff',
            interval: SECOND,
            backoffRate: 1,
            maximumDelay: HOUR,
            jitter: 'none',
            maximumAttempts: 3,
            on: ['timeout'],
          },
        },
      );
    const { traffic, functions } = simulate(scenario.build());
    // At 0, 4 and 8 s, ten seconds each.
    expect(traffic.web).toMatchObject({ attempts: 3, timedOut: 1, succeeded: 0 });
    expect(functions.f).toMatchObject({
      invocations: 3,
      concurrency: { max: 3 },
      billed: { gbSeconds: 30 },
      gbSecondsBy: { retried: 20, failed: 0 },
    });
  });
});

describe("API Gateway's own quota", () => {
  // Amazon API Gateway Developer Guide, "Amazon API Gateway quotas": 10,000 requests a second of the account, burst 5,000.
  const calm = () =>
    aScenario()
      .run({ duration: MINUTE })
      .account({ concurrencyLimit: 20_000 })
      .withFunction('f', { duration: constant(10 * SECOND), initialEnvironments: 15_000 });

  it('refuses what goes beyond the burst: the client sees 429, Lambda sees nothing', () => {
    const scenario = calm().withTraffic('web', 'f', { kind: 'burst', at: 0, count: 6_000 }, { via: 'rest-api' });
    const { traffic, functions, account } = simulate(scenario.build());
    expect(traffic.web).toMatchObject({ offered: 6_000, succeeded: 5_000, throttled: 1_000, attempts: 6_000 });
    expect(functions.f).toMatchObject({
      invocations: 5_000,
      throttles: 0,
      throttlesByReason: {},
      billed: { requests: 5_000 },
    });
    expect(account.throttles).toBe(0);
  });

  it('is shared by all APIs of the account, and passed by everything that does not go through them', () => {
    const scenario = calm()
      .withTraffic('rest', 'f', { kind: 'burst', at: 0, count: 3_000 }, { via: 'rest-api' })
      .withTraffic('http', 'f', { kind: 'burst', at: 0, count: 3_000 }, { via: 'http-api' })
      .withTraffic('url', 'f', { kind: 'burst', at: 0, count: 3_000 }, { via: 'function-url' });
    const { traffic } = simulate(scenario.build());
    expect([traffic.rest!.throttled + traffic.http!.throttled, traffic.url!.throttled]).toEqual([1_000, 0]);
  });

  it('refills at 10,000 a second', () => {
    const scenario = calm()
      .withTraffic('first', 'f', { kind: 'burst', at: 0, count: 5_000 }, { via: 'http-api' })
      .withTraffic('second', 'f', { kind: 'burst', at: 0.3 * SECOND, count: 5_000 }, { via: 'http-api' });
    expect(simulate(scenario.build()).traffic.second).toMatchObject({ succeeded: 3_000, throttled: 2_000 });
  });
});

describe('a request that Lambda throttled', () => {
  it('is throttled for the client behind any front end, and a function error is a failure', () => {
    const seen = (via: 'sdk' | 'rest-api' | 'http-api' | 'alb' | 'function-url') => {
      const scenario = aScenario()
        .run({ duration: MINUTE })
        .withFunction('f', { duration: constant(SECOND), reservedConcurrency: 2, errorRate: 1 })
        .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 5 }, { via });
      const { throttled, failed, succeeded } = simulate(scenario.build()).traffic.web!;
      return { throttled, failed, succeeded };
    };
    expect((['sdk', 'rest-api', 'http-api', 'alb', 'function-url'] as const).map(seen)).toEqual(
      Array(5).fill({ throttled: 3, failed: 2, succeeded: 0 }),
    );
  });
});
