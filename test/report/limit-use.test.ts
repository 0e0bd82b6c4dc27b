/** How near a run came to its limits, where the figure alone does not tell. */
import { expect, test } from 'vitest';
import { FigureReader } from '../../src/report/figure-reader.js';
import { limitUses } from '../../src/report/limit-use.js';
import type { LimitInForce } from '../../src/results/run-result.js';
import { aFunctionResult, aRun, aTrafficResult, someResults } from '../support/some-results.js';

function usedOf(limit: LimitInForce, timedOut = 0): number | null {
  const functions = { api: aFunctionResult({ concurrency: { mean: 7, max: 28 } }) };
  const runs = [aRun({ functions, traffic: { web: aTrafficResult({ timedOut }) } })];
  return limitUses(new FigureReader(someResults({ runs, limits: [limit] })))[0]!.used;
}

const inForce = (resource: string, figure: string, setting: string, value: number): LimitInForce => ({
  resource,
  metric: '',
  figure: `${resource}.${figure}`,
  setting: `${resource}.${setting}`,
  value,
});

test('a limit is reached at most', () => {
  expect(usedOf(inForce('functions.api', 'concurrency.max', 'reservedConcurrency', 20))).toBe(1);
  expect(usedOf(inForce('functions.api', 'concurrency.max', 'reservedConcurrency', 28))).toBe(1);
});

test('a client that gave up has reached its timeout, though every latency is below', () => {
  const timeout = inForce('traffic.web', 'latency.max', 'timeout', 1000);
  expect(usedOf(timeout)).toBe(0.6);
  expect(usedOf(timeout, 3)).toBe(1);
});
