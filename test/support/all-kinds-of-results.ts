/** Results by hand that hold every kind of resource, in the shape of the contract: no simulator has to make them first. */
import type { Results } from '../../src/results/run-result.js';
import type { TimelineRow } from '../../src/results/timeline.js';
import {
  aFunctionResult,
  aRun,
  aSummary,
  aThreshold,
  aTrafficResult,
  NO_SUMMARY,
  someResults,
} from './some-results.js';

export interface Names {
  readonly fn: string;
  readonly traffic: string;
  readonly queue: string;
  readonly stream: string;
  readonly topic: string;
  readonly dependency: string;
}

export const PLAIN_NAMES: Names = {
  fn: 'worker',
  traffic: 'web',
  queue: 'orders',
  stream: 'clicks',
  topic: 'orderPlaced',
  dependency: 'ordersDb',
};

/** The second is hot. */
const SHARDS = [
  { shard: 0, records: 2_000, rejected: 0, iteratorAge: { mean: 900, max: 4_100 } },
  { shard: 1, records: 7_000, rejected: 33, iteratorAge: { mean: 2_500, max: 7_200 } },
];

/** The same text as the name of everything; of different things it ends differently. */
export function named(text: string): Names {
  return { fn: `${text}f`, traffic: `${text}t`, queue: `${text}q`, stream: text, topic: text, dependency: text };
}

/** `hostile` stands for any text that may stand in the results: names of the scenario, items of the bill, messages, rules. */
export function allKindsOfResults(names: Names = PLAIN_NAMES, hostile = 'text'): Results {
  const { fn, traffic, queue, stream, topic, dependency } = names;
  const age = aSummary(1200, 500);
  const consumer = {
    records: 9000,
    processed: 8800,
    discarded: 120,
    expired: 30,
    waiting: 50,
    iteratorAge: age,
    batches: 400,
    retries: 12,
  };
  const run = {
    ...aRun({
      functions: {
        [fn]: aFunctionResult({
          throttles: 40,
          throttlesByReason: { [hostile]: 40 },
          async: {
            received: 700,
            succeeded: 650,
            dropped: 40,
            retries: 90,
            throttledAttempts: 12,
            serviceErrorAttempts: 3,
            duplicates: 2,
            waiting: 8,
            running: 2,
            age,
          },
          versions: ['1', hostile].map((version, i) => ({
            version,
            invocations: 27_000 + i,
            errors: i,
            coldStarts: 12,
            duration: aSummary(45),
          })),
          gbSecondsBy: {
            handler: 1400,
            init: 100,
            downstream: 150,
            rounding: 15,
            failed: 20,
            retried: 5,
            provisionedIdle: 300,
          },
          billed: {
            requests: 54_794,
            durationMs: 3_331_000,
            gbSeconds: 1500,
            provisionedDurationGbSeconds: 165,
            provisionedGbSeconds: 465,
            storageGbSeconds: 7,
          },
        }),
      },
      traffic: { [traffic]: aTrafficResult({ failed: 5, throttled: 3, timedOut: 2, succeeded: 54_784 }) },
      bill: {
        lines: [
          ['AWS Lambda', fn, 'Requests', 54_794, 'requests', 0.0109588],
          ['AWS Lambda', fn, 'Duration (arm64)', 1500, 'GB-s', 0.02],
          ['AWS Lambda', fn, 'Duration on provisioned concurrency', 165, 'GB-s', 0.0016],
          ['AWS Lambda', fn, 'Provisioned concurrency', 465, 'GB-s', 0.0019],
          ['AWS Lambda', fn, 'Ephemeral storage', 7, 'GB-s', 0.0001],
          [hostile, queue, hostile, 120_000, hostile, 0.048],
        ].map(([service, resource, item, quantity, unit, usd]) => ({ service, resource, item, quantity, unit, usd })),
        total: 0.0825588,
        monthly: 60.267924,
        simulatedHours: 1,
      } as Results['runs'][number]['bill'],
    }),
    queues: {
      [queue]: {
        sent: 10_000,
        received: 10_400,
        deleted: 9600,
        expired: 50,
        deadLettered: 100,
        redriven: 20,
        duplicates: 7,
        emptyReceives: 321,
        visible: 200,
        inFlight: 30,
        age: { max: 93_000 },
        delay: aSummary(800, 9600),
        pollers: { max: 35 },
      },
    },
    streams: { [stream]: { ...consumer, rejected: 33, consumers: { [fn]: consumer }, shards: SHARDS } },
    topics: { [topic]: { published: 500, delivered: 900, filtered: 100 } },
    dependencies: {
      [dependency]: {
        calls: 60_000,
        succeeded: 59_000,
        rejected: 700,
        timedOut: 300,
        concurrency: { mean: 41.5, max: 400 },
        connections: { max: 100 },
        wait: NO_SUMMARY,
        latency: aSummary(6, 59_000),
      },
    },
  } as unknown as Results['runs'][number];
  const resource = `functions.${fn}`;
  return someResults({
    scenario: {
      ...someResults().scenario,
      name: hostile,
      seed: hostile,
      region: hostile,
      asOf: hostile,
      timelineSeconds: 60,
    },
    runs: [run],
    thresholds: [
      aThreshold(),
      aThreshold({ expression: hostile, verdict: 'fail' }),
      aThreshold({ expression: hostile, verdict: 'fail', severity: 'warn' }),
      aThreshold({ expression: 'p99(traffic.web.latency) < 1s', value: null, verdict: 'inconclusive' }),
    ],
    rules: [
      { name: hostile, since: hostile, value: { text: hostile }, certainty: 'assumed', source: hostile },
      {
        name: 'known',
        since: '2024-01-01',
        value: { perMinute: 60 },
        certainty: 'measured',
        assumed: ['day'],
        source: hostile,
      },
      {
        name: 'known-in-part',
        since: '2024-01-01',
        value: { window: 10 },
        certainty: 'documented',
        assumed: ['day', 'window'],
        source: hostile,
      },
    ],
    findings: [{ resource, limit: hostile, from: 60, to: 1800, message: hostile, knob: hostile }],
    limits: [
      {
        resource: 'account',
        metric: 'ConcurrentExecutions',
        figure: 'account.concurrency.max',
        setting: 'account.concurrencyLimit',
        value: 20,
      },
      {
        resource,
        metric: 'ConcurrentExecutions',
        figure: `${resource}.concurrency.max`,
        setting: `${resource}.reservedConcurrency`,
        value: 12,
      },
    ],
    theory: [{ resource, law: hostile, figure: '', expected: 1, simulated: 1.01, assumes: hostile }],
    warnings: [hostile],
  });
}

