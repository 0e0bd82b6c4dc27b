/** Whatever sends to a queue feeds its reader: traffic, calls, topics, destinations, dead letters; and a chain through a queue ends. */
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/engine/units.js';
import { evidenceOf } from '../../../src/study/evidence.js';
import { simulate } from '../../../src/study/simulate.js';
import { Simulation } from '../../../src/study/simulation.js';
import { aCall, aScenario, constant, reads, type ScenarioBuilder } from '../../support/a-scenario.js';

const SENDERS: Readonly<Record<string, (scenario: ScenarioBuilder) => ScenarioBuilder>> = {
  traffic: (scenario) =>
    scenario.withTraffic('web', 'orders', { kind: 'burst', at: 0, count: 7 }, { invocation: 'Event' }),
  calls: (scenario) =>
    scenario
      .withFunction('front', { calls: [aCall('orders')] })
      .withTraffic('web', 'front', { kind: 'burst', at: 0, count: 7 }),
  topics: (scenario) =>
    scenario
      .withTopic('placed', [{ to: 'orders', filter: 1 }])
      .withTraffic('web', 'placed', { kind: 'burst', at: 0, count: 7 }, { invocation: 'Event' }),
  destinations: (scenario) =>
    scenario
      .withFunction('front', { async: { onSuccess: 'orders' } })
      .withTraffic('web', 'front', { kind: 'burst', at: 0, count: 7 }, { via: 'event', invocation: 'Event' }),
  'dead letters of a function': (scenario) =>
    scenario
      .withFunction('front', { errorRate: 1, async: { deadLetterQueue: 'orders', maximumRetryAttempts: 0 } })
      .withTraffic('web', 'front', { kind: 'burst', at: 0, count: 7 }, { via: 'event', invocation: 'Event' }),
};

describe('messages reach the reader of a queue', () => {
  it.each(Object.keys(SENDERS))('from %s', (sender) => {
    const scenario = SENDERS[sender]!(
      aScenario()
        .run({ duration: 5 * MINUTE })
        .withQueue('orders')
        .withFunction('worker', { timeout: SECOND, eventSources: [reads('orders', { batchSize: 1 })] }),
    ).build();
    const { queues, functions } = simulate(scenario);
    expect(queues.orders).toMatchObject({ sent: 7, received: 7, deleted: 7 });
    expect(functions.worker!.invocations).toBe(7);
  });
});

describe('a function that sends to the queue it reads', () => {
  const loop = (asOf: string) =>
    aScenario()
      .asOf(asOf)
      .run({ duration: 10 * MINUTE })
      .withQueue('orders', { maxReceiveCount: 5, deadLetterQueue: 'dead' })
      .withQueue('dead')
      .withFunction('worker', {
        timeout: SECOND,
        duration: constant(0),
        calls: [aCall('orders')],
        eventSources: [reads('orders', { batchSize: 1 })],
      })
      .withTraffic('web', 'orders', { kind: 'burst', at: 0, count: 3 }, { invocation: 'Event' })
      .build();

  it('is stopped after 16 rounds, and the messages go to the dead-letter queue', () => {
    const scenario = loop('2026-11-21');
    const simulation = new Simulation(scenario, { timeline: true });
    simulation.advance();
    const { functions, queues } = simulation.result();
    expect(functions.worker!.invocations).toBe(3 * 16);
    expect(queues.dead!.sent).toBe(3);
    expect(evidenceOf(simulation).counts.get('functions.worker/recursiveDrops')).toBe(3);
  });

  it('goes on for ever before that was detected', () => {
    const { functions } = simulate(loop('2021-06-01'));
    expect(functions.worker!.invocations).toBeGreaterThan(10_000);
  });
});
