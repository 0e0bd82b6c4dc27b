/** The limits a run is held against, with the settings that move them. */
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../src/engine/units.js';
import type { Scenario } from '../../src/scenario/types.js';
import { figureOf } from '../../src/study/figure.js';
import { limitsOf } from '../../src/study/limits.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation } from '../../src/study/simulation.js';
import { aCall, aScenario, constant, reads, streamMapping } from '../support/a-scenario.js';

const scenario = aScenario()
  .account({ concurrencyLimit: 500 })
  .withFunction('api', {
    reservedConcurrency: 20,
    provisionedConcurrency: 5,
    timeout: 3 * SECOND,
    calls: [aCall('db')],
  })
  .withFunction('reader', { eventSources: [reads('orders'), streamMapping('clicks')] })
  .withDependency('db', 10_000, {
    maxConcurrency: 8,
    maxConnections: 50,
    connection: { time: constant(1000), per: 'environment' },
  })
  .withDependency('free', 10_000)
  .withQueue('orders', { retention: 4 * DAY })
  .withStream('clicks', { retention: DAY })
  .withTraffic('messages', 'orders', 1, { invocation: 'Event' })
  .withTraffic('records', 'clicks', 1, { invocation: 'Event' })
  .withTraffic('web', 'api', 2, { timeout: 29 * SECOND })
  .withTraffic('batch', 'api', 1)
  .withTraffic('events', 'api', 1, { via: 'event', invocation: 'Event' })
  .build();

test('are those of account, functions and clients', () => {
  expect(limitsOf(scenario).map(({ setting, metric, value }) => [setting, metric, value])).toEqual([
    ['account.concurrencyLimit', 'ConcurrentExecutions', 500],
    ['account.concurrencyLimit', 'UnreservedConcurrentExecutions', 480],
    ['functions.api.reservedConcurrency', 'ConcurrentExecutions', 20],
    ['functions.api.provisionedConcurrency', 'ProvisionedConcurrentExecutions', 5],
    ['functions.api.timeout', 'Duration.Maximum', 3000],
    ['functions.api.async.maximumEventAge', 'AsyncEventAge.Maximum', 21_600_000],
    ['functions.reader.timeout', 'Duration.Maximum', 900_000],
    ['queues.orders.retention', 'ApproximateAgeOfOldestMessage', 345_600_000],
    ['streams.clicks.retention', 'IteratorAge.Maximum', 86_400_000],
    ['dependencies.db.maxConcurrency', 'Concurrency', 8],
    ['dependencies.db.maxConnections', 'Connections', 50],
    ['traffic.web.timeout', 'Latency.Maximum', 29_000],
  ]);
});

test('bound figures that a run has and that stay within them', () => {
  const run = simulate(scenario);
  for (const { figure, value } of limitsOf(scenario)) {
    const peak = figureOf(run, 'max', figure.split('.'));
    expect(peak, figure).toBeGreaterThan(0);
    expect(peak, figure).toBeLessThanOrEqual(value);
  }
});

describe('of an account that others use too', () => {
  const burst = (at: Micros, count: number) => ({ kind: 'burst' as const, at, count });
  const long = { duration: constant(5 * SECOND), timeout: MINUTE };
  const crowded = () =>
    aScenario()
      .run({ duration: HOUR })
      .account({ concurrencyLimit: 1000 })
      .withFunction('api', long)
      .withTraffic('first', 'api', burst(0, 60))
      .withTraffic('then', 'api', burst(15 * MINUTE, 20));
  const others = [
    { at: 0, amount: 0 },
    { at: 10 * MINUTE, amount: 990 },
    { at: 20 * MINUTE, amount: 0 },
  ];
  const usesOf = (built: Scenario) =>
    [false, true].map((timeline) => {
      const simulation = new Simulation(built, { timeline });
      simulation.advance();
      const run = simulation.result();
      return limitsOf(built)
        .filter(({ resource }) => resource === 'account')
        .map(({ figure, value }) => [figure, figureOf(run, 'max', figure.split('.')), value]);
    });

  test('are full where others leave less than was asked for, though the functions never ran as much', () => {
    const all = [['account.inUse.max', 1000, 1000]];
    expect(usesOf(crowded().account({ otherConcurrency: others }).build())).toEqual([all, all]);
  });

  test('add up what ran at one instant, and not the peaks of different ones', () => {
    const some = others.map(({ at, amount }) => ({ at, amount: Math.min(amount, 30) }));
    const all = [['account.inUse.max', 60, 1000]];
    expect(usesOf(crowded().account({ otherConcurrency: some }).build())).toEqual([all, all]);
  });

  test('are those of the pool too where a reservation leaves a part of it', () => {
    const all = [
      ['account.concurrency.max', 50, 1000],
      ['account.unreserved.max', 50, 50],
    ];
    expect(usesOf(crowded().withFunction('idle', { reservedConcurrency: 950 }).build())).toEqual([all, all]);
  });

  test('let nobody have more than there is where others come while much runs', () => {
    const late = [
      { at: 0, amount: 0 },
      { at: SECOND, amount: 1000 },
    ];
    const full = crowded().withFunction('kept', { reservedConcurrency: 100 }).account({ otherConcurrency: late });
    const all = [
      ['account.inUse.max', 1000, 1000],
      ['account.unreserved.max', 900, 900],
    ];
    expect(usesOf(full.build())).toEqual([all, all]);
  });
});

test('provisioned concurrency is held against what ran on it, not against what ran on demand beside it', () => {
  const spilling = aScenario()
    .run({ duration: HOUR })
    .withFunction('api', { provisionedConcurrency: 20, duration: constant(SECOND) })
    .withTraffic('web', 'api', { kind: 'burst', at: MINUTE, count: 50 })
    .build();
  const run = simulate(spilling);
  const { figure, value } = limitsOf(spilling).find(({ metric }) => metric === 'ProvisionedConcurrentExecutions')!;
  expect([figureOf(run, 'max', figure.split('.')), value, run.functions.api!.concurrency.max]).toEqual([20, 20, 50]);
});
