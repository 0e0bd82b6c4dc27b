/** How sure some replications are: the interval of what the scenario asks first. */
import { expect, test } from 'vitest';
import { precisionOf } from '../../src/study/precision.js';
import { aScenario } from '../support/a-scenario.js';
import { aRun, aSummary, aTrafficResult } from '../support/some-results.js';

const runs = [100, 110, 120].map((p50) =>
  aRun({ traffic: { web: aTrafficResult({ latency: aSummary(p50) }) }, bill: { ...aRun().bill, monthly: 50 } }),
);

test('is that of the first threshold', () => {
  const threshold = {
    expression: '',
    statistic: 'p50',
    path: ['traffic', 'web', 'latency'],
    comparison: '<',
    value: 1,
    severity: 'fail',
  } as const;
  const precision = precisionOf(aScenario().withThresholds(threshold).build(), runs);
  expect(precision!.of).toBe('p50(traffic.web.latency)');
  // Student's t with 2 degrees of freedom is 4.3027: 4.3027 x 10 / sqrt 3 / 110.
  expect(precision!.halfWidth).toBeCloseTo(0.22583, 4);
});

test('is that of the bill where nothing is asked', () => {
  expect(precisionOf(aScenario().build(), runs)).toEqual({ of: 'mean(bill.monthly)', halfWidth: 0 });
});

test('is not known of one replication, nor of a figure that is 0', () => {
  expect(precisionOf(aScenario().build(), runs.slice(0, 1))).toBeUndefined();
  const free = runs.map((run) => ({ ...run, bill: { ...run.bill, monthly: 0 } }));
  expect(precisionOf(aScenario().build(), free)).toBeUndefined();
});
