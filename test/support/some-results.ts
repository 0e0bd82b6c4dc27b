/** Results made by hand, for tests of what is printed: every figure is given here, none comes from a run. */
import type {
  BillLine,
  FunctionResult,
  Results,
  RunResult,
  Summary,
  ThresholdVerdict,
  TrafficResult,
} from '../../src/results/run-result.js';

export const NO_SUMMARY: Summary = {
  count: 0,
  mean: null,
  min: null,
  p50: null,
  p90: null,
  p95: null,
  p99: null,
  p999: null,
  max: null,
};

/** A summary around a median, wide enough that every figure differs. */
export function aSummary(p50: number, count = 1000): Summary {
  return {
    count,
    mean: p50 * 1.2,
    min: p50 * 0.5,
    p50,
    p90: p50 * 2,
    p95: p50 * 3,
    p99: p50 * 6,
    p999: p50 * 8,
    max: p50 * 10,
  };
}

export function aFunctionResult(changes: Partial<FunctionResult> = {}): FunctionResult {
  return {
    invocations: 54794,
    errors: 0,
    timeouts: 0,
    throttles: 0,
    throttlesByReason: {},
    serviceErrors: 0,
    coldStarts: 25,
    provisionedInvocations: 0,
    spilloverInvocations: 0,
    duration: aSummary(45.25, 54794),
    initDuration: aSummary(152, 25),
    concurrency: { mean: 0.9245, max: 12 },
    environments: { mean: 8.1, max: 14, created: 25 },
    async: {
      received: 0,
      succeeded: 0,
      dropped: 0,
      retries: 0,
      throttledAttempts: 0,
      serviceErrorAttempts: 0,
      duplicates: 0,
      waiting: 0,
      running: 0,
      age: NO_SUMMARY,
    },
    versions: [],
    gbSecondsBy: { handler: 1650, init: 2, downstream: 0, rounding: 13.5, failed: 0, retried: 0, provisionedIdle: 0 },
    billed: {
      requests: 54794,
      durationMs: 3331000,
      gbSeconds: 1665.5,
      provisionedDurationGbSeconds: 0,
      provisionedGbSeconds: 0,
      storageGbSeconds: 0,
    },
    ...changes,
  };
}

export function aTrafficResult(changes: Partial<TrafficResult> = {}): TrafficResult {
  return {
    offered: 54794,
    succeeded: 54794,
    failed: 0,
    throttled: 0,
    timedOut: 0,
    unfinished: 0,
    attempts: 54794,
    latency: aSummary(60, 54794),
    parts: { wait: 0, overhead: 9.5, init: 2.5, handler: 60, downstream: 0, retryWait: 0 },
    ...changes,
  };
}

export const BILL_LINES: readonly BillLine[] = [
  { service: 'AWS Lambda', resource: 'api', item: 'Requests', quantity: 54794, unit: 'requests', usd: 0.0109588 },
  { service: 'AWS Lambda', resource: 'api', item: 'Duration', quantity: 1665.5, unit: 'GB-s', usd: 0.0277584 },
];

export function aRun(changes: Partial<RunResult> = {}): RunResult {
  return {
    seed: 1,
    account: { concurrency: { mean: 0.9245, max: 12 }, throttles: 0 },
    functions: { api: aFunctionResult() },
    queues: {},
    streams: {},
    topics: {},
    dependencies: {},
    traffic: { web: aTrafficResult() },
    bill: { lines: [...BILL_LINES], total: 0.0387172, monthly: 28.263556, simulatedHours: 1 },
    ...changes,
  };
}

export function aThreshold(changes: Partial<ThresholdVerdict> = {}): ThresholdVerdict {
  return {
    expression: 'p99(traffic.web.latency) < 800ms',
    value: 360,
    low: null,
    high: null,
    verdict: 'pass',
    ...changes,
  };
}

export function someResults(changes: Partial<Results> = {}): Results {
  return {
    schema: 'lambdasim/results/1',
    program: { name: 'lambdasim', version: '0.0.0-test' },
    scenario: {
      name: 'checkout',
      asOf: '2026-11-01',
      region: 'us-east-1',
      seed: 1,
      start: '2026-01-05T00:00:00Z',
      durationSeconds: 3600,
      warmUpSeconds: 0,
      replications: 1,
    },
    runs: [aRun()],
    estimates: {},
    thresholds: [],
    rules: [],
    findings: [],
    warnings: [],
    ...changes,
  };
}
