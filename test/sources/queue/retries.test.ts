/** What becomes of messages that were not deleted: visibility, dead letters, partial responses, throttles, redrive and age. */
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/engine/units.js';
import type { Scenario } from '../../../src/scenario/types.js';
import { simulate } from '../../../src/study/simulate.js';
import { Simulation } from '../../../src/study/simulation.js';
import { aScenario, constant, type FunctionChanges, reads, type ScenarioBuilder } from '../../support/a-scenario.js';
import { seconds, traced } from '../../support/invocation-trace.js';

const AT_ONCE = { 'sqs-polling': { receive: 0, delete: 0 } };

function oneMessage(worker: FunctionChanges, queue: Parameters<ScenarioBuilder['withQueue']>[1] = {}): Scenario {
  return aScenario()
    .run({ duration: HOUR })
    .rules(AT_ONCE)
    .withQueue('orders', { backlog: 1, ...queue })
    .withQueue('dead')
    .withFunction('worker', {
      timeout: 10 * SECOND,
      duration: constant(SECOND),
      eventSources: [reads('orders')],
      ...worker,
    })
    .build();
}

const startsOf = (scenario: Scenario) => traced(scenario).attempts.map(({ startedAt }) => seconds(startedAt));

describe('a message whose function fails', () => {
  it('comes back each time its visibility timeout is over, and is a dead letter after maxReceiveCount receives', () => {
    const scenario = oneMessage({ errorRate: 1 }, { maxReceiveCount: 3, deadLetterQueue: 'dead' });
    const { result, attempts } = traced(scenario);
    expect(attempts.map(({ startedAt }) => seconds(startedAt))).toEqual([0, 30, 60]);
    expect(attempts.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    expect(result.queues.orders).toMatchObject({ sent: 1, received: 3, deadLettered: 1, visible: 0, inFlight: 0 });
    expect(result.queues.orders!.age.max).toBe(90_000);
    expect(result.queues.dead).toMatchObject({ sent: 1, visible: 1 });
  });

  it('comes back for ever without a dead-letter queue, up to its retention', () => {
    const scenario = oneMessage({ errorRate: 1 }, { retention: 100 * SECOND });
    expect(startsOf(scenario)).toEqual([0, 30, 60, 90]);
    // In flight when its time is up, it is gone as soon as it would be visible.
    expect(simulate(scenario).queues.orders).toMatchObject({ sent: 1, expired: 1, visible: 0, inFlight: 0 });
  });

  it('times out just like that', () => {
    const scenario = oneMessage({ duration: constant(20 * SECOND) }, { maxReceiveCount: 2, deadLetterQueue: 'dead' });
    const { result, attempts } = traced(scenario);
    expect(attempts.map(({ startedAt, endsAt }) => [seconds(startedAt), seconds(endsAt)])).toEqual([
      [0, 10],
      [30, 40],
    ]);
    expect(result.functions.worker).toMatchObject({ errors: 2, timeouts: 2 });
    expect(result.queues.dead!.sent).toBe(1);
  });

  it('is poison on every try, and takes its whole batch along where nobody says which one failed', () => {
    const scenario = (report: boolean) =>
      aScenario()
        .run({ duration: HOUR })
        .withQueue('orders', { backlog: 1_000, maxReceiveCount: 4, deadLetterQueue: 'dead' })
        .withQueue('dead')
        .withFunction('worker', {
          timeout: SECOND,
          poisonRate: 0.05,
          eventSources: [reads('orders', { reportBatchItemFailures: report })],
        })
        .build();
    const told = simulate(scenario(true));
    const silent = simulate(scenario(false));
    // Reported one by one, exactly the poison dies, and the function never fails.
    expect(told.functions.worker!.errors).toBe(0);
    expect(told.queues.orders!.deadLettered).toBeGreaterThan(30);
    expect(told.queues.orders!.deadLettered).toBeLessThan(70);
    expect(told.queues.orders!.received).toBe(1_000 + 3 * told.queues.orders!.deadLettered);
    // Else good messages die with it: the same messages are poison.
    expect(silent.functions.worker!.errors).toBeGreaterThan(50);
    expect(silent.queues.orders!.deadLettered).toBeGreaterThan(told.queues.orders!.deadLettered);
  });
});

describe('a batch that Lambda refuses', () => {
  const low = (maximumConcurrency?: number) =>
    aScenario()
      .run({ duration: HOUR })
      .withQueue('orders', {
        backlog: 3_000,
        visibilityTimeout: 30 * SECOND,
        maxReceiveCount: 3,
        deadLetterQueue: 'dead',
      })
      .withQueue('dead')
      .withFunction('worker', {
        timeout: 30 * SECOND,
        duration: constant(20 * SECOND),
        reservedConcurrency: 2,
        eventSources: [reads('orders', { maximumConcurrency })],
      })
      .build();

  it('is tried again until its messages are visible again, and good messages become dead letters', () => {
    const { queues, functions } = simulate(low());
    expect(functions.worker!.errors).toBe(0);
    expect(functions.worker!.throttlesByReason.ReservedFunctionConcurrentInvocationLimitExceeded).toBeGreaterThan(100);
    expect(queues.orders!.deadLettered).toBeGreaterThan(100);
    expect(
      queues.orders!.deleted + queues.orders!.deadLettered + queues.orders!.visible + queues.orders!.inFlight,
    ).toBe(3_000);
  });

  it('does not come about where maximumConcurrency fits the reservation', () => {
    const { queues, functions } = simulate(low(2));
    expect(functions.worker!.throttles).toBe(0);
    expect(queues.orders!.deadLettered).toBe(0);
  });

  it('waits up to 1, 2, 4 ... 30 s, without a new receive', () => {
    const scenario: Scenario = {
      ...oneMessage({ reservedConcurrency: 0 }, { visibilityTimeout: 10 * MINUTE }),
      rules: {
        ...oneMessage({}).rules,
        'sqs-throttle-backoff': { jitter: 'none' },
      },
      run: { ...oneMessage({}).run, duration: 5 * MINUTE },
    };
    const { queues, functions } = simulate(scenario);
    // At 0, 1, 3, 7, 15, 31 s and every 30 s from then on.
    expect(functions.worker!.throttles).toBe(6 + Math.floor((300 - 31) / 30));
    expect(queues.orders!.received).toBe(1);
  });
});

describe('a batch with a window', () => {
  const gathering = (window: number, burst: number, batchSize: number) =>
    aScenario()
      .run({ duration: 2 * MINUTE })
      .rules(AT_ONCE)
      .withQueue('orders', { visibilityTimeout: 5 * MINUTE })
      .withFunction('worker', {
        timeout: MINUTE,
        duration: constant(SECOND),
        eventSources: [reads('orders', { batchSize, maximumBatchingWindow: window * SECOND, maximumConcurrency: 2 })],
      })
      .withTraffic(
        'web',
        'orders',
        { kind: 'burst', at: 10 * SECOND, count: burst },
        { invocation: 'Event', via: 'sdk' },
      )
      .build();

  it.each([
    // A message alone waits for the poll that goes on after it, 20 s, though its window is shorter.
    [5, 1, 100, [30]],
    [60, 1, 100, [70]],
    // A window of 0 is what one receive gets, and a batch that is full waits for nothing.
    [0, 1, 10, [10]],
    [300, 200, 100, [10, 10]],
  ])('of %d s, for %d messages in batches of %d, is invoked at %j s', (window, burst, batchSize, expected) => {
    expect(startsOf(gathering(window, burst, batchSize))).toEqual(expected);
  });

  it('keeps its messages invisible for window, timeout and 30 s, where that is longer than the queue says', () => {
    const scenario = oneMessage(
      {
        timeout: 30 * SECOND,
        errorRate: 1,
        eventSources: [reads('orders', { batchSize: 100, maximumBatchingWindow: 60 * SECOND })],
      },
      { visibilityTimeout: 60 * SECOND },
    );
    // Received at 0, 120, 240 s ..., each time a window before it is invoked.
    expect(startsOf(scenario).slice(0, 4)).toEqual([60, 180, 300, 420]);
  });

  it('closes before 6 MB: five messages of 1 MB with their metadata', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .rules(AT_ONCE)
      .withQueue('orders', { visibilityTimeout: 5 * MINUTE })
      .withFunction('worker', {
        timeout: MINUTE,
        durationPerRecord: constant(SECOND),
        duration: constant(0),
        eventSources: [reads('orders', { batchSize: 100, maximumBatchingWindow: 10 * SECOND, maximumConcurrency: 2 })],
      })
      .withTraffic('web', 'orders', { kind: 'burst', at: 0, count: 12 }, { payload: 2 ** 20, invocation: 'Event' })
      .build();
    const { attempts, result } = traced(scenario);
    expect(attempts.map(({ duration }) => seconds(duration))).toEqual([5, 5, 2]);
    expect(result.queues.orders!.received).toBe(12);
  });

  it('holds as much whatever the filter keeps out: only what passed counts for its 6 MB', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .rules(AT_ONCE)
      .withQueue('orders', { visibilityTimeout: 5 * MINUTE })
      .withFunction('worker', {
        timeout: MINUTE,
        durationPerRecord: constant(SECOND),
        duration: constant(0),
        eventSources: [
          reads('orders', { batchSize: 5, filter: 0.5, maximumBatchingWindow: 30 * SECOND, maximumConcurrency: 2 }),
        ],
      })
      .withTraffic('web', 'orders', { kind: 'burst', at: 0, count: 200 }, { payload: 2 ** 20, invocation: 'Event' })
      .build();
    const records = traced(scenario).attempts.map(({ duration }) => seconds(duration));
    expect(records.length).toBeGreaterThan(10);
    // Each of the two pollers ends with what is left.
    expect(records.filter((count) => count < 5).length).toBeLessThanOrEqual(2);
  });
});

