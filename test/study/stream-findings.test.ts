/** What a run says of its streams, word by word. */
import { describe, expect, test } from 'vitest';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';
import type { Finding } from '../../src/results/run-result.js';
import type { Scenario } from '../../src/scenario/types.js';
import { evidenceOf } from '../../src/study/evidence.js';
import { findingsOf } from '../../src/study/findings.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant, streamMapping } from '../support/a-scenario.js';

function findingsIn(scenario: Scenario): Finding[] {
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  return findingsOf(scenario, simulation.result(), evidenceOf(simulation)).filter(({ resource }) =>
    resource.startsWith('streams.'),
  );
}

const brief = (findings: readonly Finding[]) => findings.map(({ limit, knob }) => [limit, knob]);

describe('findings of streams', () => {
  test('what grows older, by how much, and the lanes that would cure it', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(400 * MILLISECOND), eventSources: [streamMapping('clicks')] })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 417, { arrivals: { kind: 'regular' } })
      .build();
    // 250 of 417 a second: 0.4 s a second.
    expect(findingsIn(scenario)).toEqual([
      {
        resource: 'streams.clicks',
        limit: 'IteratorAge',
        from: 1_800,
        to: 3_600,
        message:
          'What worker reads of clicks grows older by 0.4 s a second: of the shard furthest behind it takes 60% of what comes; raise parallelizationFactor to 2.',
        knob: 'functions.worker.eventSources[0].parallelizationFactor',
      },
    ]);
  });

  test('what no number of lanes cures', () => {
    const eventSources = [streamMapping('clicks', { batchSize: 10, parallelizationFactor: 5 })];
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(SECOND), eventSources })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 200)
      .build();
    expect(brief(findingsIn(scenario))).toEqual([['IteratorAge', 'streams.clicks.shards']]);
  });

  test('nothing, where the reader keeps up', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(100 * MILLISECOND), eventSources: [streamMapping('clicks')] })
      .withStream('clicks', { shards: 2 })
      .withTraffic('web', 'clicks', 200)
      .build();
    expect(findingsIn(scenario)).toEqual([]);
  });

  test('a shard that a failing batch blocks, since when, and what ends it', () => {
    const scenario = aScenario()
      .rules({ 'stream-polling': { spread: false } })
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(0), errorRate: 1, eventSources: [streamMapping('clicks')] })
      .withStream('clicks', { backlog: 10 })
      .build();
    const [finding] = findingsIn(scenario);
    expect(finding).toMatchObject({ limit: 'BlockedShard', from: 1, to: 3_600 });
    expect(finding!.knob).toBe('functions.worker.eventSources[0].maximumRetryAttempts');
    expect(finding!.message).toMatch(
      /^Shard 0 of clicks was blocked for worker by a record that fails on every try, from 1 s on for 59 min [\d.]+ s, and still is: while its batch fails, what follows waits, and it is sent again until its records expire, 24 h after they were written\.$/,
    );
  });

  test('writes that a hot shard rejects, and the key that makes it hot', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withFunction('worker', { duration: constant(0), eventSources: [streamMapping('clicks')] })
      .withStream('clicks', { shards: 8 })
      .withTraffic('web', 'clicks', 3_000, { key: { count: 100, skew: 2 } })
      .build();
    const [finding] = findingsIn(scenario);
    expect([finding!.limit, finding!.knob]).toEqual(['WriteProvisionedThroughputExceeded', 'traffic.web.key']);
    expect(finding!.message).toContain('more shards cannot split one');
  });

  test('records that were given up, and that nobody was told', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withFunction('worker', {
        duration: constant(0),
        errorRate: 0.2,
        eventSources: [streamMapping('clicks', { maximumRetryAttempts: 0 })],
      })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 100)
      .build();
    const [finding] = findingsIn(scenario);
    expect([finding!.limit, finding!.knob]).toEqual([
      'RecordsDiscarded',
      'functions.worker.eventSources[0].bisectBatchOnFunctionError',
    ]);
    expect(finding!.message).toContain('nobody was told');
  });

  test('more functions than a shard gives reads', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 1);
    for (let i = 0; i < 8; i++)
      scenario.withFunction(`f${i}`, { duration: constant(0), eventSources: [streamMapping('clicks')] });
    expect(brief(findingsIn(scenario.build()))).toEqual([
      ['ReadProvisionedThroughputExceeded', 'streams.clicks.consumer'],
    ]);
  });
});
