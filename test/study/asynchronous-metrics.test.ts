/** The metrics of asynchronous invocation in the timeline, by the names and in the minutes that CloudWatch has. */
import { expect, it } from 'vitest';
import { KB, MINUTE } from '../../src/engine/units.js';
import type { Scenario } from '../../src/scenario/types.js';
import { Simulation } from '../../src/study/simulation.js';
import { aCall, aScenario, constant, type FunctionChanges } from '../support/a-scenario.js';

/** Minute → value, of one metric of `worker`. */
function minutes(scenario: Scenario, metric: string): Record<number, number> {
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  const rows = [...simulation.timeline!.rows()].filter(
    (row) => row.resource === 'functions.worker' && row.metric === metric && row.value !== 0,
  );
  return Object.fromEntries(rows.map(({ at, value }) => [at / MINUTE, value]));
}

/** Four events at 0, tried at once. */
function four(fn: FunctionChanges, asOf = '2026-11-21', payload = KB): Scenario {
  return aScenario()
    .asOf(asOf)
    .run({ duration: 10 * MINUTE })
    .rules({ 'async-dispatch': { latency: constant(0) } })
    .withQueue('mail')
    .withTopic('news', [{ to: 'mail', filter: 1 }])
    .withFunction('worker', { duration: constant(0), ...fn })
    .withTraffic('events', 'worker', { kind: 'burst', at: 0, count: 4 }, { via: 'event', invocation: 'Event', payload })
    .build();
}

const failing: FunctionChanges = { errorRate: 1 };

it('AsyncEventsReceived and AsyncEventsDropped are of the minute in which it happened', () => {
  expect(minutes(four(failing), 'AsyncEventsReceived')).toEqual({ 0: 4 });
  expect(minutes(four(failing), 'AsyncEventsDropped')).toEqual({ 3: 4 });
});

it('AsyncEventAge grows with each attempt, in ms', () => {
  expect(minutes(four(failing), 'AsyncEventAge')).toEqual({ 1: 60_000, 3: 180_000 });
  expect(minutes(four(failing), 'AsyncEventAge.Maximum')).toEqual({ 1: 60_000, 3: 180_000 });
});

it('DeadLetterErrors and DestinationDeliveryFailures are of hand-overs that were not taken', () => {
  // An event may be 1 MB, an SNS message 256 KB.
  const refused = four({ ...failing, async: { deadLetterQueue: 'news', onFailure: 'news' } }, '2026-11-21', 300 * KB);
  expect(minutes(refused, 'DeadLetterErrors')).toEqual({ 3: 4 });
  expect(minutes(refused, 'DestinationDeliveryFailures')).toEqual({ 3: 4 });
  const taken = four({ ...failing, async: { deadLetterQueue: 'mail', onFailure: 'mail' } }, '2026-11-21', 300 * KB);
  for (const metric of ['DeadLetterErrors', 'DestinationDeliveryFailures']) expect(minutes(taken, metric)).toEqual({});
});

it('RecursiveInvocationsDropped counts the chains that Lambda stopped, which are dropped and handed over as well', () => {
  const loop = (asOf: string) =>
    four({ calls: [aCall('worker', { invocation: 'Event' })], async: { onFailure: 'mail' } }, asOf);
  expect(minutes(loop('2024-06-01'), 'RecursiveInvocationsDropped')).toEqual({ 0: 4 });
  expect(minutes(loop('2024-06-01'), 'AsyncEventsDropped')).toEqual({ 0: 4 });
  const simulation = new Simulation(loop('2024-06-01'));
  simulation.advance();
  expect(simulation.result().queues.mail!.sent).toBe(4);
});

it('are none before CloudWatch had them', () => {
  expect(minutes(four(failing, '2021-06-01'), 'AsyncEventsReceived')).toEqual({});
});
