/** The estimate that refuses a run against the events that the run then takes. */
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/engine/units.js';
import type { TrafficShape } from '../../src/scenario/types.js';
import { expectedEvents } from '../../src/study/expected-events.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant, reads, streamMapping } from '../support/a-scenario.js';

const SHAPES: readonly (readonly [string, TrafficShape])[] = [
  ['a rate', { kind: 'rate', rate: 20 }],
  ['a schedule', { kind: 'schedule', expression: 'rate(1 minute)', timezone: 'UTC' }],
  ['a burst', { kind: 'burst', at: MINUTE, count: 900 }],
  ['users', { kind: 'users', count: 50, thinkTime: constant(5_000_000) }],
];

test.each(SHAPES)('the events of %s are near those that were expected', (_, shape) => {
  for (const extensions of [undefined, { init: constant(0), after: constant(10_000) }]) {
    const scenario = aScenario()
      .withFunction('api', { extensions })
      .withTraffic('web', 'api', shape)
      .run({ duration: HOUR })
      .build();
    const simulation = new Simulation(scenario, { timeline: true });
    simulation.advance();
    // Beyond the requests there are the timers of environments and sources.
    expect(simulation.events / expectedEvents(scenario)).toBeGreaterThan(0.9);
    expect(simulation.events / expectedEvents(scenario)).toBeLessThan(1.25);
  }
});

test('twice the rate and twice the time are about twice the events', () => {
  const events = (rate: number, duration: number) =>
    expectedEvents(
      aScenario().withFunction('api').withTraffic('web', 'api', rate).run({ duration, timeline: HOUR }).build(),
    );
  expect(events(100, DAY)).toBe(2 * 100 * 86_400 + 24);
  expect(events(200, DAY)).toBe(4 * 100 * 86_400 + 24);
  expect(events(100, 2 * DAY)).toBe(2 * events(100, DAY));
});

test.each([1, 10])('the events of a backlog in batches of %d are near those that were expected', (batchSize) => {
  const scenario = aScenario()
    .run({ duration: HOUR })
    .withQueue('orders', { backlog: 100_000 })
    .withFunction('worker', { eventSources: [reads('orders', { batchSize })] })
    .build();
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  expect(simulation.events / expectedEvents(scenario)).toBeGreaterThan(0.9);
  expect(simulation.events / expectedEvents(scenario)).toBeLessThan(1.25);
});

test('messages count with their batches, shared by the functions of a queue and had by each of a stream', () => {
  const events = (queueReaders: number, streamReaders: number) => {
    const scenario = aScenario()
      .run({ duration: HOUR, timeline: HOUR })
      .withQueue('orders', { backlog: 1_000 })
      .withStream('clicks', { backlog: 1_000 })
      .withTraffic('web', 'orders', { kind: 'burst', at: 0, count: 500 });
    for (let i = 0; i < queueReaders; i++) scenario.withFunction(`q${i}`, { eventSources: [reads('orders')] });
    for (let i = 0; i < streamReaders; i++)
      scenario.withFunction(`s${i}`, { eventSources: [streamMapping('clicks', { batchSize: 100 })] });
    return expectedEvents(scenario.build());
  };
  // A bucket of the timeline and 500 arrivals; 3 events for each 10 messages; 2 for each 100 records.
  expect(events(0, 0)).toBe(501);
  expect(events(1, 0)).toBeCloseTo(501 + 450, 9);
  expect(events(2, 0)).toBeCloseTo(501 + 450, 9);
  expect(events(0, 3)).toBeCloseTo(501 + 60, 9);
});
