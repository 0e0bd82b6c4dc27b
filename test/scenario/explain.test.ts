/** What `explain` says of a setting: value, where it comes from, rule, sentence. */
import { describe, expect, it } from 'vitest';
import { type Explanation, explainSetting } from '../../src/scenario/explain.js';
import { scenarioWith } from './lines-of.js';

const TEXT = scenarioWith({ fn: 'memory: 512MB\nruntime: nodejs22.x', traffic: 'via: alb' });

function explained(path: string, text = TEXT, sets: { path: string; value: string }[] = []): unknown {
  const result = explainSetting(text, path, { sets });
  return result.ok
    ? result.explanation
    : result.problems.map(({ code, message, hint }) => `${code}: ${message} (${hint})`);
}

describe('explain', () => {
  it('shows the place of a setting in the file, and the rule that bounds it', () => {
    expect(explained('functions.api.memory')).toEqual({
      path: 'functions.api.memory',
      value: '512MB',
      origin: 'file',
      file: 'scenario.yaml',
      line: 4,
      column: 13,
      rule: {
        name: 'memory-and-cpu',
        since: '2020-12-01',
        source: 'AWS Lambda Developer Guide, "Lambda quotas"',
        certainty: 'documented',
      },
      sentence: 'Memory, and with it the CPU share; AWS calls it MemorySize.',
      form: 'a memory such as 512MB',
    });
  });

  it('shows the rule behind a default', () => {
    expect(explained('functions.api.timeout')).toMatchObject({
      value: '3s',
      origin: 'default',
      rule: { name: 'function-timeout' },
    });
    expect(explained('traffic.web.timeout')).toMatchObject({
      value: '1m',
      origin: 'default',
      rule: { name: 'synchronous-callers' },
    });
    expect(explained('functions.api.init')).toMatchObject({
      value: expect.stringContaining('p50: 144.8ms'),
      origin: 'default',
      rule: { name: 'init-duration', certainty: 'measured' },
    });
  });

  it.each([
    ['2023-06-30', '2018-01-01', 'nodejs14.x', 'October to December 2022'],
    ['2025-03-04', '2023-07-01', 'nodejs24.x', 'June to August 2026'],
  ])(
    'on %s dates the init of a function without a runtime by its rule, and marks it assumed',
    (asOf, since, row, when) => {
      const source = `maxday/lambda-perf, Init Duration of ${row}, Zip on x86_64, ${when}`;
      expect(explained('functions.api.init', scenarioWith({ top: `asOf: ${asOf}` }))).toMatchObject({
        rule: { name: 'init-stand-in', since, source, certainty: 'assumed' },
      });
    },
  );

  it.each([
    ['', '{ init-stand-in: { withoutRuntime: java8 } }', 'init-stand-in', 'overridden'],
    ['', '{ init-duration: { measured: late 2022 } }', 'init-stand-in', 'overridden'],
    ['runtime: python3.12', '{ init-stand-in: { withoutRuntime: java8 } }', 'init-duration', 'measured'],
    ['runtime: go1.x', '{ init-stand-in: { withoutRuntime: java8 } }', 'init-stand-in', 'assumed'],
    ['runtime: python3.8', '{ init-duration: { measured: late 2022 } }', 'init-duration', 'overridden'],
  ])('names the rule that decides the init with "%s" under %s', (fn, rules, name, certainty) => {
    const text = scenarioWith({ top: `rules: ${rules}`, fn });
    expect(explained('functions.api.init', text)).toMatchObject({ rule: { name, certainty } });
  });

  it('shows what has no limit as AWS writes it', () => {
    const text = `streams: { clicks: {} }\n${scenarioWith({ fn: 'eventSources: [{ stream: clicks }]' })}`;
    for (const key of ['maximumRetryAttempts', 'maximumRecordAge'])
      expect(explained(`functions.api.eventSources[0].${key}`, text)).toMatchObject({ value: '-1', origin: 'default' });
  });

  it('knows the queues, streams, topics and dependencies of the file, and no others', () => {
    const text = `queues: { orders: {} }\ndependencies: { db: { latency: 5ms } }\n${TEXT}`;
    expect(explained('dependencies.db.maxConnections', text)).toMatchObject({ value: 'none' });
    expect(explained('queues.order.retention', text)).toEqual([
      'unknown-path: there is no order in queues (did you mean orders?)',
    ]);
    expect(explained('dependencies.dbx.latency', text)).toEqual([
      'unknown-path: there is no dbx in dependencies (did you mean db?)',
    ]);
    expect(explained('topics.news.subscribers', text)).toEqual([
      expect.stringMatching(/^unknown-path: there is no news in topics/),
    ]);
  });

  it('shows an override of the rule', () => {
    const text = scenarioWith({ top: 'rules: { environment-keep-alive: { idle: 10m } }' });
    expect(explained('functions.api.keepAlive', text)).toMatchObject({
      value: '10m',
      rule: { name: 'environment-keep-alive', certainty: 'overridden' },
    });
  });

  it.each([
    ['2019-10-31', 'mode', 'classic'],
    ['2019-10-31', 'addresses', '250'],
    ['2019-11-01', 'mode', 'hyperplane'],
    ['2019-11-01', 'addresses', 'none'],
  ])('on %s shows the %s of a VPC as %s, by the rule', (asOf, key, value) => {
    const text = scenarioWith({ top: `asOf: ${asOf}`, fn: 'vpc: true' });
    expect(explained(`functions.api.vpc.${key}`, text)).toMatchObject({ value, rule: { name: 'vpc-network' } });
  });

  it('tells --set from the file', () => {
    expect(explained('functions.api.memory', TEXT, [{ path: 'functions.api.memory', value: '1GB' }])).toMatchObject({
      value: '1GB',
      origin: 'set',
      file: '--set',
      line: 1,
      column: 22,
    });
  });

  it('prints how a caller tries again as a scenario would write it', () => {
    const text = scenarioWith({ traffic: 'via: step-functions' });
    expect(explained('traffic.web.retry', text)).toMatchObject({
      value:
        '{ maximumAttempts: 6, interval: 2s, backoffRate: 2, maximumDelay: 15m, jitter: none, on: [throttle, serviceError] }',
    });
  });

  it.each([
    ['', 'retry', '{ mode: standard, maximumAttempts: 3 }', 'client-retry'],
    ['', 'retry.maximumAttempts', '3', 'client-retry'],
    ['', 'retry.mode', 'standard', 'client-retry'],
    ['retry: { mode: legacy }', 'retry', '{ mode: legacy }', 'client-retry'],
    ['retry: { mode: legacy }', 'retry.maximumAttempts', '5', 'client-retry'],
    ['retry: { mode: standard, maximumAttempts: 7 }', 'retry.maximumAttempts', '7', 'client-retry'],
    ['retry: { interval: 1s }', 'retry.maximumAttempts', '4', 'client-backoff'],
    ['retry: { interval: 1s }', 'retry.backoffRate', '2', 'client-backoff'],
    ['via: cognito', 'retry.maximumAttempts', '3', 'synchronous-callers'],
    ['via: step-functions', 'retry.maximumAttempts', '6', 'synchronous-callers'],
    ['via: alb', 'retry', 'none', 'synchronous-callers'],
    ['retry: none', 'retry', 'none', undefined],
    ['invocation: Event', 'retry', 'none', undefined],
  ])('with traffic of "%s" gives %s as %s, by the rule %s', (traffic, key, value, rule) => {
    const { value: shown, rule: behind } = explained(`traffic.web.${key}`, scenarioWith({ traffic })) as Explanation;
    expect([shown, behind?.name]).toEqual([value, rule]);
  });

  it('gives the attempts of an SDK that the scenario sets in the rule', () => {
    const text = scenarioWith({ top: 'rules: { client-retry: { attempts: 9 } }' });
    expect(explained('traffic.web.retry.maximumAttempts', text)).toMatchObject({
      value: '9',
      rule: { name: 'client-retry', certainty: 'overridden' },
    });
  });

  it.each([
    ['functions.api.response', 'a size such as 4KB; or a map of size, streamed, rate'],
    ['functions.api.vpc', 'true or false; or a map of mode, addresses'],
    ['traffic.web.stages', 'a list of entries, each a map of for, rate, rampTo'],
  ])('lists the forms of %s', (path, form) => {
    expect(explained(path)).toMatchObject({ form });
  });

  it('blames a wrong path on the path, not on the file', () => {
    const result = explainSetting(TEXT, 'functions.api.mem', { fileName: 'good.yaml' });
    expect(!result.ok && result.problems.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'PATH:1:15',
    ]);
  });

  it.each([
    [
      'account',
      '{ concurrencyLimit: 1000, otherConcurrency: 0, freeTier: false, monthToDate: { requests: 0, gbSeconds: { x86_64: 0, arm64: 0 } } }',
    ],
    ['functions.api.response', '{ size: 1KB, streamed: false }'],
    ['functions.api.reservedConcurrency', 'none'],
    ['functions.api.vpc', 'false'],
    ['run.start', '2026-01-05T00:00:00Z'],
    ['pricing.discount', '0%'],
    ['traffic.web', '{ to: api, rate: 1/s, via: alb }'],
    ['traffic.web.arrivals', 'poisson'],
    ['traffic.web.retry', 'none'],
  ])('prints %s in the form of the file', (path, value) => {
    expect(explained(path)).toMatchObject({ value });
  });

  it.each([
    ['functions.apx.memory', ['unknown-path: there is no apx in functions (did you mean api?)']],
    ['functions.api.mem', ['unknown-path: functions.api has no setting mem (did you mean memory?)']],
    [
      'functions.api.duration.p50',
      ['unknown-path: functions.api.duration is one setting (ask for functions.api.duration)'],
    ],
    ['functions..memory', ['unknown-path: this is not a path (such as functions.api.memory)']],
  ])('%s names no setting', (path, lines) => {
    expect(explained(path)).toEqual(lines);
  });

  it('of a wrong scenario shows its problems', () => {
    expect(explained('functions.api.memory', scenarioWith({ fn: 'memory: 1MB' }))).toEqual([
      'below-minimum: 1MB is below the 128 MB minimum (use 128MB to 10240MB)',
    ]);
  });
});
