/** Laws beside the figures they are about: given where they hold, silent where they do not. */
import { describe, expect, test } from 'vitest';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';
import type { Scenario } from '../../src/scenario/types.js';
import { erlangB, erlangC } from '../../src/study/erlang.js';
import { simulate } from '../../src/study/simulate.js';
import { theoryOf } from '../../src/study/theory.js';
import { aCall, aScenario, constant, reads, type ScenarioBuilder } from '../support/a-scenario.js';

const checksOf = (scenario: Scenario) => theoryOf(scenario, simulate(scenario));
const lawsOf = (builder: ScenarioBuilder) => checksOf(builder.build()).map(({ law }) => law);

/** 8 Erlang on 10. */
const loss = () =>
  aScenario()
    .rules({ 'request-rate-quota': { perConcurrency: 1e6 } })
    .withFunction('f', { duration: constant(SECOND), reservedConcurrency: 10 })
    .withTraffic('web', 'f', 8)
    .run({ duration: 6 * HOUR });

test("Little's law and Erlang B agree with a run that meets their assumptions", () => {
  const [little, erlang] = checksOf(loss().build());
  expect(little).toMatchObject({
    law: "Little's law",
    resource: 'functions.f',
    figure: 'functions.f.concurrency.mean',
  });
  expect(little!.expected / little!.simulated).toBeCloseTo(1, 3);
  expect(erlang).toMatchObject({ law: 'Erlang B', resource: 'functions.f' });
  expect(erlang!.expected).toBeCloseTo(erlangB(8, 10), 2);
  expect(erlang!.expected / erlang!.simulated).toBeCloseTo(1, 1);
});

test('inits are a part of the time held', () => {
  const [little] = checksOf(
    aScenario()
      .withFunction('f', { duration: constant(SECOND), init: constant(2 * SECOND), keepAlive: constant(1) })
      .withTraffic('web', 'f', 1)
      .build(),
  );
  expect(little!.simulated).toBeGreaterThan(2.5);
  expect(little!.expected / little!.simulated).toBeCloseTo(1, 2);
});

describe('Erlang B is not given', () => {
  const withTraffic = (settings: Parameters<ScenarioBuilder['withTraffic']>[3]) =>
    loss().withTraffic('more', 'f', 1, settings);

  test.each([
    ['for clients that retry', withTraffic({ retry: { kind: 'sdk', mode: 'standard', maximumAttempts: 3 } })],
    ['for arrivals that are not Poisson', withTraffic({ arrivals: { kind: 'regular' } })],
    ['for a rate that changes', withTraffic({ spikes: [{ at: HOUR, for: HOUR, rate: 10, ramp: 0 }] })],
    ['where another limit refused requests', loss().rules({ 'request-rate-quota': { perConcurrency: 0.5 } })],
    ['without a reservation', aScenario().withFunction('f').withTraffic('web', 'f', 8)],
  ])('%s', (_name, scenario) => expect(lawsOf(scenario)).toEqual(["Little's law"]));
});

test('a function that never ran has no laws', () => {
  expect(lawsOf(aScenario().withFunction('f'))).toEqual([]);
});

/** The sum of the formula as it is printed, e.g. Kleinrock, Queueing Systems I, section 3.5. */
function delayed(offered: number, servers: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < servers; n++) {
    term *= offered / n;
    sum += term;
  }
  const last = (term * offered) / servers / (1 - offered / servers);
  return last / (sum + last);
}

test('Erlang C is the sum of its formula; one server makes wait by its load', () => {
  expect(erlangC(0.8, 1)).toBeCloseTo(0.8, 12);
  expect(erlangC(1.6, 2)).toBeCloseTo(1.28 / 1.8, 12);
  for (const [offered, servers] of [
    [4, 5],
    [18, 20],
    [90, 100],
  ] as const)
    expect(erlangC(offered, servers)).toBeCloseTo(delayed(offered, servers), 10);
});

const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;
const event = { invocation: 'Event' } as const;
const erlangs = (scenario: Scenario) => checksOf(scenario).filter(({ law }) => law === 'Erlang C');

