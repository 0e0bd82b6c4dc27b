/** The asynchronous queue of a function: when events are tried, when they are dropped, and who is told. Vectors T13 and T14 of the service model. */
import { describe, expect, it } from 'vitest';
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { HOUR, KB, MINUTE, SECOND } from '../../src/engine/units.js';
import { FN, MARKS, STARTED_AT, TIMES } from '../../src/lambda/invocations.js';
import { type ObservedRun, Recorder } from '../../src/lambda/recorder.js';
import type { Scenario } from '../../src/scenario/types.js';
import { resultsOf } from '../../src/study/results-of.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';

/** Seconds at which runs began, and at which attempts were refused. */
class Attempts extends Recorder {
  readonly runs: number[] = [];
  readonly refusedAt: number[] = [];
  private run: ObservedRun | undefined;

  override begin(run: ObservedRun): void {
    this.run = run;
  }

  override finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.run!.invocations;
    for (const row of rows.subarray(0, count)) {
      if (marks[(row << MARKS) + FN] !== 0 || times[(row << TIMES) + STARTED_AT]! < 0) continue;
      this.runs.push(times[(row << TIMES) + STARTED_AT]! / SECOND);
    }
  }

  override refused(_fn: number, _outcome: number, _reason: number, count: number): void {
    for (let i = 0; i < count; i++) this.refusedAt.push(this.run!.clock.now / SECOND);
  }
}

function attemptsOf(scenario: Scenario) {
  const attempts = new Attempts();
  const run = simulate(scenario, { recorders: [attempts] });
  return { run, started: attempts.runs.sort((a, b) => a - b), refused: attempts.refusedAt };
}

/** One event at 0 that is tried at once. */
function oneEvent(duration: number): ScenarioBuilder {
  return aScenario()
    .run({ duration: duration })
    .rules({ 'async-dispatch': { latency: constant(0) } })
    .withTraffic('events', 'worker', { kind: 'burst', at: 0, count: 1 }, { via: 'event', invocation: 'Event' });
}

describe('an event that is accepted', () => {
  const accepted = aScenario()
    .run({ duration: MINUTE })
    .withFunction('worker')
    .withTraffic('events', 'worker', { kind: 'burst', at: 0, count: 3 }, { via: 'event', invocation: 'Event' });
  const results = (scenario: Scenario) =>
    resultsOf(scenario, [simulate(scenario)], { name: 'lambdasim', version: '0' });
  const dispatch = (scenario: Scenario) => results(scenario).rules.find(({ name }) => name === 'async-dispatch');

  it('is tried 50 ms later, which is our own assumption and shown as that', () => {
    expect(attemptsOf(accepted.build()).started).toEqual([0.05, 0.05, 0.05]);
    expect(dispatch(accepted.build())).toMatchObject({ value: { latency: '50ms' }, certainty: 'assumed' });
  });

  it('is tried when an override of the rule says, constant or not', () => {
    const overridden = (latency: DistributionSpec) => accepted.rules({ 'async-dispatch': { latency } }).build();
    expect(attemptsOf(overridden(constant(SECOND))).started).toEqual([1, 1, 1]);
    const spread = overridden({ kind: 'uniform', min: SECOND, max: 2 * SECOND });
    expect(new Set(attemptsOf(spread).started).size).toBe(3);
    expect(dispatch(spread)).toMatchObject({ certainty: 'overridden' });
  });
});

describe('an event whose run fails', () => {
  it('is tried after one minute and after two more, and dropped (T13)', () => {
    const scenario = oneEvent(HOUR)
      .withQueue('dlq')
      .withFunction('worker', {
        duration: constant(0),
        errorRate: 1,
        async: { deadLetterQueue: 'dlq' },
      });
    const { run, started } = attemptsOf(scenario.build());
    expect(started).toEqual([0, 60, 180]);
    expect(run.functions.worker!.async).toMatchObject({
      received: 1,
      succeeded: 0,
      dropped: 1,
      retries: 2,
      waiting: 0,
      running: 0,
    });
    expect(run.functions.worker!.async.age).toMatchObject({ count: 3, max: 180_000 });
    expect(run.queues.dlq).toMatchObject({ sent: 1, visible: 1 });
  });

  it('waits from the end of the failed run (T13)', () => {
    const scenario = oneEvent(HOUR).withFunction('worker', { duration: constant(3 * SECOND), errorRate: 1 });
    expect(attemptsOf(scenario.build()).started).toEqual([0, 63, 186]);
  });

  it('is tried as often as the function says', () => {
    const started = (maximumRetryAttempts: number) =>
      attemptsOf(
        oneEvent(HOUR)
          .withFunction('worker', { duration: constant(0), errorRate: 1, async: { maximumRetryAttempts } })
          .build(),
      ).started;
    expect([started(0), started(1)]).toEqual([[0], [0, 60]]);
  });

  it('is dropped when it would be too old for its next attempt, at that age', () => {
    const scenario = oneEvent(70 * SECOND).withFunction('worker', {
      duration: constant(5 * SECOND),
      errorRate: 1,
      async: { maximumEventAge: 60 * SECOND },
    });
    const { run, started } = attemptsOf(scenario.build());
    expect(started).toEqual([0]);
    expect(run.functions.worker!.async).toMatchObject({ dropped: 1, waiting: 0 });
    const early = attemptsOf(scenario.run({ duration: 59 * SECOND }).build()).run;
    expect(early.functions.worker!.async).toMatchObject({ dropped: 0, waiting: 1 });
  });
});