describe('a queue', () => {
  it('deletes what does not pass the filter, and never invokes for it', () => {
    const { queues, functions } = simulate(
      oneMessage({ eventSources: [reads('orders', { batchSize: 1, filter: 0.35 })] }, { backlog: 2_000 }),
    );
    expect(queues.orders!.deleted).toBe(2_000);
    expect(Math.abs(functions.worker!.invocations - 700)).toBeLessThan(4 * Math.sqrt(2_000 * 0.35 * 0.65));
  });

  it('delivers the duplicateRate twice, and each message is deleted once', () => {
    const { queues, functions } = simulate(
      oneMessage({ eventSources: [reads('orders', { batchSize: 1 })] }, { backlog: 2_000, duplicateRate: 0.1 }),
    );
    const { duplicates, deleted, received } = queues.orders!;
    expect(deleted).toBe(2_000);
    expect(received).toBe(2_000 + duplicates);
    expect(functions.worker!.invocations).toBe(received);
    expect(Math.abs(duplicates - 200)).toBeLessThan(4 * Math.sqrt(2_000 * 0.1 * 0.9));
  });

  it('forgets messages at their retention, whenever they were sent', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withQueue('orders', { retention: 2 * MINUTE })
      .withFunction('idle')
      .withTraffic('web', 'orders', 1, { arrivals: { kind: 'regular' }, invocation: 'Event' })
      .build();
    // Sent at 0 ... 599 s; those of the last two minutes are there, the one of 480 s has just expired.
    const { sent, expired, visible, age } = simulate(scenario).queues.orders!;
    expect({ sent, expired, visible, age }).toEqual({ sent: 600, expired: 481, visible: 119, age: { max: 120_000 } });
  });

  it('forgets a dead letter at its own time, though younger messages wait before it came', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .rules(AT_ONCE)
      .withQueue('orders', { backlog: 1, maxReceiveCount: 2, deadLetterQueue: 'dead' })
      .withQueue('dead', { retention: 2 * MINUTE })
      .withFunction('worker', { timeout: SECOND, errorRate: 1, eventSources: [reads('orders')] })
      .withTraffic('web', 'dead', { kind: 'burst', at: 30 * SECOND, count: 1 }, { invocation: 'Event' })
      .build();
    // Sent at 0 and dead at 60 s, beside one that was sent at 30 s.
    const simulation = new Simulation(scenario, { timeline: true });
    simulation.advance();
    const visible = [...simulation.timeline!.rows()]
      .filter(({ resource, metric }) => resource === 'queues.dead' && metric === 'ApproximateNumberOfMessagesVisible')
      .map(({ at, value }) => [seconds(at), value]);
    expect(visible).toEqual([
      [0, 1],
      [60, 2],
      [120, 2],
    ]);
    expect(simulation.result().queues.dead).toMatchObject({ sent: 2, expired: 2, age: { max: 120_000 } });
  });

  it('moves its messages on at the rate of the redrive, each a new message', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .rules(AT_ONCE)
      .withQueue('orders')
      .withQueue('dead', { backlog: 100, redrive: [{ at: MINUTE, to: 'orders', rate: 10 }] })
      .withFunction('worker', { timeout: SECOND, eventSources: [reads('orders', { batchSize: 1 })] })
      .build();
    const { result, attempts } = traced(scenario);
    expect(attempts.map(({ startedAt }) => seconds(startedAt))).toEqual(
      Array.from({ length: 100 }, (_, i) => 60 + i / 10),
    );
    expect(result.queues.dead).toMatchObject({ sent: 100, redriven: 100, visible: 0 });
    expect(result.queues.orders).toMatchObject({ sent: 100, deleted: 100 });
    expect(result.queues.orders!.delay.max).toBe(100);
  });

  it('keeps the instant of sending in the dead-letter queue of a standard queue, and its consumer reads it', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .rules(AT_ONCE)
      .withQueue('orders', { backlog: 1, maxReceiveCount: 2, deadLetterQueue: 'dead' })
      .withQueue('dead')
      .withFunction('worker', { timeout: SECOND, errorRate: 1, eventSources: [reads('orders')] })
      .withFunction('undertaker', { timeout: SECOND, duration: constant(0), eventSources: [reads('dead')] })
      .build();
    const { queues, functions } = simulate(scenario);
    expect(functions.undertaker!.invocations).toBe(1);
    expect(queues.dead!.delay.max).toBe(60_000);
  });

  it('is billed for sends, receives and deletes by 64 KB', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .rules({ 'sqs-polling': { receive: 0, delete: 0, wait: HOUR } })
      .withQueue('orders')
      .withFunction('worker', { timeout: SECOND, eventSources: [reads('orders')] })
      .withTraffic('web', 'orders', { kind: 'burst', at: 0, count: 1 }, { payload: 100 * 1024, invocation: 'Event' })
      .build();
    // The send and the receive are two parts each, the delete is one.
    const { lines } = simulate(scenario).bill;
    expect(lines.find(({ service }) => service === 'Amazon SQS')!.quantity).toBe(5);
  });

  it('is billed for nothing where a poll finds dead letters only, and goes on', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withQueue('orders', { backlog: 10, maxReceiveCount: 2, deadLetterQueue: 'dead' })
      .withQueue('dead')
      .withFunction('worker', { errorRate: 1, eventSources: [reads('orders')] })
      .build();
    const { queues, bill } = simulate(scenario);
    const { received, deadLettered, emptyReceives } = queues.orders!;
    expect({ received, deadLettered }).toEqual({ received: 20, deadLettered: 10 });
    // Ten sends, two receives of ten messages, and polls that found nothing.
    expect(bill.lines.find(({ service }) => service === 'Amazon SQS')!.quantity).toBe(10 + 2 + emptyReceives);
  });
});