describe('Erlang C of a queue', () => {
  /** 4 Erlang on 5. */
  const queue = (
    mapping: Parameters<typeof reads>[1] = {},
    worker: Parameters<ScenarioBuilder['withFunction']>[1] = {},
    messages: Parameters<ScenarioBuilder['withTraffic']>[3] = {},
    settings: Parameters<ScenarioBuilder['withQueue']>[1] = {},
  ) =>
    aScenario()
      .run({ duration: 3 * HOUR, warmUp: HOUR })
      .withQueue('orders', { visibilityTimeout: 30 * MINUTE, ...settings })
      .withFunction('worker', {
        duration: exponential(SECOND),
        timeout: 5 * MINUTE,
        eventSources: [reads('orders', { batchSize: 1, maximumConcurrency: 5, ...mapping })],
        ...worker,
      })
      .withTraffic('web', 'orders', 4, { ...event, ...messages });

  test('agrees with the wait of a run that meets its assumptions', () => {
    const waits = [1, 2, 3, 4].map((seed) => {
      const scenario = queue()
        .run({ duration: 13 * HOUR })
        .build();
      const [check] = theoryOf(scenario, simulate(scenario, { seed })).filter(({ law }) => law === 'Erlang C');
      return check!;
    });
    expect(waits[0]).toMatchObject({ resource: 'queues.orders', figure: 'queues.orders.delay.mean' });
    const mean = (key: 'expected' | 'simulated') => waits.reduce((sum, check) => sum + check[key], 0) / waits.length;
    // 0.554 s by the formula alone; a receive and a delete of 10 ms each hold the poller too.
    expect(mean('expected')).toBeGreaterThan(554);
    expect(mean('expected')).toBeLessThan(700);
    expect(mean('simulated') / mean('expected')).toBeGreaterThan(0.93);
    expect(mean('simulated') / mean('expected')).toBeLessThan(1.07);
  });

  test('is given under a reservation that leaves room for all pollers', () => {
    expect(erlangs(queue({}, { reservedConcurrency: 5 }).build())).toHaveLength(1);
  });

  test.each([
    ['for batches', queue({ batchSize: 10 })],
    ['for a window', queue({ maximumBatchingWindow: SECOND })],
    ['for a filter', queue({ filter: 0.5 })],
    ['without a limit', queue({ maximumConcurrency: undefined })],
    ['for pollers that come and go with the load', queue({ maximumConcurrency: 50 })],
    ['for more than it can take', queue({}, {}, { shape: { kind: 'rate', rate: 6 } })],
    ['for a time that is not exponential', queue({}, { duration: constant(SECOND) })],
    ['for a time that is short beside that of a receive', queue({}, { duration: exponential(10 * MILLISECOND) })],
    ['for errors', queue({}, { errorRate: 0.01 })],
    ['for a reservation that throttles the pollers', queue({}, { reservedConcurrency: 3 })],
    ['for arrivals that are not Poisson', queue({}, {}, { arrivals: { kind: 'regular' } })],
    ['for a run that is too short', queue().run({ duration: 70 * MINUTE, warmUp: HOUR })],
    ['for messages of others', queue().withTopic('news', [{ to: 'orders', filter: 1 }])],
    ['for messages that were there before', queue({}, {}, {}, { backlog: 5 })],
    ['for a second reader', queue().withFunction('other', { eventSources: [reads('orders')] })],
  ])('is not given %s', (_name, scenario) => expect(erlangs(scenario.build())).toEqual([]));
});

describe('Erlang C of a dependency', () => {
  /** 4 Erlang on 5, of 40 calls a second. */
  const line = (
    settings: Parameters<ScenarioBuilder['withDependency']>[2] = {},
    api: Parameters<ScenarioBuilder['withFunction']>[1] = {},
    web: Parameters<ScenarioBuilder['withTraffic']>[3] = {},
  ) =>
    aScenario()
      .run({ duration: 20 * MINUTE, warmUp: 5 * MINUTE })
      .withDependency('db', exponential(100 * MILLISECOND), { maxConcurrency: 5, ...settings })
      .withFunction('api', { duration: constant(20 * MILLISECOND), calls: [aCall('db')], ...api })
      .withTraffic('web', 'api', 40, web);

  test('agrees with the wait in line of a run that meets its assumptions', () => {
    const [check] = erlangs(
      line()
        .run({ duration: 2 * HOUR })
        .build(),
    );
    expect(check).toMatchObject({ resource: 'dependencies.db', figure: 'dependencies.db.wait.mean' });
    expect(check!.expected).toBeGreaterThan(50);
    expect(check!.expected).toBeLessThan(62);
    expect(check!.simulated / check!.expected).toBeGreaterThan(0.93);
    expect(check!.simulated / check!.expected).toBeLessThan(1.07);
  });

  test('is given for a run as short as the others here', () => expect(erlangs(line().build())).toHaveLength(1));

  test.each([
    ['for several calls an invocation', line({}, { calls: [aCall('db', { count: 2 })] })],
    ['for a call in the init', line({}, { calls: [aCall('db', { each: 'environment' })] })],
    ['without a limit', line({ maxConcurrency: undefined })],
    ['for a latency that is not exponential', line({ latency: constant(100 * MILLISECOND) })],
    ['for calls that give up', line({ queueTimeout: 100 * MILLISECOND })],
    ['for an outage', line({ outages: [{ at: 10 * MINUTE, for: MINUTE, effect: 'slow', factor: 2 }] })],
    ['for a function that is throttled', line({}, { reservedConcurrency: 6 })],
    ['for clients that retry', line({}, {}, { retry: { kind: 'sdk', mode: 'standard', maximumAttempts: 3 } })],
    ['for a function of events', line({}, {}, event)],
  ])('is not given %s', (_name, scenario) => expect(erlangs(scenario.build())).toEqual([]));
});
