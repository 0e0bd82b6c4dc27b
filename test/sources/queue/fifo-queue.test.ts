/** FIFO queues: order in every group, as many batches as groups, what blocks, and how far a receive looks. */
import { describe, expect, it } from 'vitest';
import { randomStreams } from '../../../src/engine/random-streams.js';
import { HOUR, KB, MINUTE, SECOND } from '../../../src/engine/units.js';
import { RecordKeys } from '../../../src/lambda/record-keys.js';
import { Recorder } from '../../../src/lambda/recorder.js';
import type { Figure } from '../../../src/scenario/resource-figures.js';
import { FIGURES } from '../../../src/scenario/resource-figures.js';
import type { QueueSettings, Scenario } from '../../../src/scenario/types.js';
import { simulate } from '../../../src/study/simulate.js';
import { Simulation } from '../../../src/study/simulation.js';
import { aScenario, constant, type FunctionChanges, reads } from '../../support/a-scenario.js';
import { traced } from '../../support/invocation-trace.js';

const GROUPS = { count: 20, skew: 1 };
const RATE = 10;

/** Message k is sent at k / 10 s; its group is the k-th draw of the traffic's keys. */
function messages(worker: FunctionChanges, queue: Partial<QueueSettings> = {}, asOf = '2026-11-21'): Scenario {
  return aScenario()
    .asOf(asOf)
    .run({ duration: HOUR })
    .withQueue('orders', { type: 'fifo', ...queue })
    .withQueue('dead', { type: 'fifo' })
    .withFunction('worker', { timeout: 20 * SECOND, duration: { kind: 'exponential', mean: SECOND }, ...worker })
    .withTraffic('web', 'orders', RATE, { arrivals: { kind: 'regular' }, invocation: 'Event', key: GROUPS })
    .build();
}

const orderOf = (sentAt: number): number => Math.round((sentAt * RATE) / SECOND);

function groupsOf(count: number, seed = 1): number[] {
  const keys = new RecordKeys(GROUPS, randomStreams(seed).named('traffic.web/keys'));
  return Array.from({ length: count }, () => keys.next());
}

/** When each message was deleted, by its number. */
class Deletions extends Recorder {
  override readonly hearsEach = false;
  readonly numbers: number[] = [];

  override took(_resource: number, figure: Figure, _time: number, arrivedAt: number): void {
    if (figure === FIGURES.queues.delay) this.numbers.push(orderOf(arrivedAt));
  }
}

const CASES: readonly (readonly [string, FunctionChanges, Partial<QueueSettings>, string])[] = [
  ['without errors', {}, {}, '2026-11-21'],
  ['with errors', { errorRate: 0.1 }, {}, '2026-11-21'],
  ['with errors in 2021', { errorRate: 0.1 }, {}, '2021-06-01'],
  ['with throttles', { reservedConcurrency: 3 }, { visibilityTimeout: 20 * SECOND }, '2026-11-21'],
  ['with dead letters', { poisonRate: 0.02 }, { maxReceiveCount: 2, deadLetterQueue: 'dead' }, '2026-11-21'],
  ['with timeouts', { duration: { kind: 'exponential', mean: 8 * SECOND } }, {}, '2024-01-01'],
];

describe('in every message group', () => {
  it.each(CASES)(
    '%s, invocations take messages in the order they were sent, one after the other',
    (_, fn, queue, asOf) => {
      const scenario = messages({ ...fn, eventSources: [reads('orders', { batchSize: 1 })] }, queue, asOf);
      const { attempts, result } = traced(scenario);
      const groups = groupsOf(RATE * 3600);
      const last = new Map<number, { message: number; endsAt: number }>();
      const breaches: string[] = [];
      for (const { arrivedAt, startedAt, endsAt } of attempts.filter((one) => one.startedAt >= 0)) {
        const message = orderOf(arrivedAt);
        const before = last.get(groups[message]!);
        if (before !== undefined && before.message > message) breaches.push(`${message} after ${before.message}`);
        // One that became visible while a late try of it ran is tried once more meanwhile.
        if (before !== undefined && before.message !== message && before.endsAt > startedAt)
          breaches.push(`${message} before ${before.message} ended`);
        last.set(groups[message]!, { message, endsAt });
      }
      expect(breaches.slice(0, 5)).toEqual([]);
      expect(result.functions.worker!.invocations).toBeGreaterThan(5_000);
    },
  );

  it.each(CASES)('%s, batches of up to ten of several groups delete in order', (_, fn, queue, asOf) => {
    for (const reportBatchItemFailures of asOf >= '2021-12-01' ? [false, true] : [false]) {
      const changes = { ...fn, recordErrorRate: fn.errorRate ?? 0 };
      const scenario = messages(
        { ...changes, eventSources: [reads('orders', { reportBatchItemFailures })] },
        queue,
        asOf,
      );
      const deletions = new Deletions();
      const simulation = new Simulation(scenario, { recorders: [deletions] });
      simulation.advance();
      const groups = groupsOf(RATE * 3600);
      const last = new Map<number, number>();
      const breaches: string[] = [];
      for (const message of deletions.numbers) {
        const group = groups[message]!;
        if ((last.get(group) ?? -1) >= message) breaches.push(`${message} after ${last.get(group)}`);
        last.set(group, message);
      }
      expect(breaches.slice(0, 5)).toEqual([]);
      expect(deletions.numbers.length).toBeGreaterThan(1_000);
    }
  });
});

