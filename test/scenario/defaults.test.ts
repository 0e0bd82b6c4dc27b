/** Sound files: the examples of the format, and every default in place. */
import { describe, expect, it } from 'vitest';
import { filesNamedBy, parseScenario } from '../../src/scenario/parse-scenario.js';
import { starterScenario } from '../../src/scenario/starter.js';
import type { Scenario } from '../../src/scenario/types.js';
import { scenarioWith } from './lines-of.js';

function sound(text: string, files: Readonly<Record<string, string>> = {}): Scenario {
  const { scenario, problems } = parseScenario(text, { files, fileName: 'scenarios/cold-morning.yaml' });
  expect(problems).toEqual([]);
  return scenario!;
}

describe('the smallest file', () => {
  it('gets every default', () => {
    const text =
      'functions:\n  api: { memory: 512MB, duration: { p50: 45ms, p99: 400ms } }\ntraffic:\n  web: { to: api, rate: 40M/month }\n';
    expect(sound(text)).toEqual({
      name: 'cold-morning',
      description: '',
      asOf: '2026-11-21',
      region: 'us-east-1',
      run: {
        duration: 3_600_000_000,
        warmUp: 0,
        startEpochMs: Date.UTC(2026, 0, 5),
        seed: 1,
        replications: 1,
        timeline: 60_000_000,
      },
      account: {
        concurrencyLimit: 1000,
        otherConcurrency: [{ at: 0, amount: 0 }],
        freeTier: false,
        monthToDate: { requests: 0, gbSeconds: { x86_64: 0, arm64: 0 } },
        outages: [],
      },
      functions: [
        {
          id: 'api',
          memory: 512,
          architecture: 'x86_64',
          runtime: undefined,
          packageType: 'Zip',
          packageSize: undefined,
          timeout: 3_000_000,
          ephemeralStorage: 512,
          reservedConcurrency: undefined,
          provisionedConcurrency: 0,
          snapStart: undefined,
          vpc: undefined,
          duration: { kind: 'two-quantiles', low: 0.5, atLow: 45_000, high: 0.99, atHigh: 400_000 },
          durationPerRecord: undefined,
          firstDuration: undefined,
          init: undefined,
          keepAlive: undefined,
          maximumAge: undefined,
          initialEnvironments: 0,
          extensions: undefined,
          response: { size: 1024, streamed: false, rate: undefined },
          memoryScaling: undefined,
          async: {
            maximumRetryAttempts: 2,
            maximumEventAge: 21_600_000_000,
            onSuccess: undefined,
            onFailure: undefined,
            deadLetterQueue: undefined,
            duplicateRate: 0,
          },
          calls: [],
          errorRate: 0,
          recordErrorRate: 0,
          poisonRate: 0,
          eventSources: [],
        },
      ],
      queues: [],
      streams: [],
      topics: [],
      dependencies: [],
      traffic: [
        {
          id: 'web',
          to: 'api',
          via: 'sdk',
          invocation: 'RequestResponse',
          edgeEvent: undefined,
          shape: { kind: 'rate', rate: 40e6 / (730 * 3600) },
          spikes: [],
          arrivals: { kind: 'poisson' },
          scale: 1,
          payload: 1024,
          key: undefined,
          retry: { kind: 'sdk', mode: 'standard', maximumAttempts: undefined },
          timeout: undefined,
        },
      ],
      thresholds: [],
      rules: {},
      pricing: { include: undefined, discount: 0, savingsPlan: 'none', overrides: {} },
      warnings: [],
    });
  });

  it('is frozen to its leaves', () => {
    const scenario = sound(scenarioWith());
    expect(
      Object.isFrozen(scenario) &&
        Object.isFrozen(scenario.functions) &&
        Object.isFrozen(scenario.functions[0]?.duration),
    ).toBe(true);
  });
});

describe('the starter', () => {
  it('is sound, without a warning', () => {
    expect(sound(starterScenario()).warnings).toEqual([]);
  });
});