describe('provisioned pollers', () => {
  const burst = (messages: number) =>
    aScenario()
      .run({ duration: 10 * MINUTE })
      .account({ concurrencyLimit: 10_000 })
      .rules(AT_ONCE)
      .withQueue('orders', { visibilityTimeout: 10 * MINUTE, backlog: messages })
      .withFunction('worker', {
        timeout: 5 * MINUTE,
        duration: constant(MINUTE),
        eventSources: [reads('orders', { provisionedPollers: { minimum: 5, maximum: 200 } })],
      })
      .build();

  it('have ten batches each at once, are paced at ten polls a second each, and 100 more come each minute', () => {
    const { attempts } = traced(burst(1_000_000));
    const running = (at: number) => attempts.filter((one) => one.startedAt <= at && one.endsAt > at).length;
    expect([running(SECOND), running(59 * SECOND), running(119 * SECOND), running(179 * SECOND)]).toEqual([
      50, 50, 1_050, 2_000,
    ]);
  });

  it('are counted as they are paid for, not as the batches they may have', () => {
    expect([0, 1_000_000].map((messages) => simulate(burst(messages)).queues.orders!.pollers.max)).toEqual([5, 200]);
  });

  it('cost by the hour, used or not', () => {
    const simulation = new Simulation(burst(0));
    simulation.advance();
    const line = simulation.result().bill.lines.find(({ item }) => item === 'Event pollers (SQS)')!;
    expect(line.quantity).toBeCloseTo(5 / 6, 12);
    expect(line.usd).toBeCloseTo((5 / 6) * 0.00925, 12);
  });
});
