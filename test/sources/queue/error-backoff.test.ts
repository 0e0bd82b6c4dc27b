/** The back-off of pollers on errors against the measured points: what share of the throughput errors cost. */
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/engine/units.js';
import { valueAt } from '../../../src/rules/rule.js';
import { pollersAfterErrors, sqsErrorBackoff } from '../../../src/rules/sqs-error-backoff.js';
import { Simulation } from '../../../src/study/simulation.js';
import { aScenario, constant, reads } from '../../support/a-scenario.js';

const RATE = 2_000;

/** Messages deleted a second in each minute, of 2,000 sent, where handlers of 50 ms fail at this share. */
function throughput(errorRate: number): number[] {
  const scenario = aScenario()
    .asOf('2025-06-01')
    .run({ duration: 10 * MINUTE })
    .account({ concurrencyLimit: 3_000 })
    .withQueue('orders', { visibilityTimeout: MINUTE })
    .withFunction('worker', {
      duration: constant(50_000),
      timeout: 10_000_000,
      errorRate,
      eventSources: [reads('orders', { batchSize: 1 })],
    })
    .withTraffic('web', 'orders', RATE, { invocation: 'Event' })
    .build();
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  return [...simulation.timeline!.rows()]
    .filter(({ resource, metric }) => resource === 'queues.orders' && metric === 'NumberOfMessagesDeleted')
    .map(({ value }) => value / 60);
}

describe('pollers of a mapping whose batches fail', () => {
  it.each([
    [0, 0],
    [0.01, 0.2],
    [0.05, 0.75],
    [0.1, 0.85],
  ])('an error rate of %d costs %d of the throughput, as measured', (errorRate, cost) => {
    const steady = throughput(errorRate).slice(3);
    const mean = steady.reduce((sum, one) => sum + one, 0) / steady.length;
    expect(Math.abs(1 - mean / RATE - cost)).toBeLessThan(0.02);
  });

  it('were no more before after a minute with a failure, and halved where more than half of the batches failed', () => {
    const rule = valueAt(sqsErrorBackoff, '2019-12-31');
    expect([0, 0.001, 0.5, 0.51, 1].map((failed) => pollersAfterErrors(rule, failed, 65))).toEqual([
      Number.POSITIVE_INFINITY,
      65,
      65,
      33,
      33,
    ]);
  });

  it.each([
    [0, [5, 65, 125, 185]],
    [0.2, [5, 5, 5, 5]],
  ])('were at an error rate of %d in minutes 0, 1, 2, 3 of a deep queue %j', (errorRate, expected) => {
    const scenario = aScenario()
      .asOf('2019-12-31')
      .run({ duration: 4 * MINUTE })
      .withQueue('orders', { visibilityTimeout: 10 * MINUTE, backlog: 100_000 })
      .withFunction('worker', { duration: constant(5 * SECOND), errorRate, eventSources: [reads('orders')] })
      .build();
    const simulation = new Simulation(scenario, { timeline: true });
    simulation.advance();
    const rows = [...simulation.timeline!.rows()];
    const atOnce = rows.filter(
      (row) => row.resource === 'mappings.worker.orders' && row.metric === 'ConcurrentExecutions',
    );
    expect(atOnce.map(({ value }) => value)).toEqual(expected);
  });
});