describe('shapes of traffic', () => {
  it.each([
    ['rate: 200/s', { kind: 'rate', rate: 200 }],
    [
      'stages: [{ for: 5m, rate: 50/s }, { for: 1m, rampTo: 500/s }, { for: 1m, rate: 0/s }]',
      {
        kind: 'stages',
        stages: [
          { for: 300e6, from: 50, to: 50 },
          { for: 60e6, from: 50, to: 500 },
          { for: 60e6, from: 0, to: 0 },
        ],
      },
    ],
    ['stages: [{ for: 1m, rampTo: 500/s }]', { kind: 'stages', stages: [{ for: 60e6, from: 0, to: 500 }] }],
    [
      'daily: { mean: 100/s, weekdays: [1, 1, 1, 1, 1, 0, 0], timezone: Europe/Berlin }',
      {
        kind: 'daily',
        mean: 100,
        hours: Array(24).fill(1),
        weekdays: [1, 1, 1, 1, 1, 0, 0],
        timezone: 'Europe/Berlin',
      },
    ],
    ['spikes: [{ at: 12m, for: 10m, rate: 1500/s, ramp: 30s }]', { kind: 'none' }],
    [
      'users: { count: 200, thinkTime: { exponential: { mean: 5s } } }',
      { kind: 'users', count: 200, thinkTime: { kind: 'exponential', mean: 5e6 } },
    ],
    [
      'via: sdk\nschedule: cron(0 20 ? * MON-FRI *)\ntimezone: Europe/Berlin',
      { kind: 'schedule', expression: 'cron(0 20 ? * MON-FRI *)', timezone: 'Europe/Berlin' },
    ],
    [
      "via: sdk\nschedule: 'cron(0 20 ? * MON,FRI *)'",
      { kind: 'schedule', expression: 'cron(0 20 ? * MON,FRI *)', timezone: 'UTC' },
    ],
    ['burst: { at: 0s, count: 10000 }', { kind: 'burst', at: 0, count: 10_000 }],
    ['trace: { file: t.csv, column: count, every: 5m }', { kind: 'trace-counts', every: 300e6, counts: [3, 0, 7] }],
    ['trace: { file: wide.csv, row: f2 }', { kind: 'trace-counts', every: 60e6, counts: [4, 5] }],
    ['trace: { file: t.csv, timestamps: time }', { kind: 'trace-instants', instants: [0, 1e6, 90e6] }],
  ])('%s', (shape, expected) => {
    const wide = 'owner,fn,480,481\no,f1,2,3\no,f2,4,5\n';
    const csv = 'time,count\r\n2014-02-14 14:31:30,3\r\n"2014-02-14T14:30:00Z",0\r\n1392388201,7\r\n\r\n';
    expect(sound(scenarioWith({ shape }), { 't.csv': csv, 'wide.csv': wide }).traffic[0]?.shape).toEqual(expected);
  });
});

describe('arrivals, retries and time limits', () => {
  it.each([
    ['arrivals: regular', { arrivals: { kind: 'regular' } }],
    ['arrivals: { bursty: { cv: 4 } }', { arrivals: { kind: 'bursty', cv: 4 } }],
    [
      'arrivals: { modulated: { factor: 5, high: 2m, low: 20m } }',
      { arrivals: { kind: 'modulated', factor: 5, high: 120e6, low: 1200e6 } },
    ],
    ['retry: none', { retry: { kind: 'none' } }],
    ['retry: { mode: adaptive, maximumAttempts: 5 }', { retry: { kind: 'sdk', mode: 'adaptive', maximumAttempts: 5 } }],
    [
      'retry: { interval: 1s, backoffRate: 2, maximumDelay: 20s, jitter: full, maximumAttempts: 6, on: [throttle] }',
      {
        retry: {
          kind: 'backoff',
          interval: 1e6,
          backoffRate: 2,
          maximumDelay: 20e6,
          jitter: 'full',
          maximumAttempts: 6,
          on: ['throttle'],
        },
      },
    ],
    ['via: http-api', { retry: { kind: 'none' }, timeout: 30e6 }],
    ['via: rest-api', { retry: { kind: 'none' }, timeout: 29e6 }],
    ['via: alb', { timeout: 60e6 }],
    ['via: function-url', { timeout: 900e6 }],
    ['via: cognito', { timeout: 5e6 }],
    [
      'via: step-functions',
      { retry: expect.objectContaining({ interval: 2e6, backoffRate: 2, maximumAttempts: 6 }), timeout: undefined },
    ],
    ['via: s3-batch', { retry: expect.objectContaining({ on: ['throttle'] }) }],
    ['via: lambda-edge', { edgeEvent: 'viewer-request' }],
  ])('%s', (traffic, expected) => {
    expect(sound(scenarioWith({ traffic })).traffic[0]).toMatchObject(expected);
  });
});

describe('the account', () => {
  it('adds up the concurrency of others where its stretches overlap', () => {
    const { account } = sound(
      scenarioWith({
        top: 'account: { otherConcurrency: [{ at: 2h, for: 6h, amount: 500 }, { at: 4h, amount: 50 }] }',
      }),
    );
    expect(account.otherConcurrency).toEqual([
      { at: 0, amount: 0 },
      { at: 7200e6, amount: 500 },
      { at: 14_400e6, amount: 550 },
      { at: 28_800e6, amount: 50 },
    ]);
  });
});

describe('thresholds', () => {
  it.each([
    [
      'p99(traffic.web.latency) < 800ms',
      { statistic: 'p99', path: ['traffic', 'web', 'latency'], comparison: '<', value: 800 },
    ],
    [
      'p99.9( functions.api.duration )<=1.5s',
      { statistic: 'p99.9', path: ['functions', 'api', 'duration'], comparison: '<=', value: 1500 },
    ],
    [
      'rate(functions.api.throttles) < 0.01%',
      { statistic: 'rate', path: ['functions', 'api', 'throttles'], comparison: '<', value: 0.0001 },
    ],
    [
      'max(account.concurrency) < 900',
      { statistic: 'max', path: ['account', 'concurrency'], comparison: '<', value: 900 },
    ],
    ['sum(bill.monthly) < 2500 USD', { statistic: 'sum', path: ['bill', 'monthly'], comparison: '<', value: 2500 }],
    [
      'count(traffic.web.latency) != 0',
      { statistic: 'count', path: ['traffic', 'web', 'latency'], comparison: '!=', value: 0 },
    ],
  ])('%s', (expression, expected) => {
    expect(
      sound(scenarioWith({ top: `thresholds: ['${expression}', { check: '${expression}', severity: warn }]` }))
        .thresholds,
    ).toEqual([
      { expression, ...expected, severity: 'fail' },
      { expression, ...expected, severity: 'warn' },
    ]);
  });
});

