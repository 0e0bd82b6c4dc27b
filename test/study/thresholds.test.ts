/** Thresholds against figures written by hand. */
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/results/run-result.js';
import { readThreshold } from '../../src/scenario/threshold.js';
import type { Scenario } from '../../src/scenario/types.js';
import { thresholdVerdicts } from '../../src/study/thresholds.js';
import { aScenario } from '../support/a-scenario.js';
import { allKindsOfResults } from '../support/all-kinds-of-results.js';
import { aFunctionResult, aRun, aSummary, aTrafficResult, NO_SUMMARY } from '../support/some-results.js';

function demanding(...expressions: string[]): Scenario {
  const thresholds = expressions.map((expression) => {
    const read = readThreshold(expression, ({ message }) => {
      throw new Error(`${expression}: ${message}`);
    });
    return { ...read!, severity: 'fail' as const };
  });
  return aScenario()
    .withThresholds(...thresholds)
    .build();
}

/** 950 invocations, 50 throttles, 19 cold starts; 900 requests. */
const run: RunResult = aRun({
  account: { concurrency: { mean: 4.5, max: 37 }, throttles: 50 },
  functions: {
    api: aFunctionResult({
      invocations: 950,
      errors: 38,
      throttles: 50,
      throttlesByReason: { ConcurrentInvocationLimitExceeded: 40, CallerRateLimitExceeded: 10 },
      coldStarts: 19,
    }),
  },
  traffic: {
    web: aTrafficResult({
      offered: 900,
      failed: 18,
      attempts: 1000,
      latency: { ...aSummary(60), p999: 512, count: 882 },
    }),
  },
});

const figureFor = (expression: string, of: RunResult = run) => thresholdVerdicts(demanding(expression), [of])[0]!.value;

describe('the value of a threshold', () => {
  test.each([
    ['mean(traffic.web.latency) < 1s', 72],
    ['min(traffic.web.latency) < 1s', 30],
    ['p50(traffic.web.latency) < 1s', 60],
    ['p90(traffic.web.latency) < 1s', 120],
    ['p95(traffic.web.latency) < 1s', 180],
    ['p99(traffic.web.latency) < 1s', 360],
    ['p99.9(traffic.web.latency) < 1s', 512],
    ['max(traffic.web.latency) < 1s', 600],
    ['count(traffic.web.latency) > 1', 882],
    ['rate(functions.api.coldStarts) < 2%', 19 / 950],
    ['rate(functions.api.errors) < 5%', 38 / 950],
    ['rate(functions.api.throttles) < 1%', 50 / 1000],
    ['rate(functions.api.throttlesByReason.CallerRateLimitExceeded) < 1%', 10 / 1000],
    ['rate(traffic.web.failed) < 1%', 18 / 900],
    ['count(functions.api.throttlesByReason.EniLimit) == 0', 0],
    ['sum(functions.api.invocations) > 1', 950],
    ['count(functions.api.invocations) > 1', 950],
    ['max(account.concurrency) < 900', 37],
    ['mean(account.concurrency) < 900', 4.5],
    ['sum(account.throttles) < 1', 50],
    ['rate(account.throttles) < 1%', 50 / 1000],
    ['sum(bill.monthly) < 2500 USD', 28.263556],
    ['mean(bill.total) < 1', 0.0387172],
    ['mean(traffic.web.parts.overhead) < 10ms', 9.5],
    ['max(functions.api.environments.created) < 30', 25],
    ['sum(functions.api.gbSecondsBy.rounding) < 30', 13.5],
  ])('of %s is %d', (expression, value) => {
    expect(figureFor(expression)).toBe(value);
  });

  test('of what nothing happened to is null, and nothing is decided', () => {
    const empty = aRun({
      functions: { api: aFunctionResult({ invocations: 0, coldStarts: 0, duration: NO_SUMMARY }) },
      traffic: { web: aTrafficResult({ offered: 0, latency: NO_SUMMARY }) },
    });
    const undecided = { value: null, low: null, high: null, verdict: 'inconclusive' };
    const expressions = [
      'p99(traffic.web.latency) < 1s',
      'rate(functions.api.coldStarts) < 1%',
      'rate(traffic.web.failed) < 1%',
      'mean(traffic.web.parts.init) < 1ms',
    ];
    expect(thresholdVerdicts(demanding(...expressions), [empty])).toEqual(
      expressions.map((expression) => ({ expression, ...undecided })),
    );
    expect(figureFor('count(traffic.web.latency) == 0', empty)).toBe(0);
  });
});