describe('an event that comes to its greatest age', () => {
  it('before it was tried for the first time is dropped at that age', () => {
    const late = oneEvent(HOUR)
      .rules({ 'async-dispatch': { latency: constant(2 * MINUTE) } })
      .withFunction('worker', { async: { maximumEventAge: MINUTE } });
    const waiting = (duration: number) =>
      attemptsOf(late.run({ duration }).build()).run.functions.worker!.async.waiting;
    expect(attemptsOf(late.build()).started).toEqual([]);
    expect([waiting(MINUTE - 1), waiting(MINUTE)]).toEqual([1, 0]);
  });

  it('at the very instant of an attempt is still tried', () => {
    const started = (maximumEventAge: number) =>
      attemptsOf(
        oneEvent(HOUR)
          .withFunction('worker', { duration: constant(0), errorRate: 1, async: { maximumEventAge } })
          .build(),
      ).started;
    expect([started(60 * SECOND), started(180 * SECOND), started(180 * SECOND - 1)]).toEqual([
      [0, 60],
      [0, 60, 180],
      [0, 60],
    ]);
  });

  it('while it runs goes on, and is not tried again', () => {
    const { run, started } = attemptsOf(
      oneEvent(HOUR)
        .withFunction('worker', { duration: constant(5 * MINUTE), errorRate: 1, async: { maximumEventAge: MINUTE } })
        .build(),
    );
    expect(started).toEqual([0]);
    expect(run.functions.worker).toMatchObject({ invocations: 1, errors: 1, async: { dropped: 1 } });
  });
});

describe('overridden rules', () => {
  it('let events in that are larger and wait longer than AWS lets them, and keep their ages', () => {
    const DAY = 24 * HOUR;
    const { run } = attemptsOf(
      oneEvent(40 * DAY)
        .rules({
          'async-dispatch': { latency: constant(30 * DAY) },
          'async-event-age': { default: 60 * DAY, minimum: 0, maximum: 60 * DAY },
          'payload-limits': { asynchronous: 6 * 1024 * KB },
        })
        .withFunction('worker', { async: { maximumEventAge: 60 * DAY } })
        .withTraffic(
          'large',
          'worker',
          { kind: 'burst', at: 0, count: 3 },
          { via: 'event', invocation: 'Event', payload: 6 * 1024 * KB },
        )
        .build(),
    );
    expect(run.functions.worker!.async).toMatchObject({ received: 4, succeeded: 4, dropped: 0 });
    expect(run.functions.worker!.async.age).toMatchObject({ count: 4, min: 30 * 86_400_000, max: 30 * 86_400_000 });
  });
});

describe('an event that is always throttled', () => {
  const scenario = oneEvent(7 * HOUR)
    .account({ otherConcurrency: [{ at: 0, amount: 1000 }] })
    .withFunction('worker');

  it('is tried 80 times in six hours, each wait twice the one before up to five minutes, and dropped at its age (T14)', () => {
    const { run, refused } = attemptsOf(scenario.build());
    const expected = [0, 1, 3, 7, 15, 31, 63, 127, 255, 511];
    while (expected.length < 80) expected.push(expected[expected.length - 1]! + 300);
    expect(refused).toEqual(expected);
    expect(refused[79]).toBe(21_511);
    expect(run.functions.worker).toMatchObject({
      invocations: 0,
      throttles: 80,
      throttlesByReason: { ConcurrentInvocationLimitExceeded: 80 },
      async: { received: 1, dropped: 1, throttledAttempts: 80, retries: 0 },
    });
    const waiting = (duration: number) =>
      attemptsOf(scenario.run({ duration }).build()).run.functions.worker!.async.waiting;
    expect([waiting(21_600 * SECOND - 1), waiting(21_600 * SECOND)]).toEqual([1, 0]);
  });

  it('uses up no retry, and waits one second again after a function error', () => {
    const { started, refused } = attemptsOf(
      oneEvent(HOUR)
        .account({
          otherConcurrency: [
            { at: 0, amount: 1000 },
            { at: 10 * SECOND, amount: 0 },
            { at: 70 * SECOND, amount: 1000 },
            { at: 80 * SECOND, amount: 0 },
          ],
        })
        .withFunction('worker', { duration: constant(0), errorRate: 1 })
        .build(),
    );
    expect(refused).toEqual([0, 1, 3, 7, 75, 76, 78]);
    expect(started).toEqual([15, 82, 202]);
  });

  it('waits a random part of it where the rule says so', () => {
    const jittered = scenario.rules({ 'async-throttle-backoff': { jitter: 'full' } }).build();
    const { refused, run } = attemptsOf({ ...jittered, run: { ...jittered.run, duration: 7 * HOUR } });
    expect(refused.length).toBeGreaterThan(100);
    expect(run.functions.worker!.async).toMatchObject({ dropped: 1, throttledAttempts: refused.length });
  });
});

