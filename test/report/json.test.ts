/** results.json: order, bytes, and what it refuses to hold. */
import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.js';
import type { Results } from '../../src/results/run-result.js';
import { aFunctionResult, aRun, aThreshold, someResults } from '../support/some-results.js';

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

test('keys come in the order of the format, whatever order the results were made in', () => {
  const results = someResults({
    thresholds: [aThreshold()],
    estimates: { 'account.throttles': { mean: 1, low: 0, high: 2 } },
  });
  const text = renderReport(results, 'json');
  expect(renderReport(reversed(results) as Results, 'json')).toBe(text);
  expect(Object.keys(JSON.parse(text))).toEqual([
    'schema',
    'program',
    'scenario',
    'runs',
    'estimates',
    'thresholds',
    'rules',
    'findings',
    'warnings',
  ]);
  expect(JSON.parse(text)).toEqual(results);
});

test('functions stay in the order of the scenario', () => {
  const functions = { zebra: aFunctionResult(), ant: aFunctionResult() };
  const text = renderReport(someResults({ runs: [aRun({ functions })] }), 'json');
  expect(Object.keys(JSON.parse(text).runs[0].functions)).toEqual(['zebra', 'ant']);
});

test('the file ends with a newline and holds no carriage return', () => {
  expect(renderReport(someResults(), 'json')).toMatch(/^[^\r]*\}\n$/);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  '%s is a fault of the program, told with its place, never a null in the file',
  (value) => {
    const run = aRun({ account: { concurrency: { mean: value, max: 1 }, throttles: 0 } });
    expect(() => renderReport(someResults({ runs: [run] }), 'json')).toThrow(
      `results.runs[0].account.concurrency.mean is ${value}`,
    );
  },
);
