/** How near a run came to its limits, where the figure alone does not tell. */
import { expect, test } from 'vitest';
import { FigureReader } from '../../src/report/figure-reader.js';
import { limitUses, theoryText } from '../../src/report/limit-use.js';
import { renderReport } from '../../src/report/report.js';
import type { LimitInForce } from '../../src/results/run-result.js';
import { allKindsOfResults } from '../support/all-kinds-of-results.js';
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

test('a law and what it is held against have the same decimals', () => {
  const texts = (expected: number, simulated: number, law = "Little's law") => {
    const text = theoryText({ resource: '', law, figure: '', expected, simulated, assumes: '' });
    return [text(expected), text(simulated)];
  };
  expect(texts(13.0084, 13)).toEqual(['13.01', '13.00']);
  expect(texts(0.004747, 0.0048432)).toEqual(['0.004747', '0.004843']);
  expect(texts(12_345.6, 9_999.7)).toEqual(['12,346', '10,000']);
  expect(texts(0, 0)).toEqual(['0', '0']);
  expect(texts(0.25, 0.125, 'Erlang B')).toEqual(['25%', '12.5%']);
});

test.each(['html', 'markdown'] as const)('an age is spelled in %s as its threshold spells it', (format) => {
  const { queues } = allKindsOfResults().runs[0]!;
  const orders = { ...queues.orders!, age: { max: 76 * 60_000 } };
  const retention = inForce('queues.orders', 'age.max', 'retention', 4 * 86_400_000);
  const limit = { ...retention, metric: 'ApproximateAgeOfOldestMessage' };
  const text = renderReport(someResults({ runs: [aRun({ queues: { orders } })], limits: [limit] }), format);
  expect(text.match(/1 h 16 min/g)!.length).toBeGreaterThanOrEqual(2);
  expect(text).not.toContain('1.27 h');
});