describe('the language', () => {
  it('ignores keys that begin with x-, follows anchors and merges maps, the own keys winning', () => {
    const scenario = sound(`x-defaults: &small { memory: 256MB, duration: 1s, timeout: 5s }
functions:
  a: { <<: *small, timeout: 9s }
  b: { <<: [{ memory: 1GB }, *small], x-note: slow }
traffic: { web: { to: a, rate: 1/s } }
`);
    expect(scenario.functions.map(({ id, memory, timeout }) => [id, memory, timeout])).toEqual([
      ['a', 256, 9e6],
      ['b', 1024, 5e6],
    ]);
  });

  it('takes keys as written, and keeps the order of the file', () => {
    const scenario = sound(
      'functions: { 10: { duration: 1s }, 9: { duration: 1s }, true: { duration: 1s }, 0x1: { duration: 1s }, constructor: { duration: 1s } }\ntraffic: { web: { to: true, rate: 1/s } }\n',
    );
    expect(scenario.functions.map(({ id }) => id)).toEqual(['10', '9', 'true', '0x1', 'constructor']);
  });

  it('overrides rules in the units of the rule, tables merged', () => {
    const { rules } = sound(
      scenarioWith({
        top: 'asOf: 2020-07-01\nrules:\n  platform-overhead: { cold: 0ms }\n  function-scaling-rate: { burstByRegion: { us-east-1: 7 }, perMinute: 60 }\n  synchronous-callers: { sdk: { timeLimit: 2s } }',
      }),
    );
    expect(rules['platform-overhead']).toEqual({ cold: { kind: 'constant', value: 0 } });
    expect(rules['function-scaling-rate']).toMatchObject({
      perMinute: 60,
      burstByRegion: { 'us-east-1': 7, 'us-west-2': 3000 },
    });
    expect(rules['synchronous-callers']).toMatchObject({ sdk: { timeLimit: 2_000_000, throttleStatus: 429 } });
  });

  it('names its files for a caller that can read them', () => {
    expect(
      filesNamedBy(
        scenarioWith({
          fn: 'init: { mixture: [{ weight: 1, of: { samples: a.csv, column: ms } }] }',
          shape: 'trace: { file: b.csv, column: n }',
        }),
      ),
    ).toEqual(['a.csv', 'b.csv']);
  });

  it('reads samples in the unit of their column', () => {
    const csv = 'duration_ms;took_s;any\n1.5;2;45ms\n"20";0.25;1s\n';
    const samples = (column: string) =>
      sound(scenarioWith({ fn: `init: { samples: a.csv, column: ${column} }` }), { 'a.csv': csv }).functions[0]?.init;
    expect([samples('duration_ms'), samples('took_s'), samples('any')]).toEqual([
      { kind: 'samples', values: [1_500, 20_000] },
      { kind: 'samples', values: [2_000_000, 250_000] },
      { kind: 'samples', values: [45_000, 1_000_000] },
    ]);
  });
});

describe('warnings', () => {
  it.each([
    [
      { top: 'asOf: 2030-01-01' },
      'asOf 2030-01-01 is later than 2026-11-21, the newest day the rulebook knows; its newest rules are used',
    ],
    [{ fn: 'timeout: 1s\nfirstDuration: 1s' }, undefined],
    [{ fn: 'reservedConcurrency: 0' }, 'functions.api: reservedConcurrency 0 throttles every call'],
    [
      { fn: 'reservedConcurrency: 0', traffic: 'via: s3' },
      'functions.api: reservedConcurrency 0 drops every asynchronous event at once, without a retry',
    ],
    [
      {
        top: 'topics: { news: { subscribers: [api] } }',
        fn: 'reservedConcurrency: 0\ncalls: [{ to: news }]',
      },
      'functions.api: reservedConcurrency 0 throttles every call, and drops every asynchronous event at once, without a retry',
    ],
    [
      { fn: 'timeout: 60s', traffic: 'via: rest-api' },
      'traffic.web: the client gives up after 29s, while functions.api runs on, and is billed, up to its timeout of 1m',
    ],
    [
      { traffic: 'spikes: [{ at: 2h, for: 1m, rate: 1/s }]' },
      'traffic.web.spikes[0] at 2h is after the end of the run (1h) and has no effect',
    ],
    [
      { top: 'dependencies: { db: { latency: 5ms, outages: [{ at: 2h, for: 1m }] } }' },
      'dependencies.db.outages[0] at 2h is after the end of the run (1h) and has no effect',
    ],
  ])('%j', (parts, warning) => {
    expect(sound(scenarioWith(parts)).warnings).toEqual(warning === undefined ? [] : [warning]);
  });
});