describe('a FIFO queue', () => {
  const busy = (asOf: string, maximumConcurrency?: number) =>
    aScenario()
      .asOf(asOf)
      .run({ duration: 5 * MINUTE })
      .withQueue('orders', { type: 'fifo', visibilityTimeout: MINUTE })
      .withFunction('worker', {
        timeout: 20 * SECOND,
        duration: constant(10 * SECOND),
        eventSources: [reads('orders', { batchSize: 1, maximumConcurrency })],
      })
      .withTraffic(
        'web',
        'orders',
        { kind: 'burst', at: SECOND, count: 2_000 },
        { invocation: 'Event', key: { count: 12, skew: 0 } },
      )
      .build();

  it('has as many batches at once as groups, at once and not by the minute', () => {
    const { attempts } = traced(busy('2024-06-01'));
    const running = attempts.filter((one) => one.startedAt <= 2 * SECOND && one.endsAt > 2 * SECOND).length;
    expect(running).toBe(12);
    const { functions, queues } = simulate(busy('2024-06-01'));
    expect(functions.worker!.concurrency.max).toBe(12);
    // Beside the pollers that work a few wait for other groups.
    expect(queues.orders!.pollers.max).toBeGreaterThan(12);
    expect(queues.orders!.pollers.max).toBeLessThan(20);
  });

  it('has no more than maximumConcurrency', () => {
    expect(simulate(busy('2024-06-01', 4)).functions.worker!.concurrency.max).toBe(4);
  });

  it('is held up by one hot group, which has a batch at a time', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .rules({ 'sqs-polling': { receive: 0, delete: 0 } })
      .withQueue('orders', { type: 'fifo', visibilityTimeout: MINUTE })
      .withFunction('worker', {
        timeout: SECOND,
        duration: constant(SECOND / 2),
        eventSources: [reads('orders', { batchSize: 10 })],
      })
      .withTraffic('hot', 'orders', 30, {
        arrivals: { kind: 'regular' },
        invocation: 'Event',
        key: { count: 1, skew: 0 },
      })
      .build();
    // 10 messages in half a second: two thirds of what comes.
    const { deleted, sent } = simulate(scenario).queues.orders!;
    expect(Math.abs(deleted / sent - 20 / 30)).toBeLessThan(0.01);
  });

  it.each([
    ['2023-12-01', 20_000],
    ['2026-11-21', 120_000],
  ])('on %s does not find groups behind its first %d messages', (asOf, horizon) => {
    const scenario = aScenario()
      .asOf(asOf)
      .run({ duration: MINUTE })
      .withQueue('orders', { type: 'fifo', visibilityTimeout: 10 * MINUTE })
      .withFunction('worker', {
        timeout: 10 * MINUTE,
        duration: constant(10 * MINUTE),
        eventSources: [reads('orders', { batchSize: 1 })],
      })
      .withTraffic(
        'hot',
        'orders',
        { kind: 'burst', at: 0, count: horizon },
        { invocation: 'Event', key: { count: 1, skew: 0 }, payload: KB },
      )
      .withTraffic(
        'others',
        'orders',
        { kind: 'burst', at: SECOND, count: 50 },
        { invocation: 'Event', key: undefined, payload: KB },
      )
      .build();
    // The first batch of the hot group takes one message and deletes none: nothing moves up.
    expect(simulate(scenario).functions.worker!.concurrency.max).toBe(1);
  });

  it.each([
    ['2023-12-01', 20_000],
    ['2026-11-21', 120_000],
  ])('on %s has at most %d messages in flight', (asOf, limit) => {
    const scenario = aScenario()
      .asOf(asOf)
      .run({ duration: 10 * MINUTE })
      .account({ concurrencyLimit: 3_000 })
      .withQueue('orders', { type: 'fifo', visibilityTimeout: HOUR, backlog: 300_000 })
      .withFunction('worker', { timeout: SECOND, errorRate: 1, eventSources: [reads('orders')] })
      .build();
    expect(simulate(scenario).queues.orders!.inFlight).toBe(limit);
  });

  it('keeps the group of a dead letter and of a message that is moved back', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withQueue('orders', { type: 'fifo', maxReceiveCount: 1, deadLetterQueue: 'dead' })
      .withQueue('dead', { type: 'fifo', redrive: [{ at: 10 * MINUTE, to: 'again', rate: 500 }] })
      .withQueue('again', { type: 'fifo' })
      .withFunction('worker', { timeout: SECOND, errorRate: 1, eventSources: [reads('orders', { batchSize: 1 })] })
      .withFunction('second', {
        timeout: 20 * SECOND,
        duration: constant(10 * SECOND),
        eventSources: [reads('again', { batchSize: 1 })],
      })
      .withTraffic(
        'web',
        'orders',
        { kind: 'burst', at: 0, count: 6 },
        { invocation: 'Event', key: { count: 1, skew: 0 } },
      )
      .build();
    const { functions, queues } = simulate(scenario);
    expect(queues.again!.deleted).toBe(6);
    expect(functions.second!.concurrency.max).toBe(1);
  });
});
