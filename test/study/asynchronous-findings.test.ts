/** Why events were lost, what came back to where it began, and what a dependency refused. */
import { expect, it } from 'vitest';
import { KB, MB, MILLISECOND, MINUTE } from '../../src/engine/units.js';
import type { Scenario } from '../../src/scenario/types.js';
import { evidenceOf } from '../../src/study/evidence.js';
import { findingsOf } from '../../src/study/findings.js';
import { Simulation } from '../../src/study/simulation.js';
import { aCall, aScenario, constant } from '../support/a-scenario.js';

function found(scenario: Scenario): string[][] {
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  return findingsOf(scenario, simulation.result(), evidenceOf(simulation)).map(({ limit, knob }) => [limit, knob]);
}

const loop = (asOf: string) =>
  aScenario()
    .asOf(asOf)
    .run({ duration: 5 * MINUTE })
    .withFunction('thumb', { calls: [aCall('thumb', { invocation: 'Event' })] })
    .withTraffic('uploads', 'thumb', { kind: 'burst', at: 0, count: 3 }, { via: 's3', invocation: 'Event' })
    .build();

it('a chain that comes back is named, whether Lambda stops it or not', () => {
  for (const day of ['2022-06-01', '2024-06-01'])
    expect(found(loop(day))[0]).toEqual(['Recursion', 'functions.thumb.calls']);
});

it('a chain ends after 16 rounds since July 2023', () => {
  const invocations = (day: string) => {
    const simulation = new Simulation(loop(day));
    simulation.advance();
    return simulation.result().functions.thumb!.invocations;
  };
  expect(invocations('2024-06-01')).toBe(3 * 16);
  expect(invocations('2022-06-01')).toBeGreaterThan(3 * 1000);
});

it('dropped events and refused connections have their knobs', () => {
  const scenario = aScenario()
    .withFunction('worker', { errorRate: 1 })
    .withFunction('api', { duration: constant(1000), calls: [aCall('db')] })
    .withDependency('db', 1000, { maxConnections: 1, connection: { time: constant(0), per: 'environment' } })
    .withTraffic('events', 'worker', 1, { via: 'event', invocation: 'Event' })
    .withTraffic('web', 'api', { kind: 'burst', at: 0, count: 3 })
    .build();
  const findings = found(scenario);
  expect(findings).toContainEqual(['AsyncEventsDropped', 'functions.worker.async.onFailure']);
  expect(findings).toContainEqual(['MaxConnections', 'dependencies.db.maxConnections']);
});

it('paying for a wait is named, and goes away with the calls', () => {
  const api = (calls: ReturnType<typeof aCall>[]) =>
    aScenario()
      .withFunction('api', { duration: constant(10 * MILLISECOND), calls })
      .withDependency('db', 100 * MILLISECOND)
      .withTraffic('web', 'api', 1)
      .build();
  expect(found(api([aCall('db')]))).toContainEqual(['Downstream', 'functions.api.calls']);
  expect(found(api([]))).toEqual([]);
});

it('a record that its destination does not take is named, and goes away with its size', () => {
  const failing = (payload: number) =>
    aScenario()
      .withFunction('worker', { errorRate: 1, async: { onFailure: 'failed' } })
      .withQueue('failed')
      .withTraffic('events', 'worker', 1, { via: 'event', invocation: 'Event', payload })
      .build();
  expect(found(failing(MB))).toContainEqual(['DestinationDeliveryFailures', 'functions.worker.async']);
  expect(found(failing(KB)).map(([limit]) => limit)).not.toContain('DestinationDeliveryFailures');
});
