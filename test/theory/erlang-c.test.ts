/** M/M/c: the wait of messages before a mapping held to c batches of one message is Erlang C's. */
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, reads } from '../support/a-scenario.js';

const SERVICE = 1 * SECOND;
/** Measured in each of 20 runs. */
const MESSAGES = 180_000;

/** Mean wait in seconds of M/M/c by Erlang C (e.g. Kleinrock, Queueing Systems I, section 3.5). */
function erlangCWait(c: number, load: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < c; k++) {
    term *= load / k;
    sum += term;
  }
  const last = (term * load) / c / (1 - load / c);
  return ((last / (sum + last)) * (SERVICE / SECOND)) / (c - load);
}

function meanWait(c: number, load: number, seed: number): number {
  const scenario = aScenario()
    .run({ duration: HOUR + (MESSAGES / load) * SECOND, warmUp: HOUR })
    .rules({ 'sqs-polling': { receive: 0, delete: 0 } })
    .withQueue('orders', { visibilityTimeout: 30 * MINUTE })
    .withFunction('worker', {
      duration: { kind: 'exponential', mean: SERVICE },
      eventSources: [reads('orders', { batchSize: 1, maximumConcurrency: c })],
    })
    .withTraffic('web', 'orders', load, { invocation: 'Event' })
    .build();
  return simulate(scenario, { seed }).queues.orders!.delay.mean! / 1000 - SERVICE / SECOND;
}

/** Two-sided 99.9% quantile of Student's t with 19 degrees of freedom. */
const STUDENT_19 = 3.883;

describe('M/M/c: the mean wait in a queue', () => {
  it.each([
    [2, 1.6],
    [5, 4],
    [20, 18],
  ])('with maximumConcurrency %d and %d messages in a service time is that of Erlang C', (c, load) => {
    const expected = erlangCWait(c, load);
    const waits = Array.from({ length: 20 }, (_, seed) => meanWait(c, load, seed + 1));
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    const variance = waits.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / (waits.length - 1);
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean - expected)).toBeLessThan(STUDENT_19 * Math.sqrt(variance / waits.length));
  });
});