describe('an event of a function that is stopped or out', () => {
  it('is dropped at once where the reservation is 0', () => {
    const { run, refused } = attemptsOf(oneEvent(HOUR).withFunction('worker', { reservedConcurrency: 0 }).build());
    expect(refused).toEqual([]);
    expect(run.functions.worker).toMatchObject({ throttles: 0, async: { received: 1, dropped: 1 } });
  });

  it('waits through an outage of Lambda as through throttles', () => {
    const { run, started, refused } = attemptsOf(
      oneEvent(HOUR)
        .account({ outages: [{ at: 0, for: 10 * SECOND, share: 1 }] })
        .withFunction('worker')
        .build(),
    );
    expect([refused, started]).toEqual([[0, 1, 3, 7], [15]]);
    expect(run.functions.worker).toMatchObject({
      serviceErrors: 4,
      throttles: 0,
      async: { serviceErrorAttempts: 4, succeeded: 1 },
    });
  });
});

describe('what becomes of an event', () => {
  it('is handed to destinations and dead-letter queue, each where it belongs', () => {
    const scenario = oneEvent(HOUR)
      .withQueue('done')
      .withQueue('failed')
      .withQueue('dlq')
      .withFunction('worker', {
        duration: constant(0),
        errorRate: 0.5,
        async: { onSuccess: 'done', onFailure: 'failed', deadLetterQueue: 'dlq' },
      })
      .withTraffic('more', 'worker', 10, { via: 's3', invocation: 'Event' })
      .build();
    const { functions, queues, traffic } = simulate(scenario);
    const { received, succeeded, dropped, waiting, running } = functions.worker!.async;
    expect(succeeded + dropped + waiting + running).toBe(received);
    expect([queues.done!.sent, queues.failed!.sent, queues.dlq!.sent]).toEqual([succeeded, dropped, dropped]);
    expect(dropped / (succeeded + dropped)).toBeCloseTo(1 / 8, 1);
    expect(traffic.more).toMatchObject({ offered: received - 1, succeeded: received - 1, failed: 0, unfinished: 0 });
  });

  it('is a delivery failure where the record is too large for its target', () => {
    const scenario = aScenario()
      .asOf('2025-06-01')
      .withQueue('done')
      .withFunction('worker', { async: { onSuccess: 'done' } })
      .withTraffic(
        'events',
        'worker',
        { kind: 'burst', at: 0, count: 3 },
        { via: 'event', invocation: 'Event', payload: 256 * KB },
      )
      .build();
    expect(simulate(scenario)).toMatchObject({
      queues: { done: { sent: 0 } },
      functions: { worker: { async: { succeeded: 3 } } },
    });
  });

  it('may happen twice: a copy runs and is billed, and is counted apart', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { async: { duplicateRate: 0.25 } })
      .withTraffic('events', 'worker', 10, { via: 'event', invocation: 'Event' })
      .build();
    const { invocations, async, billed } = simulate(scenario).functions.worker!;
    expect(async.duplicates / async.received).toBeCloseTo(0.25, 1);
    expect(async.succeeded + async.waiting + async.running).toBe(async.received);
    expect(Math.abs(invocations - async.received - async.duplicates)).toBeLessThan(5);
    expect(billed.requests).toBe(invocations);
  });

  it('of a copy is handed over as well where it succeeds, and is nobody else where it fails', () => {
    const twice = (errorRate: number) =>
      simulate(
        oneEvent(HOUR)
          .withQueue('done')
          .withQueue('failed')
          .withFunction('worker', {
            duration: constant(0),
            errorRate,
            async: { duplicateRate: 1, onSuccess: 'done', onFailure: 'failed' },
          })
          .build(),
      );
    expect(twice(0)).toMatchObject({
      queues: { done: { sent: 2 }, failed: { sent: 0 } },
      functions: { worker: { invocations: 2, async: { received: 1, succeeded: 1, duplicates: 1 } } },
    });
    expect(twice(1)).toMatchObject({
      queues: { done: { sent: 0 }, failed: { sent: 1 } },
      functions: { worker: { invocations: 6, async: { received: 1, dropped: 1, retries: 2, duplicates: 1 } } },
    });
  });

  it('counts from the end of the warm-up as what has just come', () => {
    const scenario = oneEvent(7 * HOUR)
      .run({ duration: 20 * MINUTE, warmUp: 10 * MINUTE })
      .account({ otherConcurrency: [{ at: 0, amount: 1000 }] })
      .withFunction('worker')
      .build();
    expect(simulate(scenario).functions.worker!.async).toMatchObject({ received: 1, waiting: 1, throttledAttempts: 2 });
  });
});
