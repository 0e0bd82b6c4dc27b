/** A course over time in one line of text, and its place in the terminal summary. */
import { expect, test } from 'vitest';
import { MINUTE } from '../../src/engine/units.js';
import { renderReport } from '../../src/report/report.js';
import { greatestOf, sparkline } from '../../src/report/sparkline.js';
import { TimelineThinner } from '../../src/report/timeline-series.js';
import { aRun, aTrafficResult, someResults } from '../support/some-results.js';

test('rises from 0 to the greatest value', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8], 20)).toBe('▁▂▃▄▅▆▇██');
});

test('keeps the greatest of what shares a character, and leaves gaps', () => {
  expect(sparkline([0, 9, 0, 0, Number.NaN, Number.NaN], 3)).toBe('█▁ ');
  expect(sparkline([Number.NaN, 4], 1)).toBe('█');
});

test('of nothing is flat, and has a greatest value only where there is one', () => {
  expect(sparkline([0, 0], 5)).toBe('▁▁');
  expect(sparkline([], 5)).toBe('');
  expect(greatestOf([Number.NaN, 2, 1])).toBe(2);
  expect(greatestOf([Number.NaN])).toBeUndefined();
});

test('the summary shows concurrency and latency within 80 columns, whatever the names', () => {
  const traffic = Object.fromEntries(
    ['web', 'x'.repeat(200), 'a', 'b', 'c'].map((id, i) => [id, aTrafficResult({ offered: 100 - i })]),
  );
  const results = someResults({ runs: [aRun({ traffic })] });
  const thinner = new TimelineThinner(results);
  for (let minute = 0; minute < 60; minute++) {
    thinner.add({ at: minute * MINUTE, resource: 'account', metric: 'ConcurrentExecutions', value: minute });
    for (const id of Object.keys(traffic))
      thinner.add({ at: minute * MINUTE, resource: `traffic.${id}`, metric: 'Latency.p99', value: 1234 });
  }
  const text = renderReport(results, 'terminal', { timeline: thinner.finish() });
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('OVER TIME'));
  expect(lines[at]).toMatch(/^OVER TIME {11}01-05 00:00 to 01-05 01:00 UTC +greatest$/);
  expect(lines[at + 1]).toMatch(/^concurrency {9}▁+▂.*█ {10}59$/);
  expect(lines.slice(at + 2, at + 6).filter((line) => line.startsWith('p99 of'))).toHaveLength(3);
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  expect(renderReport(results, 'terminal')).not.toContain('OVER TIME');
});

test('the span of a run over the end of a year tells its years', () => {
  const scenario = { ...someResults().scenario, durationSeconds: 365 * 86_400, timelineSeconds: 86_400 };
  const results = someResults({ scenario });
  const thinner = new TimelineThinner(results);
  thinner.add({ at: 0, resource: 'account', metric: 'ConcurrentExecutions', value: 1 });
  const text = renderReport(results, 'terminal', { timeline: thinner.finish() });
  expect(text).toMatch(/^OVER TIME {11}2026-01-05 00:00 to 2027-01-05 00:00 UTC {12}greatest$/m);
});