describe('the verdict', () => {
  const withPeak = (max: number) => aRun({ account: { concurrency: { mean: 1, max }, throttles: 0 } });
  const verdicts = (peaks: number[], ...comparisons: string[]) =>
    thresholdVerdicts(
      demanding(...comparisons.map((comparison) => `max(account.concurrency) ${comparison}`)),
      peaks.map(withPeak),
    ).map(({ verdict }) => verdict);

  test('of one run is that of its value', () => {
    expect(verdicts([10], '< 10', '<= 10', '> 10', '>= 10', '== 10', '!= 10')).toEqual([
      'fail',
      'pass',
      'fail',
      'pass',
      'pass',
      'fail',
    ]);
    expect(verdicts([11], '< 10', '<= 10', '> 10', '>= 10', '== 10', '!= 10')).toEqual([
      'fail',
      'fail',
      'pass',
      'pass',
      'fail',
      'pass',
    ]);
  });

  // 1, 3, 5, 7, 9: mean 5, interval 1.0735 to 8.9265.
  const spread = [1, 3, 5, 7, 9];

  test.each([
    ['<', ['fail', 'inconclusive', 'pass']],
    ['<=', ['fail', 'inconclusive', 'pass']],
    ['>', ['pass', 'inconclusive', 'fail']],
    ['>=', ['pass', 'inconclusive', 'fail']],
    ['==', ['fail', 'inconclusive', 'fail']],
    ['!=', ['pass', 'inconclusive', 'pass']],
  ])('of several runs with %s is that of the whole interval: limits of 1, 8.9 and 9', (comparison, expected) => {
    expect(verdicts(spread, `${comparison} 1`, `${comparison} 8.9`, `${comparison} 9`)).toEqual(expected);
  });

  test('shows the mean and the ends of the interval', () => {
    const scenario = demanding('max(account.concurrency) < 9');
    const { value, low, high } = thresholdVerdicts(scenario, spread.map(withPeak))[0]!;
    expect([value, low?.toFixed(4), high?.toFixed(4)]).toEqual([5, '1.0735', '8.9265']);
  });

  test('has an interval of no less than nothing and, of a share of all, of no more than all', () => {
    const interval = (expression: string, runs: readonly RunResult[]) => {
      const { low, high } = thresholdVerdicts(demanding(expression), runs)[0]!;
      return [low, high];
    };
    const succeeding = [900, 900, 0].map((succeeded) =>
      aRun({ traffic: { web: aTrafficResult({ offered: 900, succeeded, attempts: 900 + 3 * succeeded }) } }),
    );
    expect(interval('rate(traffic.web.succeeded) > 50%', succeeding)).toEqual([0, 1]);
    const [low, high] = interval('rate(traffic.web.attempts) < 90%', succeeding);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(4);
    expect(interval('max(account.concurrency) < 9', [0, 0, 9].map(withPeak))[0]).toBe(0);
  });

  test('of equal runs is that of their value', () => {
    expect(verdicts([10, 10, 10], '== 10', '<= 10', '< 10')).toEqual(['pass', 'pass', 'fail']);
  });

  test('averages the runs that have the figure', () => {
    const silent = aRun({ traffic: { web: aTrafficResult({ latency: NO_SUMMARY }) } });
    const scenario = demanding('p99(traffic.web.latency) < 1s');
    expect(thresholdVerdicts(scenario, [silent, run])).toEqual([
      { expression: 'p99(traffic.web.latency) < 1s', value: 360, low: null, high: null, verdict: 'pass' },
    ]);
  });

  test('carries the severity of a threshold that only warns, in the order of the scenario', () => {
    const { thresholds } = demanding('sum(bill.monthly) < 1', 'max(account.concurrency) < 900');
    const scenario = aScenario()
      .withThresholds({ ...thresholds[0]!, severity: 'warn' }, thresholds[1]!)
      .build();
    expect(thresholdVerdicts(scenario, [run])).toEqual([
      {
        expression: 'sum(bill.monthly) < 1',
        value: 28.263556,
        low: null,
        high: null,
        verdict: 'fail',
        severity: 'warn',
      },
      { expression: 'max(account.concurrency) < 900', value: 37, low: null, high: null, verdict: 'pass' },
    ]);
  });
});

test('writes that a stream rejected are a share of all writes, not of its records', () => {
  const { streams } = allKindsOfResults().runs[0]!;
  const clicks = { ...streams.clicks!, records: 900, rejected: 100 };
  const [verdict] = thresholdVerdicts(demanding('rate(streams.clicks.rejected) < 1%'), [
    { ...run, streams: { clicks } },
  ]);
  expect(verdict!.value).toBe(0.1);
});
