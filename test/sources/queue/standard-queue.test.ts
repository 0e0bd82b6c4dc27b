/** A standard queue and its mapping against AWS's own numbers and against what follows from them by hand. */
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/engine/units.js';
import { rulebookOf } from '../../../src/rules/rulebook.js';
import { effectiveVisibility, sqsVisibility } from '../../../src/rules/sqs-visibility.js';
import type { Scenario } from '../../../src/scenario/types.js';
import { simulate } from '../../../src/study/simulate.js';
import { aScenario, constant, reads } from '../../support/a-scenario.js';
import { seconds, traced } from '../../support/invocation-trace.js';

const DAY = 24 * HOUR;
/** Receives and deletes that take no time. */
const AT_ONCE = { 'sqs-polling': { receive: 0, delete: 0 } };

function drain(asOf: string, backlog: number, duration: number, run: number): Scenario {
  return aScenario()
    .asOf(asOf)
    .run({ duration: run })
    .rules(AT_ONCE)
    .account({ concurrencyLimit: 10_000 })
    .withQueue('orders', { backlog, visibilityTimeout: 10 * MINUTE })
    .withFunction('worker', { duration: constant(duration), eventSources: [reads('orders')], timeout: 5 * MINUTE })
    .build();
}

/** Invocations that run at each instant, just after it. */
function runningAt(scenario: Scenario, instants: readonly number[]): number[] {
  const { attempts } = traced(scenario);
  return instants.map((at) => attempts.filter((one) => one.startedAt <= at && one.endsAt > at).length);
}

describe('a mapping of a standard queue', () => {
  it.each([
    ['2019-12-31', [5, 65, 125, 185]],
    ['2024-06-01', [5, 305, 605, 905]],
  ])('on %s works on %j batches of a deep queue in minutes 0, 1, 2, 3', (asOf, expected) => {
    const scenario = drain(asOf, 100_000, 60 * SECOND, 4 * MINUTE - 1);
    expect(runningAt(scenario, [0, MINUTE, 2 * MINUTE, 3 * MINUTE])).toEqual(expected);
  });

  it.each([
    ['2019-12-31', 226],
    ['2024-06-01', 124],
  ])('on %s drains 100,000 messages in batches of 10 that take 2 s in %d s', (asOf, expected) => {
    const { result, attempts } = traced(drain(asOf, 100_000, 2 * SECOND, 10 * MINUTE));
    expect(seconds(Math.max(...attempts.map(({ endsAt }) => endsAt)))).toBe(expected);
    const { sent, deleted, visible, inFlight } = result.queues.orders!;
    expect({ sent, deleted, visible, inFlight }).toEqual({ sent: 100_000, deleted: 100_000, visible: 0, inFlight: 0 });
    expect(attempts).toHaveLength(10_000);
  });

  it.each([
    ['2019-12-31', 648_000],
    ['2024-06-01', 259_200],
  ])('on %s makes %d empty receives in 30 idle days, each a request on the bill', (asOf, expected) => {
    const scenario = aScenario()
      .asOf(asOf)
      .run({ duration: 30 * DAY })
      .withQueue('orders')
      .withFunction('worker', { timeout: 30 * SECOND, eventSources: [reads('orders')] })
      .build();
    const { queues, bill } = simulate(scenario);
    expect(queues.orders!.emptyReceives).toBe(expected);
    expect(bill.lines.map(({ service, quantity }) => [service, quantity])).toEqual([['Amazon SQS', expected]]);
  });

  it('keeps messages invisible for window, timeout and half a minute where that is longer than their queue says', () => {
    const rule = rulebookOf('2024-06-01').value(sqsVisibility);
    expect(seconds(effectiveVisibility(rule, 60 * SECOND, 60 * SECOND, 30 * SECOND))).toBe(120);
    expect(seconds(effectiveVisibility(rule, 60 * SECOND, 0, 60 * SECOND))).toBe(60);
    expect(seconds(effectiveVisibility(rule, 180 * SECOND, 60 * SECOND, 30 * SECOND))).toBe(180);
  });
});
