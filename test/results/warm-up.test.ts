/** What counts after a warm-up: runs by when they begin, requests by when they arrive, concurrency from its end on. */
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant } from '../support/a-scenario.js';

const WARM_UP = 100 * SECOND;

describe('after a warm-up', () => {
  const scenario = (instants: number[], fn = {}, traffic = {}) =>
    aScenario()
      .run({ duration: 200 * SECOND, warmUp: WARM_UP, timeline: 10 * SECOND })
      .withFunction('f', { memory: 1_024, duration: constant(20 * SECOND), ...fn })
      .withTraffic('web', 'f', { kind: 'trace-instants', instants }, traffic);

  it('an invocation that began before it is not counted, but its concurrency is, from then on', () => {
    const { functions, traffic, account } = simulate(scenario([0, 90 * SECOND, 95 * SECOND, 100 * SECOND]).build());
    expect(functions.f).toMatchObject({
      invocations: 1,
      billed: { requests: 1, gbSeconds: 20 },
      duration: { count: 1 },
      // 10 s and 15 s of the two that run on, and 20 s.
      concurrency: { mean: 0.45, max: 3 },
    });
    expect(traffic.web).toMatchObject({ offered: 1, succeeded: 1, attempts: 1 });
    expect(account.concurrency).toEqual({ mean: 0.45, max: 3 });
  });

  it('the highest concurrency is that from its end on', () => {
    const { functions } = simulate(scenario([0, 0, 0, 0, 150 * SECOND]).build());
    expect(functions.f).toMatchObject({
      concurrency: { max: 1, mean: 0.2 },
      environments: { mean: 4, max: 4, created: 0 },
      coldStarts: 0,
    });
  });

  it('environments that ended before it are not among the most', () => {
    const { functions } = simulate(scenario([0, 0, 0, 150 * SECOND], { keepAlive: constant(30 * SECOND) }).build());
    expect(functions.f?.environments).toEqual({ mean: 0.5, max: 1, created: 1 });
  });

  it('a request that came before it and runs after it is an invocation, but not a request', () => {
    const retry = {
      kind: 'backoff',
      interval: 70 * SECOND,
      backoffRate: 1,
      maximumDelay: MINUTE * 9,
      jitter: 'none',
      maximumAttempts: 2,
      on: ['serviceError'],
    };
    const outage = { outages: [{ at: 0, for: MINUTE, share: 1 }] };
    const { functions, traffic } = simulate(
      scenario([50 * SECOND], {}, { retry })
        .account(outage)
        .build(),
    );
    expect(functions.f).toMatchObject({ invocations: 1, serviceErrors: 0, gbSecondsBy: { retried: 20 } });
    expect(traffic.web).toMatchObject({ offered: 0, succeeded: 0, attempts: 0, latency: { count: 0, mean: null } });
  });

  it('throttles before it are not counted', () => {
    const { functions, account } = simulate(
      scenario([0, 1, 2, 150 * SECOND, 151 * SECOND], { reservedConcurrency: 1 }).build(),
    );
    expect(functions.f).toMatchObject({ throttles: 1, invocations: 1 });
    expect(account.throttles).toBe(1);
  });

  it('the bill is of the hours that are left, and a month is made of them', () => {
    const { bill } = simulate(scenario([150 * SECOND]).build());
    expect(bill.simulatedHours).toBeCloseTo(100 / 3_600, 12);
    expect(bill.total).toBeCloseTo(0.2e-6 + 20 * 0.0000166667, 12);
    expect(bill.monthly / bill.total).toBeCloseTo((730 * 3_600) / 100, 6);
  });

  it('the timeline begins with it', () => {
    const simulation = new Simulation(scenario([0, 90 * SECOND, 150 * SECOND]).build(), { timeline: true });
    simulation.advance();
    const invocations = [...simulation.timeline!.rows()].filter(({ metric }) => metric === 'Invocations');
    expect(invocations.map(({ at, value }) => [at / SECOND, value])).toEqual([[150, 1]]);
  });
});
