/** What answers "is it fast enough?": the wait that the results have, the one furthest beyond its threshold first. */
import { expect, test } from 'vitest';
import { FigureReader } from '../../src/report/figure-reader.js';
import { speedFigures } from '../../src/report/speed.js';
import type { RunResult } from '../../src/results/run-result.js';
import { allKindsOfResults } from '../support/all-kinds-of-results.js';
import { aFunctionResult, aRun, aThreshold, aTrafficResult, NO_SUMMARY, someResults } from '../support/some-results.js';

const all = allKindsOfResults().runs[0]!;
const unanswered = { web: aTrafficResult({ latency: NO_SUMMARY }) };

function speedOf(run: Partial<RunResult>, ...expressions: string[]): string[] {
  const thresholds = expressions.map((expression) => aThreshold({ expression }));
  return speedFigures(new FigureReader(someResults({ runs: [aRun(run)], thresholds }))).map(
    ({ path, statistic, limit }) => `${statistic} ${path.join('.')}${limit === undefined ? '' : ` of ${limit}`}`,
  );
}

test('clients that wait come first, then messages, records and events', () => {
  const { queues, streams, functions } = all;
  expect(speedOf({ queues, streams, functions })).toEqual([
    'p99 traffic.web.latency',
    'p99 queues.orders.delay',
    'max queues.orders.age',
    'p99 streams.clicks.iteratorAge',
    'p99 functions.worker.async.age',
  ]);
});

test('traffic that waits for no answer leaves the word to whoever has its records', () => {
  expect(speedOf({ traffic: unanswered, streams: all.streams })).toEqual(['p99 streams.clicks.iteratorAge']);
});

test('the run time of the slowest function is told where nothing waits, and nothing where nothing ran', () => {
  const functions = { quick: aFunctionResult(), slow: aFunctionResult({ duration: all.functions.worker!.async.age }) };
  expect(speedOf({ traffic: {}, functions })).toEqual(['p99 functions.slow.duration']);
  expect(speedOf({ traffic: unanswered, functions: {} })).toEqual([]);
});

test('thresholds come first, the one furthest beyond its limit before all', () => {
  expect(
    speedOf(
      { queues: all.queues },
      'p99(traffic.web.latency) < 1s',
      'max(queues.orders.age) < 1m',
      'p50(queues.orders.delay) <= 1h',
    ),
  ).toEqual([
    'max queues.orders.age of 60000',
    'p99 traffic.web.latency of 1000',
    'p50 queues.orders.delay of 3600000',
    'p99 queues.orders.delay',
  ]);
});

test('thresholds on counts, shares, least times and what was not measured are no answer', () => {
  const others = [
    'count(queues.orders.delay) < 5',
    'rate(functions.api.errors) < 1%',
    'p99(traffic.web.latency) > 1ms',
    'mean(functions.api.initDuration) < 1s',
    'anything at all',
  ];
  expect(speedOf({}, ...others)).toEqual(['mean functions.api.initDuration of 1000', 'p99 traffic.web.latency']);
  expect(speedOf({ traffic: unanswered }, 'p99(traffic.web.latency) < 1s')).toEqual(['p99 functions.api.duration']);
});

test('nobody waits for dead letters', () => {
  const dead = { ...all.queues.orders!, received: 0, delay: NO_SUMMARY, age: { max: 9e9 } };
  expect(speedOf({ queues: { dead, orders: all.queues.orders! }, traffic: {} })).toEqual([
    'p99 queues.orders.delay',
    'max queues.orders.age',
  ]);
});
