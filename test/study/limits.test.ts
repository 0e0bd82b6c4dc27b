/** The limits a run is held against, with the settings that move them. */
import { expect, test } from 'vitest';
import { DAY, SECOND } from '../../src/engine/units.js';
import { figureOf } from '../../src/study/figure.js';
import { limitsOf } from '../../src/study/limits.js';
import { simulate } from '../../src/study/simulate.js';
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
  for (const { figure, setting, value } of limitsOf(scenario)) {
    const peak = figureOf(run, 'max', figure.split('.'));
    expect(peak, figure).toBeGreaterThan(0);
    // Provisioned environments spill over into those on demand.
    if (!setting.endsWith('provisionedConcurrency')) expect(peak, figure).toBeLessThanOrEqual(value);
  }
});
