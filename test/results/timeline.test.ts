import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant, reads, type ScenarioBuilder } from '../support/a-scenario.js';

/** `[minute, metric, value]` of one resource. */
function rows(scenario: ScenarioBuilder, resource: string): [number, string, number][] {
  const simulation = new Simulation(scenario.build(), { timeline: true });
  simulation.advance();
  return [...simulation.timeline!.rows()]
    .filter((row) => row.resource === resource && row.metric !== 'EstimatedCharges')
    .map(({ at, metric, value }) => [at / MINUTE, metric, value]);
}

const at = (instants: number[], fn = {}) =>
  aScenario()
    .run({ duration: 5 * MINUTE })
    .withFunction('f', { duration: constant(90 * SECOND), ...fn })
    .withTraffic('web', 'f', { kind: 'trace-instants', instants });

describe('the timeline', () => {
  // AWS Lambda Developer Guide, "Types of metrics for Lambda functions": stamped with the minute in which the invocation began.
  it('stamps an invocation with the bucket in which it began, and counts what runs in every bucket', () => {
    expect(rows(at([30 * SECOND, 40 * SECOND, 70 * SECOND]), 'functions.f')).toEqual([
      [0, 'Invocations', 2],
      [0, 'Errors', 0],
      [0, 'Duration', 90_000],
      [0, 'Duration.Maximum', 90_000],
      [0, 'ColdStarts', 2],
      [0, 'Throttles', 0],
      [0, 'ConcurrentExecutions', 2],
      [1, 'Invocations', 1],
      [1, 'Errors', 0],
      [1, 'Duration', 90_000],
      [1, 'Duration.Maximum', 90_000],
      [1, 'ColdStarts', 1],
      [1, 'Throttles', 0],
      [1, 'ConcurrentExecutions', 3],
      // The first ended at the very end of the bucket before.
      [2, 'ConcurrentExecutions', 2],
    ]);
  });

  it('shows what runs on provisioned concurrency, and its share of what is configured', () => {
    const shown = rows(at([0, 1, 2], { provisionedConcurrency: 2 }), 'functions.f').filter(
      ([minute, metric]) => minute === 0 && /^Prov/.test(metric),
    );
    expect(shown).toEqual([
      [0, 'ProvisionedConcurrentExecutions', 2],
      [0, 'ProvisionedConcurrencyUtilization', 1],
      [0, 'ProvisionedConcurrencyInvocations', 2],
      [0, 'ProvisionedConcurrencySpilloverInvocations', 1],
    ]);
  });

  it('claims for the account what is reserved and provisioned, used or not, and what runs beside it (Z8)', () => {
    const scenario = at([0, 1, 2], { provisionedConcurrency: 2 })
      .withFunction('kept', { reservedConcurrency: 40, provisionedConcurrency: 10, duration: constant(90 * SECOND) })
      .withTraffic('other', 'kept', { kind: 'burst', at: 0, count: 15 });
    expect(rows(scenario, 'account').slice(0, 3)).toEqual([
      [0, 'ConcurrentExecutions', 18],
      [0, 'UnreservedConcurrentExecutions', 1],
      [0, 'ClaimedAccountConcurrency', 2 + 40 + 1],
    ]);
  });

  it.each([
    ['2019-12-02', []],
    ['2019-12-03', ['ProvisionedConcurrentExecutions', 'ProvisionedConcurrencyInvocations']],
  ])('on %s has of provisioned concurrency what CloudWatch had', (day, expected) => {
    const shown = rows(at([0], { provisionedConcurrency: 2 }).asOf(day), 'functions.f').map(([, metric]) => metric);
    const provisioned = shown.filter((metric) => metric.startsWith('Provisioned'));
    expect(provisioned).toEqual(expected.length === 0 ? [] : expect.arrayContaining(expected));
  });

  it.each([
    ['2023-11-25', 0],
    ['2023-11-26', 2],
  ])('on %s has the claimed concurrency of %i minutes: the metric came with per-function scaling', (day, minutes) => {
    const shown = rows(at([0]).asOf(day), 'account').filter(([, metric]) => metric === 'ClaimedAccountConcurrency');
    expect(shown).toHaveLength(minutes);
  });

  it('has in its last bucket what falls due at the very end, so that the buckets add up to the results', () => {
    // Long polls of 20 s end at 5 min, and the third of three runs of 150 s, one after the other, begins then.
    const retry = {
      kind: 'backoff',
      interval: 150 * SECOND,
      backoffRate: 1,
      maximumDelay: 150 * SECOND,
      jitter: 'none',
      maximumAttempts: 3,
      on: ['throttle'],
    } as const;
    const simulation = new Simulation(
      aScenario()
        .run({ duration: 5 * MINUTE })
        .withQueue('orders')
        .withFunction('worker', { eventSources: [reads('orders')] })
        .withFunction('f', { reservedConcurrency: 1, duration: constant(150 * SECOND), timeout: 10 * MINUTE })
        .withTraffic('web', 'f', { kind: 'trace-instants', instants: [0, 0, 0] }, { retry })
        .build(),
      { timeline: true },
    );
    simulation.advance();
    const { functions, queues } = simulation.result();
    const { invocations, throttles } = functions.f!;
    const total = (resource: string, metric: string) =>
      [...simulation.timeline!.rows()]
        .filter((row) => row.resource === resource && row.metric === metric)
        .reduce((sum, { value }) => sum + value, 0);
    expect({ invocations, throttles }).toEqual({ invocations: 3, throttles: 3 });
    expect(total('functions.f', 'Invocations')).toBe(invocations);
    expect(total('functions.f', 'Throttles')).toBe(throttles);
    expect(total('queues.orders', 'NumberOfEmptyReceives')).toBe(queues.orders!.emptyReceives);
  });

  it('says nothing where nothing happened', () => {
    expect(rows(at([]), 'functions.f')).toEqual([]);
    expect(rows(at([]), 'account')).toEqual([]);
  });

  it('shows a client what it saw in the bucket in which it was answered', () => {
    const scenario = at([30 * SECOND, 50 * SECOND], { errorRate: 0, reservedConcurrency: 1 });
    expect(rows(scenario, 'traffic.web').filter(([, metric]) => metric !== 'Requests')).toEqual([
      [0, 'Throttled', 1],
      [2, 'Latency', 90_000],
      [2, 'Latency.p50', 90_000],
      [2, 'Latency.p99', 90_000],
      [2, 'Latency.Maximum', 90_000],
    ]);
  });
});
