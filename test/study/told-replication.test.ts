/** Which replication findings tell of: one that misses what failed, the first where it does. */
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import type { RunResult } from '../../src/results/run-result.js';
import type { ThresholdSettings } from '../../src/scenario/types.js';
import { evidenceOf } from '../../src/study/evidence.js';
import { resultsOf } from '../../src/study/results-of.js';
import { Simulation } from '../../src/study/simulation.js';
import { toldReplication } from '../../src/study/told-replication.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { aFunctionResult, aRun, aSummary, aTrafficResult } from '../support/some-results.js';

const fewThrottles: ThresholdSettings = {
  expression: 'rate(functions.api.throttles) < 0.1%',
  statistic: 'rate',
  path: ['functions', 'api', 'throttles'],
  comparison: '<',
  value: 0.001,
  severity: 'fail',
};
const fast: ThresholdSettings = {
  ...fewThrottles,
  expression: 'p99(traffic.web.latency) < 300ms',
  statistic: 'p99',
  path: ['traffic', 'web', 'latency'],
  value: 300,
};

/** Of 60,000 attempts each. */
function runsWith(...figures: readonly { throttles?: number; p50?: number }[]): RunResult[] {
  return figures.map(({ throttles = 0, p50 = 10 }) =>
    aRun({
      functions: { api: aFunctionResult({ throttles, invocations: 60_000 - throttles }) },
      traffic: { web: aTrafficResult({ latency: aSummary(p50) }) },
    }),
  );
}

function toldOf(thresholds: readonly ThresholdSettings[], runs: readonly RunResult[]): number {
  return toldReplication({ ...aScenario().withFunction('api').build(), thresholds }, runs);
}

describe('findings tell of', () => {
  test('the replication that misses a failed threshold by most, where the first does not miss it', () => {
    expect(toldOf([fewThrottles], runsWith({}, ...[8000, 9000, 7000, 8500].map((throttles) => ({ throttles }))))).toBe(
      2,
    );
  });

  test('the first, where it misses whatever failed', () => {
    expect(toldOf([fewThrottles], runsWith(...[7000, 9000, 8000].map((throttles) => ({ throttles }))))).toBe(0);
  });

  test('the first, where nothing failed or it is the only one', () => {
    expect(toldOf([fewThrottles], runsWith({}, {}, {}))).toBe(0);
    expect(toldOf([], runsWith({}, { throttles: 9000 }))).toBe(0);
    // The interval of so different runs holds the limit.
    expect(toldOf([fewThrottles], runsWith({}, { throttles: 9000 }))).toBe(0);
    expect(toldOf([fewThrottles], runsWith({ throttles: 9000 }))).toBe(0);
  });

  test('one that misses all that failed, whatever the units, rather than one of them alone', () => {
    const slow = [99, 100, 90, 95, 98].map((p50) => ({ throttles: 8000, p50 }));
    const runs = runsWith({ throttles: 8000, p50: 49 }, ...slow, { throttles: 9000, p50: 49 });
    expect(toldOf([fewThrottles, fast], runs)).toBe(2);
    expect(toldOf([fewThrottles], runs)).toBe(0);
  });
});

test('results name the replication, and take no evidence of another', () => {
  const scenario = aScenario()
    .withFunction('api', { duration: constant(2 * SECOND), reservedConcurrency: 18 })
    .withTraffic('web', 'api', 5)
    .withThresholds({ ...fewThrottles, value: 0, comparison: '<=' })
    .run({ duration: 2 * MINUTE, seed: 4 })
    .build();
  const simulations = Array.from({ length: 12 }, (_, replication) => {
    const simulation = new Simulation(scenario, { replication, timeline: true });
    simulation.advance();
    return simulation;
  });
  const runs = simulations.map((each) => each.result());
  const throttles = runs.map(({ functions }) => functions.api!.throttles);
  const most = throttles.indexOf(Math.max(...throttles));
  const program = { name: 'lambdasim', version: '0' };
  const results = (replication: number) => resultsOf(scenario, runs, program, evidenceOf(simulations[replication]!));
  expect([throttles[0], results(most).thresholds[0]!.verdict]).toEqual([0, 'fail']);
  expect(results(most).toldReplication).toBe(most + 1);
  const [told] = results(most).findings;
  expect(told!.message).toMatch(
    new RegExp(`^In replication ${most + 1} of 12: api was throttled ${throttles[most]} times `),
  );
  expect([told!.from > 0, told!.to < 120]).toEqual([true, true]);
  const [without] = results(0).findings;
  expect({ ...without, from: told!.from, to: told!.to }).toEqual(told);
  expect([without!.from, without!.to]).toEqual([0, 120]);
});