const METRICS: Readonly<Record<keyof Names | 'account', readonly string[]>> = {
  account: ['ConcurrentExecutions', 'EstimatedCharges'],
  fn: [
    'Invocations',
    'ConcurrentExecutions',
    'Throttles',
    'ColdStarts',
    'Duration',
    'Duration.Maximum',
    'AsyncEventsReceived',
    'AsyncEventAge',
    'AsyncEventsDropped',
    'SomethingNew',
  ],
  traffic: ['Requests', 'Latency.p50', 'Latency.p99', 'Latency.Maximum', 'Failed'],
  queue: [
    'ApproximateNumberOfMessagesVisible',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateAgeOfOldestMessage',
    'NumberOfMessagesSent',
    'NumberOfMessagesDeleted',
  ],
  stream: ['IncomingRecords', 'OpenShardCount'],
  topic: ['NumberOfMessagesPublished'],
  dependency: ['Calls'],
};
const PREFIXES = {
  fn: 'functions',
  traffic: 'traffic',
  queue: 'queues',
  stream: 'streams',
  topic: 'topics',
  dependency: 'dependencies',
} as const;

/** An hour of minutes for all of them. */
export function* allKindsOfRows(names: Names = PLAIN_NAMES): Generator<TimelineRow> {
  const reader = `streams.${names.stream}.consumers.${names.fn}`;
  for (let minute = 0; minute < 60; minute++) {
    for (const [kind, metrics] of Object.entries(METRICS)) {
      const resource = kind === 'account' ? kind : `${PREFIXES[kind as keyof Names]}.${names[kind as keyof Names]}`;
      for (const [index, metric] of metrics.entries()) {
        yield { at: minute * 60e6, resource, metric, value: (index + 1) * (1 + ((minute * 7) % 13)) };
      }
    }
    yield { at: minute * 60e6, resource: reader, metric: 'IteratorAge', value: 500 + minute };
  }
}
