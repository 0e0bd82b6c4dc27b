/** Every figure with its interval over replications. */
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import { estimatesOf } from '../../src/study/estimates.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario } from '../support/a-scenario.js';
import { aFunctionResult, aRun, aTrafficResult, NO_SUMMARY } from '../support/some-results.js';

const NO_PARTS = { wait: 0, overhead: 0, init: 0, handler: 0, downstream: 0, retryWait: 0 };

describe('estimates', () => {
  test('of one run are empty', () => {
    expect(estimatesOf([aRun()])).toEqual({});
  });

  test('name every numeric figure of a run by its path, and no setting or list', () => {
    const paths = Object.keys(estimatesOf([aRun(), aRun({ seed: 2 })]));
    expect(paths.slice(0, 4)).toEqual([
      'account.concurrency.mean',
      'account.concurrency.max',
      'account.throttles',
      'functions.api.invocations',
    ]);
    expect(paths).toEqual(expect.arrayContaining(['traffic.web.latency.p999', 'bill.monthly', 'bill.total']));
    expect(paths.filter((path) => /seed|lines|versions/.test(path))).toEqual([]);
  });

  test('count a reason that a replication never met as 0, and leave out a figure it does not have', () => {
    const throttled = (throttlesByReason: Record<string, number>) =>
      aRun({ functions: { api: aFunctionResult({ throttlesByReason }) } });
    const estimates = estimatesOf([throttled({ EniLimit: 4 }), throttled({})]);
    expect(estimates['functions.api.throttlesByReason.EniLimit']?.mean).toBe(2);

    const silent = aRun({ traffic: { web: aTrafficResult({ latency: NO_SUMMARY, parts: NO_PARTS }) } });
    const some = estimatesOf([aRun(), silent, aRun()]);
    expect(some['traffic.web.latency.p99']).toEqual({ mean: 360, low: 360, high: 360 });
    expect(some['traffic.web.parts.handler']?.mean).toBe(aTrafficResult().parts.handler);
    const few = estimatesOf([aRun(), silent]);
    expect([few['traffic.web.latency.p99'], few['traffic.web.parts.handler']]).toEqual([undefined, undefined]);
  });

  test('go no lower than 0', () => {
    const throttled = (throttles: number) => aRun({ account: { concurrency: { mean: 1, max: 1 }, throttles } });
    const { mean, low } = estimatesOf([0, 0, 9].map(throttled))['account.throttles']!;
    expect([mean, low]).toEqual([3, 0]);
  });

  test('of ten replications hold what theory says in their interval: M/D/infinity at 5/s and 0.2 s, seed 11', () => {
    const scenario = aScenario()
      .withFunction('api', { duration: { kind: 'constant', value: 0.2 * SECOND } })
      .withTraffic('web', 'api', 5)
      .run({ seed: 11 })
      .build();
    const runs = Array.from({ length: 10 }, (_, replication) => {
      const simulation = new Simulation(scenario, { replication });
      simulation.advance();
      return simulation.result();
    });
    expect(runs[0]).toEqual(simulate(scenario));
    const { low, high } = estimatesOf(runs)['functions.api.concurrency.mean']!;
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    expect(high - low).toBeLessThan(0.05);
  });
});
