/** Which charts a page has: those with something to see, with the limits that bind them. */
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/engine/units.js';
import { type ChartsOf, chartsOf } from '../../../src/report/html/charts.js';
import { TimelineThinner } from '../../../src/report/timeline-series.js';
import type { Results } from '../../../src/results/run-result.js';
import { allKindsOfResults } from '../../support/all-kinds-of-results.js';
import { aFunctionResult, aRun, someResults } from '../../support/some-results.js';

type Values = Readonly<Record<string, readonly (number | undefined)[]>>;

/** One value a minute for each `resource/metric`. */
function chartsFrom(values: Values, changes: Partial<Results> = {}): ChartsOf[] {
  const results = someResults({
    scenario: { ...someResults().scenario, durationSeconds: 240, timelineSeconds: 60 },
    ...changes,
  });
  const thinner = new TimelineThinner(results);
  for (let minute = 0; minute < 4; minute++) {
    for (const [key, course] of Object.entries(values)) {
      const [resource = '', metric = ''] = key.split('/');
      const value = course[minute];
      if (value !== undefined) thinner.add({ at: minute * MINUTE, resource, metric, value });
    }
  }
  return chartsOf(results, thinner.finish()!);
}

const CALM = { 'functions.api/ConcurrentExecutions': [1, 4, 2, 3], 'functions.api/Throttles': [0, 0, 0, 0] };

test('what never happened has no line', () => {
  const [{ charts } = { charts: [] }] = chartsFrom(CALM);
  expect(charts.map(({ series }) => series.map(({ label }) => label))).toEqual([['concurrency']]);
  const [{ charts: busy } = { charts: [] }] = chartsFrom({ ...CALM, 'functions.api/Throttles': [0, 9, 0, 0] });
  expect(busy[0]!.series.map(({ label, right }) => [label, right])).toEqual([
    ['concurrency', undefined],
    ['throttles', true],
  ]);
});

test('the summary tells the peak and when it was', () => {
  expect(chartsFrom(CALM)[0]!.charts[0]!.summary).toBe('concurrency peaks at 4 on 2026-01-05 00:01 UTC');
});

test('a metric that no chart names has one of its own', () => {
  const charts = chartsFrom({ 'functions.api/FromTheFuture': [1, 2, 3, 4] })[0]!.charts;
  expect(charts.map(({ title }) => title)).toEqual(['FromTheFuture']);
  const [age] = chartsFrom({ 'functions.api/IteratorAge': [1, 2, 3000, 4] })[0]!.charts;
  expect(age!.summary).toBe('IteratorAge peaks at 3 s on 2026-01-05 00:02 UTC');
});

describe('whoever reads', () => {
  const { queues, streams } = allKindsOfResults().runs[0]!;
  const titles = (values: Values) =>
    chartsFrom(values, { runs: [aRun({ queues, streams, functions: { worker: aFunctionResult() } })] }).map(
      ({ resource, charts }) => [resource, charts.map(({ title }) => title)],
    );

  test('a stream has its iterator age beside the records of the stream, with a gap where it read nothing', () => {
    const age = [1, 2, undefined, 4];
    const values = {
      'streams.clicks/IncomingRecords': [5, 5, 5, 5],
      'streams.clicks.consumers.worker/IteratorAge': age,
    };
    expect(titles(values)).toEqual([['streams.clicks', ['Records', 'Iterator age of worker']]]);
    const [, chart] = chartsFrom(values, { runs: [aRun({ streams })] })[0]!.charts;
    expect(chart!.series[0]!.data).toBe('1,2,,4');
  });

  test('a queue has its concurrency beside the messages, unless the function has the same', () => {
    const messages = { 'queues.orders/NumberOfMessagesSent': [5, 5, 5, 5] };
    const mapping = { ...messages, 'mappings.worker.orders/ConcurrentExecutions': [1, 2, 3, 4] };
    expect(titles(mapping)).toEqual([['queues.orders', ['Messages moved', 'Pollers and batches of worker']]]);
    const same = { ...mapping, 'functions.worker/ConcurrentExecutions': [1, 2, 3, 4] };
    expect(titles(same)).toEqual([
      ['functions.worker', ['Concurrency']],
      ['queues.orders', ['Messages moved']],
    ]);
    expect(titles({ ...same, 'functions.worker/ConcurrentExecutions': [1, 2, 3, 5] })[1]![1]).toHaveLength(2);
    for (const pollers of ['Pollers', 'ProvisionedPollers'])
      expect(titles({ ...same, [`mappings.worker.orders/${pollers}`]: [2, 2, 2, 2] })[1]![1]).toHaveLength(2);
  });
});

test('events that never wait have no chart of their age', () => {
  const age = (first: number) => ({
    'functions.api/AsyncEventAge.Maximum': [first, undefined, 50, 50],
  });
  expect(chartsFrom(age(50))).toEqual([]);
  expect(chartsFrom(age(90))[0]!.charts.map(({ title }) => title)).toEqual(['Age of asynchronous events']);
});

test('shards have a chart only where their number changes', () => {
  const { streams } = allKindsOfResults().runs[0]!;
  const charts = (shards: number[]) =>
    chartsFrom({ 'streams.clicks/OpenShardCount': shards }, { runs: [aRun({ streams })] });
  expect(charts([2, 2, 2, 2])).toEqual([]);
  expect(charts([2, 2, 4, 4])[0]!.charts.map(({ title }) => title)).toEqual(['Open shards']);
});

describe('a limit', () => {
  const limit = (value: number) => ({
    limits: [
      {
        resource: 'functions.api',
        metric: 'ConcurrentExecutions',
        figure: '',
        setting: 'functions.api.reservedConcurrency',
        value,
      },
    ],
  });

  test('near the data is drawn', () => {
    expect(chartsFrom(CALM, limit(5))[0]!.charts[0]!.limits).toEqual([{ label: 'reserved', value: 5 }]);
  });

  test('far above it is told', () => {
    const [chart] = chartsFrom(CALM, limit(900))[0]!.charts;
    expect(chart!.limits).toEqual([]);
    expect(chart!.summary).toContain('; reserved 900 lies above the chart');
  });
});

test('cost is a rate, with the dearest resources beside the sum', () => {
  const functions = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, aFunctionResult()]));
  const values: Record<string, number[]> = { 'account/EstimatedCharges': [0.6, 0.6, 0.6, 0.6] };
  for (const [index, id] of Object.keys(functions).entries())
    values[`functions.${id}/EstimatedCharges`] = [index / 60, 0, 0, 0];
  values['traffic.web/EstimatedCharges'] = [4.5 / 60, 0, 0, 0];
  const chart = chartsFrom(values, { runs: [aRun({ functions })] })[0]!.charts.find(
    ({ title }) => title === 'Cost an hour',
  )!;
  expect(chart.series.map(({ label }) => label)).toEqual(['total', 'f', 'traffic.web', 'e', 'd']);
  // 0.6 USD a minute.
  expect(chart.series[0]!.data).toBe('36x4');
  expect(chart.series[1]!.data).toBe('5,0x3');
});

test('cost is the same rate in the first and the last bucket, which warm-up and end cut short', () => {
  const scenario = { ...someResults().scenario, durationSeconds: 210, timelineSeconds: 60, warmUpSeconds: 15 };
  // 0.6 USD a minute.
  const values = { 'account/EstimatedCharges': [0.45, 0.6, 0.6, 0.3] };
  expect(chartsFrom(values, { scenario })[0]!.charts[0]!.series[0]!.data).toBe('36x4');
});
