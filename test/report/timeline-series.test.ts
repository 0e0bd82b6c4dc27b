/** What is left of a timeline in a page: every bucket where there is room, and every extreme where there is not. */
import { expect, test } from 'vitest';
import { MINUTE } from '../../src/engine/units.js';
import { chartedResources } from '../../src/report/charted-resources.js';
import { type TimelineSeries, TimelineThinner } from '../../src/report/timeline-series.js';
import type { Results } from '../../src/results/run-result.js';
import type { TimelineRow } from '../../src/results/timeline.js';
import { aFunctionResult, aRun, someResults } from '../support/some-results.js';

const over = (durationSeconds: number, changes: Partial<Results['scenario']> = {}): Results =>
  someResults({ scenario: { ...someResults().scenario, durationSeconds, timelineSeconds: 60, ...changes } });

function thin(results: Results, rows: Iterable<TimelineRow>): TimelineSeries | undefined {
  const thinner = new TimelineThinner(results);
  for (const row of rows) thinner.add(row);
  return thinner.finish();
}

const row = (minute: number, metric: string, value: number, resource = 'functions.api'): TimelineRow => ({
  at: minute * MINUTE,
  resource,
  metric,
  value,
});
const seriesOf = (series: TimelineSeries | undefined, resource: string, metric: string) => [
  ...(series?.series.get(resource)?.get(metric) ?? []),
];

test('a short timeline is kept bucket by bucket; silence is 0 for what is counted and a gap for a time', () => {
  const rows = [row(0, 'Invocations', 5), row(0, 'Duration', 40), row(2, 'Invocations', 7), row(2, 'Duration', 60)];
  const series = thin(over(300), rows);
  expect(series).toMatchObject({ firstMs: 0, stepMs: 60_000, points: 5, bucketMs: 60_000, isThinned: false });
  expect(seriesOf(series, 'functions.api', 'Invocations')).toEqual([5, 0, 7, 0, 0]);
  expect(seriesOf(series, 'functions.api', 'Duration')).toEqual([40, Number.NaN, 60, Number.NaN, Number.NaN]);
});

test('it begins after the warm-up', () => {
  const series = thin(over(300, { warmUpSeconds: 90 }), [row(1, 'Invocations', 5), row(4, 'Invocations', 6)]);
  expect(series).toMatchObject({ firstMs: 60_000, points: 4 });
  expect(seriesOf(series, 'functions.api', 'Invocations')).toEqual([5, 0, 0, 6]);
});

test('thirty days of minutes keep their peak, their dip and the order of the two', () => {
  function* month() {
    for (let minute = 0; minute < 43_200; minute++) {
      yield row(minute, 'ConcurrentExecutions', minute === 20_001 ? 977 : minute === 20_003 ? 1 : 50);
      yield row(minute, 'Duration', minute === 7 ? 9_000 : 45);
    }
  }
  const series = thin(over(30 * 86_400), month())!;
  expect(series.isThinned).toBe(true);
  expect(series.points).toBeLessThanOrEqual(1440);
  expect(series.points * series.stepMs).toBeGreaterThanOrEqual(30 * 86_400_000);
  const concurrency = seriesOf(series, 'functions.api', 'ConcurrentExecutions');
  expect(Math.max(...concurrency)).toBe(977);
  expect(Math.min(...concurrency)).toBe(1);
  expect(concurrency.indexOf(977)).toBeLessThan(concurrency.indexOf(1));
  expect(concurrency.indexOf(977) * series.stepMs).toBeCloseTo(20_001 * 60_000, -7);
  expect(Math.max(...seriesOf(series, 'functions.api', 'Duration'))).toBe(9000);
});

test('a slot with silent buckets reaches 0', () => {
  function* nights() {
    for (let minute = 0; minute < 43_200; minute++) if (minute % 2 === 0) yield row(minute, 'Invocations', 9);
  }
  const invocations = seriesOf(thin(over(30 * 86_400), nights()), 'functions.api', 'Invocations');
  expect(new Set(invocations)).toEqual(new Set([0, 9]));
});

test('the account has the sums of what its functions count, those without a chart too', () => {
  const functions = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`f${i}`, aFunctionResult({ invocations: i })]),
  );
  const results = { ...over(120), runs: [aRun({ functions })] };
  expect(chartedResources(results).filter(({ kind }) => kind === 'functions')).toHaveLength(12);
  const rows = [0, 1].flatMap((minute) =>
    Object.keys(functions).map((id) => row(minute, 'Throttles', minute + 1, `functions.${id}`)),
  );
  const series = thin(results, rows);
  expect(seriesOf(series, 'account', 'Throttles')).toEqual([40, 80]);
  expect(series!.series.has('functions.f0')).toBe(false);
  expect(series!.series.has('functions.f39')).toBe(true);
});

test('a resource with a finding has its chart, however idle', () => {
  const functions = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, aFunctionResult()]));
  const finding = { resource: 'functions.f39', limit: 'Timeout', from: 0, to: 60, message: '', knob: '' };
  expect(chartedResources({ ...over(60), runs: [aRun({ functions })], findings: [finding] })).toContainEqual({
    path: 'functions.f39',
    kind: 'functions',
  });
});

test('without rows there is nothing to draw, and that is told from no timeline', () => {
  expect(thin(over(300), [])).toEqual({
    ...{ firstMs: 0, stepMs: 60_000, points: 5, bucketMs: 60_000, lastBucketMs: 60_000, isThinned: false },
    series: new Map(),
  });
});
