/**
 * Every kind of finding of synchronous calls: a scenario that has it, and a rerun with the knob turned, after which it is
 * gone. Those of sources have files of their own beside this one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HOUR, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import type { Results } from '../../src/results/run-result.js';
import type { LambdaFunctionSettings, ThresholdSettings, TrafficSettings } from '../../src/scenario/types.js';
import { evidenceOf, NO_EVIDENCE } from '../../src/study/evidence.js';
import { requestShare } from '../../src/study/findings/request-share.js';
import { Subject } from '../../src/study/findings/subject.js';
import { findingsOf } from '../../src/study/findings.js';
import { resultsOf } from '../../src/study/results-of.js';
import { Simulation } from '../../src/study/simulation.js';
import { thresholdVerdicts } from '../../src/study/thresholds.js';
import { aScenario, constant, reads, type ScenarioBuilder } from '../support/a-scenario.js';
import { type FindingCase, holdEach, judgedRunOf, runOf } from '../support/finding-cases.js';
import { sourcesBelow } from '../support/tidy/source-file.js';

function aThreshold(expression: string, path: string, comparison: '<' | '>', value: number): ThresholdSettings {
  return { expression, statistic: 'rate', path: path.split('.'), comparison, value, severity: 'fail' };
}

/** One function `api` with traffic `web`; what is given is turned. */
function anApi(
  fn: Partial<LambdaFunctionSettings>,
  rate: number,
  traffic: Partial<TrafficSettings> = {},
): ScenarioBuilder {
  return aScenario()
    .withFunction('api', fn)
    .withTraffic('web', 'api', rate, traffic)
    .run({ duration: 10 * MINUTE });
}

const busy = { duration: constant(2 * SECOND) };
const threeTimes = { kind: 'backoff', interval: SECOND, backoffRate: 1, maximumDelay: SECOND, jitter: 'none' } as const;
/** Of the account, by functions that are not modelled: none in the first minute. */
const others = (amount: number) => [
  { at: 0, amount: 0 },
  { at: MINUTE, amount },
];
const number = (value: number) => value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');

test('one knob is turned either way: up for what spills over, down for what stands idle; and set where it is not', () => {
  const stage = (rate: number) => ({ for: HOUR, from: rate, to: rate });
  const scenario = aScenario()
    .run({ duration: 2 * HOUR })
    .withFunction('api', { provisionedConcurrency: 10, duration: constant(SECOND), init: constant(SECOND) })
    .withTraffic('web', 'api', { kind: 'stages', stages: [stage(0.1), stage(11)] })
    .withFunction('cold', { duration: constant(SECOND), init: constant(SECOND), keepAlive: constant(SECOND) })
    .withTraffic('rare', 'cold', 0.01)
    .build();
  const turns = runOf(scenario).findings.map(({ limit, knob, turn }) => [limit, knob, turn]);
  expect(turns).toContainEqual(['ProvisionedConcurrency', 'functions.api.provisionedConcurrency', 'raise']);
  expect(turns).toContainEqual(['ProvisionedConcurrencyIdle', 'functions.api.provisionedConcurrency', 'lower']);
  expect(turns).toContainEqual(['ColdStart', 'functions.cold.provisionedConcurrency', 'set']);
});

const CASES: readonly FindingCase[] = [
  {
    limit: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.reservedConcurrency',
    has: anApi({ ...busy, reservedConcurrency: 8 }, 5).build(),
    turned: anApi({ ...busy, reservedConcurrency: 40 }, 5).build(),
    message: ({ functions }) =>
      new RegExp(
        `^api was throttled ${number(functions.api!.throttles)} times \\([\\d.]+% of its attempts\\): all 8 of its reserved concurrency were in use, and its requests alone would keep (9|10|11)(\\.\\d)? busy on average\\.$`,
      ),
  },
  {
    limit: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.reservedConcurrency',
    has: anApi({ reservedConcurrency: 0 }, 1).build(),
    turned: anApi({ reservedConcurrency: 10 }, 1).build(),
    message: () => /\(100% of its attempts\): a reserved concurrency of 0 stops a function\.$/,
  },
  {
    limit: 'ConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'account.concurrencyLimit',
    has: anApi(busy, 100).account({ concurrencyLimit: 150 }).build(),
    turned: anApi(busy, 100).account({ concurrencyLimit: 400 }).build(),
    message: () => /the 150 executions that functions without a reservation share were in use\.$/,
  },
  {
    limit: 'ConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.reservedConcurrency',
    has: anApi({}, 20)
      .withFunction('report', busy)
      .withTraffic('fan', 'report', 100)
      .account({ concurrencyLimit: 150 })
      .build(),
    turned: anApi({ reservedConcurrency: 20 }, 20)
      .withFunction('report', busy)
      .withTraffic('fan', 'report', 100)
      .account({ concurrencyLimit: 150 })
      .build(),
    message: ({ functions }) =>
      new RegExp(
        `up to ${functions.report!.concurrency.max} of them by report; a reservation keeps a part for api\\.$`,
      ),
  },
  {
    limit: 'ConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.reservedConcurrency',
    has: anApi({}, 50)
      .account({
        otherConcurrency: [
          { at: 0, amount: 0 },
          { at: MINUTE, amount: 998 },
        ],
      })
      .build(),
    turned: anApi({ reservedConcurrency: 30 }, 50)
      .account({
        otherConcurrency: [
          { at: 0, amount: 0 },
          { at: MINUTE, amount: 998 },
        ],
      })
      .build(),
    message: () => /up to 998 of them by functions that are not modelled/,
  },
  {
    // All 100 of the account stay unreserved.
    limit: 'ConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'account.concurrencyLimit',
    has: anApi({}, 30)
      .account({ concurrencyLimit: 100, otherConcurrency: others(98) })
      .build(),
    turned: anApi({}, 30)
      .account({ concurrencyLimit: 200, otherConcurrency: others(98) })
      .build(),
    message: () =>
      /up to 98 of them by functions that are not modelled; api needs at least \d+, and the account can reserve 0 of its 100 for it\.$/,
  },
  {
    // The 20 that it could reserve would be fewer than it had.
    limit: 'ConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'account.concurrencyLimit',
    has: anApi({ duration: constant(SECOND) }, 15)
      .withFunction('other', { reservedConcurrency: 30 })
      .account({ concurrencyLimit: 150, otherConcurrency: others(100) })
      .build(),
    turned: anApi({ duration: constant(SECOND) }, 15)
      .withFunction('other', { reservedConcurrency: 30 })
      .account({ concurrencyLimit: 250, otherConcurrency: others(100) })
      .build(),
    message: () => /; api needs at least 2\d, and the account can reserve 20 of its 150 for it\.$/,
  },
  {
    // What is reserved for others was never theirs to use.
    limit: 'ConcurrentInvocationLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.reservedConcurrency',
    has: anApi({}, 50)
      .withFunction('other', { reservedConcurrency: 100 })
      .account({ otherConcurrency: others(999) })
      .build(),
    turned: anApi({ reservedConcurrency: 30 }, 50)
      .withFunction('other', { reservedConcurrency: 100 })
      .account({ otherConcurrency: others(999) })
      .build(),
    message: () =>
      /: the 900 executions that .* in use, up to 900 of them by functions that are not modelled; a reserv/,
  },
  {
    limit: 'ReservedConcurrencyIdle',
    resource: 'functions.spare',
    knob: 'functions.spare.reservedConcurrency',
    has: anApi(busy, 50).withFunction('spare', { reservedConcurrency: 100 }).account({ concurrencyLimit: 200 }).build(),
    turned: anApi(busy, 50)
      .withFunction('spare', { reservedConcurrency: 0 })
      .account({ concurrencyLimit: 200 })
      .build(),
    message: () =>
      /^spare reserves 100 executions and never used more than 0, while api was throttled for want of them\.$/,
  },
  {
    limit: 'FunctionInvocationRateLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    has: anApi(busy, 1)
      .withTraffic('burst', 'api', { kind: 'burst', at: MINUTE, count: 1400 })
      .account({ concurrencyLimit: 3000 })
      .build(),
    turned: anApi({ ...busy, provisionedConcurrency: 1450 }, 1)
      .withTraffic('burst', 'api', { kind: 'burst', at: MINUTE, count: 1400 })
      .account({ concurrencyLimit: 3000 })
      .build(),
    message: () => /Lambda makes 1,000 environments at once and then 6,000 a minute for one function\.$/,
  },
  {
    limit: 'FunctionInvocationRateLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.duration',
    has: anApi(busy, 600)
      .asOf('2019-06-01')
      .account({ concurrencyLimit: 3000 })
      .rules({ 'function-scaling-rate': { burst: 500, burstByRegion: {} } })
      .build(),
    turned: anApi({}, 600)
      .asOf('2019-06-01')
      .account({ concurrencyLimit: 3000 })
      .rules({ 'function-scaling-rate': { burst: 500, burstByRegion: {} } })
      .build(),
    message: () => /^api was throttled .* for all functions of the region together\.$/,
  },
  {
    limit: 'CallerRateLimitExceeded',
    resource: 'functions.api',
    knob: 'account.concurrencyLimit',
    has: anApi({ duration: constant(1000) }, 1500)
      .account({ concurrencyLimit: 100 })
      .run({ duration: MINUTE })
      .build(),
    turned: anApi({ duration: constant(1000) }, 1500)
      .account({ concurrencyLimit: 200 })
      .run({ duration: MINUTE })
      .build(),
    message: () => /the account may make 1,000 requests a second, 10 for each unit of its concurrency limit\.$/,
  },
  {
    limit: 'ReservedFunctionInvocationRateLimitExceeded',
    resource: 'functions.api',
    knob: 'functions.api.reservedConcurrency',
    has: anApi({ duration: constant(1000), reservedConcurrency: 20 }, 300)
      .run({ duration: MINUTE })
      .build(),
    turned: anApi({ duration: constant(1000), reservedConcurrency: 60 }, 300)
      .run({ duration: MINUTE })
      .build(),
    message: () => /it may have 200 requests a second, 10 for each unit of its reserved concurrency\.$/,
  },
  {
    limit: 'EniLimit',
    resource: 'functions.api',
    knob: 'functions.api.vpc.addresses',
    has: anApi({ ...busy, memory: 3008, vpc: { mode: 'classic', addresses: 10 } }, 20)
      .asOf('2019-06-01')
      .build(),
    turned: anApi({ ...busy, memory: 3008, vpc: { mode: 'classic', addresses: 400 } }, 20)
      .asOf('2019-06-01')
      .build(),
    message: () => /its network interfaces had used up the 10 addresses of the subnets\.$/,
  },
  {
    limit: 'ApiGatewayRate',
    resource: 'traffic.web',
    knob: 'rules.api-gateway-rate.perSecond',
    has: anApi({ duration: constant(1000) }, 100, { via: 'rest-api' })
      .rules({ 'api-gateway-rate': { perSecond: 60, burst: 50 } })
      .build(),
    turned: anApi({ duration: constant(1000) }, 100, { via: 'rest-api' })
      .rules({ 'api-gateway-rate': { perSecond: 200, burst: 50 } })
      .build(),
    message: ({ traffic }) =>
      new RegExp(
        `^API Gateway refused ${number(traffic.web!.throttled)} requests of web \\([\\d.]+% of its attempts\\) .* 60 a second, with bursts of 50\\.$`,
      ),
  },
  {
    limit: 'ServiceError',
    resource: 'functions.api',
    knob: 'account.outages',
    has: anApi({}, 10)
      .account({ outages: [{ at: 2 * MINUTE, for: MINUTE, share: 1 }] })
      .build(),
    turned: anApi({}, 10).account({ outages: [] }).build(),
    message: ({ functions }) => new RegExp(`^Lambda failed ${functions.api!.serviceErrors} attempts to invoke api`),
  },
  {
    limit: 'Timeout',
    resource: 'functions.api',
    knob: 'functions.api.timeout',
    has: anApi({ duration: { kind: 'exponential', mean: SECOND }, timeout: 3 * SECOND }, 10).build(),
    turned: anApi({ duration: { kind: 'exponential', mean: SECOND }, timeout: 60 * SECOND }, 10).build(),
    message: ({ functions }) =>
      new RegExp(`^${functions.api!.timeouts} invocations of api \\([\\d.]+%\\) ended at its timeout of 3 s`),
  },
  {
    limit: 'ClientTimeout',
    resource: 'traffic.web',
    knob: 'traffic.web.timeout',
    has: anApi({ duration: { kind: 'exponential', mean: SECOND } }, 10, { timeout: 2 * SECOND }).build(),
    turned: anApi({ duration: { kind: 'exponential', mean: SECOND } }, 10, { timeout: 60 * SECOND }).build(),
    message: ({ traffic }) =>
      new RegExp(
        `^${traffic.web!.timedOut} of ${number(traffic.web!.offered)} requests of web .* after 2 s, while api went on and was billed\\.$`,
      ),
  },
  {
    limit: 'InitTimeout',
    resource: 'functions.api',
    knob: 'functions.api.init',
    has: anApi({ init: constant(12 * SECOND) }, 10).build(),
    turned: anApi({ init: constant(8 * SECOND) }, 10).build(),
    message: ({ functions }) =>
      new RegExp(
        `^${functions.api!.coldStarts} of ${functions.api!.coldStarts} cold starts of api passed the limit of 10 s`,
      ),
  },
  {
    limit: 'RetriesExhausted',
    resource: 'traffic.web',
    knob: 'traffic.web.retry',
    has: anApi({ ...busy, reservedConcurrency: 12 }, 5, {
      retry: { ...threeTimes, maximumAttempts: 3, on: ['throttle'] },
    }).build(),
    turned: anApi({ ...busy, reservedConcurrency: 12 }, 5, {
      retry: { ...threeTimes, maximumAttempts: 60, on: ['throttle'] },
    }).build(),
    message: ({ traffic }) =>
      new RegExp(`^${traffic.web!.throttled} of [\\d,]+ requests of web .* retries made 1\\.\\d\\d attempts`),
  },
  {
    limit: 'ProvisionedConcurrency',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    has: anApi({ ...busy, provisionedConcurrency: 8 }, 5).build(),
    turned: anApi({ ...busy, provisionedConcurrency: 40 }, 5).build(),
    message: ({ functions }) =>
      new RegExp(
        `^${number(functions.api!.spilloverInvocations)} of .* ran on demand, ${functions.api!.coldStarts} of them cold, because its provisioned concurrency of 8 was in use\\.$`,
      ),
  },
  {
    limit: 'ColdStart',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    has: anApi({ init: constant(300_000), keepAlive: constant(5 * SECOND) }, 0.2)
      .run({ duration: HOUR })
      .build(),
    turned: anApi({ init: constant(300_000), keepAlive: constant(5 * SECOND), provisionedConcurrency: 5 }, 0.2)
      .run({ duration: HOUR })
      .build(),
    message: ({ functions, traffic }) => {
      const added = traffic.web!.parts.init.toFixed(0);
      // 0.5 GB for 730 hours at 0.0000041667 USD.
      return new RegExp(
        `^${functions.api!.coldStarts} of .* cold starts, with an init of 300 ms at the median; they add ${added} ms to the mean latency of web\\. An environment kept ready costs \\$5\\.48 a month\\.$`,
      );
    },
  },
  {
    limit: 'ColdStart',
    resource: 'functions.api',
    knob: 'functions.api.init',
    has: anApi({ init: constant(300_000), keepAlive: constant(5 * SECOND) }, 0.2)
      .asOf('2019-06-01')
      .run({ duration: HOUR })
      .build(),
    turned: anApi({ init: constant(5_000), keepAlive: constant(5 * SECOND) }, 0.2)
      .asOf('2019-06-01')
      .run({ duration: HOUR })
      .build(),
    message: () => /they add \d+ ms to the mean latency of web\.$/,
  },
  {
    // A shorter init would leave nearly all of it.
    limit: 'ColdStart',
    resource: 'functions.api',
    knob: 'functions.api.vpc',
    has: anApi({ vpc: { mode: 'classic', addresses: 100 }, keepAlive: constant(5 * SECOND) }, 0.2)
      .asOf('2019-06-01')
      .run({ duration: HOUR })
      .build(),
    turned: anApi({ keepAlive: constant(5 * SECOND) }, 0.2)
      .asOf('2019-06-01')
      .run({ duration: HOUR })
      .build(),
    message: () =>
      /init of 0 ms at the median, after 9\.\d+ s on average for a network interface of its VPC; they add about [3-6](\.\d+)? s to an invocation on average\.$/,
  },
  {
    limit: 'ColdStart',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    has: anApi({ vpc: { mode: 'classic', addresses: 100 }, keepAlive: constant(5 * SECOND) }, 0.2)
      .run({ duration: HOUR })
      .build(),
    turned: anApi(
      { vpc: { mode: 'classic', addresses: 100 }, keepAlive: constant(5 * SECOND), provisionedConcurrency: 5 },
      0.2,
    )
      .run({ duration: HOUR })
      .build(),
    message: () => /for a network interface of its VPC; .* An environment kept ready costs /,
  },
  {
    limit: 'ProvisionedConcurrencyIdle',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    has: anApi({ provisionedConcurrency: 40 }, 5).build(),
    turned: anApi({ provisionedConcurrency: 0 }, 5).build(),
    message: () =>
      /in use 1\.[2-4]\d% of the time it is paid for, at \$219\.00 a month; it costs less than running on demand from 60% on\.$/,
  },
  {
    limit: 'ProvisionedConcurrencyIdle',
    resource: 'functions.api',
    knob: 'functions.api.provisionedConcurrency',
    has: anApi({ provisionedConcurrency: 4 }, 20).inRegion('ap-northeast-1').build(),
    turned: anApi({ provisionedConcurrency: 0 }, 20).inRegion('ap-northeast-1').build(),
    message: () => /; at these prices it never costs less than running on demand\.$/,
  },
  {
    limit: 'BilledDuration',
    resource: 'functions.api',
    knob: 'asOf',
    has: anApi({ duration: constant(110_000) }, 10)
      .asOf('2020-11-30')
      .build(),
    turned: anApi({ duration: constant(110_000) }, 10)
      .asOf('2020-12-01')
      .build(),
    message: () =>
      /^Rounding every run up to 100 ms is 45% of the billed run time of api, \$\d+\.\d\d a month; since 2020-12-01 AWS bills by the millisecond\.$/,
  },
  {
    limit: 'BilledInit',
    resource: 'functions.api',
    knob: 'functions.api.init',
    has: anApi({ init: constant(2 * SECOND), keepAlive: constant(SECOND) }, 0.1)
      .run({ duration: HOUR })
      .build(),
    turned: anApi({ init: constant(1000), keepAlive: constant(SECOND) }, 0.1)
      .run({ duration: HOUR })
      .build(),
    message: () => /^Inits are 9\d(\.\d)?% of the billed run time of api, /,
  },
];

holdEach(CASES);

test('every cause that the sources name is among them', () => {
  const sources = sourcesBelow('src/study/findings').map(({ text }) => text);
  const named = sources.flatMap((text) => [
    ...text.matchAll(/limit: '(\w+)'|(?:add|tell)\(\s*'(\w+)'|'(Billed\w+)'|^ {2}(\w+Exceeded|EniLimit):/gm),
  ]);
  const limits = new Set(named.map(([, ...found]) => found.find((each) => each !== undefined)));
  // Those that take a threshold to be found have a test below.
  const tested = new Set([...CASES.map(({ limit }) => limit), 'FunctionError', 'HandlerDuration', 'BilledItem']);
  const others = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('-findings.test.ts'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n');
  expect(limits.size).toBeGreaterThan(12);
  expect([...limits].filter((limit) => !tested.has(limit!) && !others.includes(`'${limit}'`))).toEqual([]);
});

describe('findings', () => {
  test('are none for a function that is well', () => {
    const calm = anApi({ init: constant(200_000), response: { size: MB, streamed: false, rate: undefined } }, 10);
    expect(runOf(calm.run({ duration: HOUR }).build()).findings).toEqual([]);
  });

  test('speak of one cold start as one', () => {
    const once = anApi({ init: constant(200_000) }, 0).withTraffic('cron', 'api', { kind: 'burst', at: 0, count: 1 });
    expect(runOf(once.build()).findings[0]!.message).toMatch(
      /^1 of 1 invocation of api \(100%\) was a cold start, with an init of 200 ms at the median; it adds 200 ms to the mean /,
    );
  });

  test('have the first and the last instant of a throttle, and the outage they belong to', () => {
    const outage = { at: 2 * MINUTE, for: MINUTE, share: 1 };
    const other = [
      { at: 0, amount: 0 },
      { at: 4 * MINUTE, amount: 1000 },
      { at: 5 * MINUTE, amount: 0 },
    ];
    const scenario = anApi({}, 10, { arrivals: { kind: 'regular' } }).account({
      outages: [outage],
      otherConcurrency: other,
    });
    const { findings } = runOf(scenario.build());
    expect(findings.map(({ limit, from, to }) => [limit, from, to])).toEqual([
      // The step of the other functions is run before the request of the same instant, as the last one is after its end.
      ['ConcurrentInvocationLimitExceeded', expect.closeTo(240, 0), expect.closeTo(300, 0)],
      ['ServiceError', 120, 180],
    ]);
  });

  test('blame for a full account who filled it at that time, on demand', () => {
    const scenario = aScenario()
      .withFunction('early', { duration: constant(20 * SECOND), timeout: MINUTE })
      .withFunction('ready', { duration: constant(20 * SECOND), timeout: MINUTE, provisionedConcurrency: 400 })
      .withTraffic('first', 'early', { kind: 'burst', at: 0, count: 700 })
      .withTraffic('later', 'ready', { kind: 'burst', at: MINUTE, count: 1_000 })
      .run({ duration: 2 * MINUTE });
    const found = runOf(scenario.build()).findings.find(({ limit }) => limit === 'ConcurrentInvocationLimitExceeded')!;
    expect([found.resource, found.knob]).toEqual(['functions.early', 'account.concurrencyLimit']);
    expect(found.message).toMatch(/: the 600 executions that functions without a reservation share were in use\.$/);
  });

  test('tell provisioned concurrency in use from one that takes no more requests a second', () => {
    const scenario = aScenario()
      .withFunction('short', { duration: constant(20_000), provisionedConcurrency: 10 })
      .withTraffic('web', 'short', 150, { arrivals: { kind: 'regular' } })
      .run({ duration: MINUTE });
    const found = runOf(scenario.build()).findings.find(({ limit }) => limit === 'ProvisionedConcurrency')!;
    expect(found.message).toMatch(
      /because its provisioned concurrency of 10 takes 100 requests a second, 10 for each\.$/,
    );
  });

  test('lead with what weighs most: a share of the requests or of the bill', () => {
    const scenario = anApi({ ...busy, reservedConcurrency: 8, init: constant(SECOND) }, 5)
      .withFunction('kept', { provisionedConcurrency: 5 })
      .withTraffic('few', 'kept', 0.1)
      .withFunction('rare', { init: constant(2 * SECOND) })
      .withTraffic('seldom', 'rare', 0.01)
      .account({ outages: [{ at: 0, for: SECOND, share: 1 }] })
      .run({ duration: HOUR });
    expect(runOf(scenario.build()).findings.map(({ resource, limit }) => `${resource} ${limit}`)).toEqual([
      'functions.api ReservedFunctionConcurrentInvocationLimitExceeded',
      'functions.kept ProvisionedConcurrencyIdle',
      'functions.rare ColdStart',
      'functions.api ServiceError',
      'functions.rare BilledInit',
    ]);
  });

  test('lead with what more requests met, not with what met all of a few', () => {
    const shop = (nightly: TrafficSettings['shape']) =>
      anApi({ ...busy, reservedConcurrency: 16, init: constant(1000) }, 5)
        .withFunction('nightly', { init: constant(SECOND), keepAlive: constant(SECOND) })
        .withTraffic('cron', 'nightly', nightly)
        .run({ duration: HOUR })
        .build();
    const order = (scenario: ReturnType<typeof shop>) =>
      runOf(scenario).findings.flatMap(({ resource, limit }) => (limit === 'BilledInit' ? [] : [resource]));
    const seldom = order(shop({ kind: 'trace-counts', every: 15 * MINUTE, counts: [1, 1, 1, 1] }));
    expect(seldom).toEqual(['functions.api', 'functions.nightly']);
    expect(order(shop({ kind: 'rate', rate: 5 }))[0]).toBe('functions.nightly');
  });

  test('count what a function reads by its records, not by its batches', () => {
    const scenario = aScenario()
      .withQueue('orders', { visibilityTimeout: 6 * MINUTE, backlog: 1_000 })
      .withFunction('worker', { eventSources: [reads('orders')] })
      .withFunction('api')
      .withTraffic('shop', 'orders', 9, { arrivals: { kind: 'regular' } })
      .withTraffic('web', 'api', 5, { arrivals: { kind: 'regular' } })
      .run({ duration: 10 * MINUTE })
      .build();
    const { run } = runOf(scenario);
    const subject = new Subject(scenario, run, NO_EVIDENCE);
    const of = (resource: string) => requestShare(subject, resource);
    expect(run.functions.worker!.invocations).toBeLessThan(5_500);
    expect(['functions.worker', 'queues.orders', 'functions.api', 'traffic.shop', 'account'].map(of)).toEqual([
      6_400 / 9_400,
      6_400 / 9_400,
      3_000 / 9_400,
      5_400 / 9_400,
      1,
    ]);
  });

  test('mark trifles, unless a threshold failed by them', () => {
    const rare = { duration: { kind: 'lognormal', mean: 100_000, cv: 2 } as const, timeout: 3 * SECOND };
    const minorOf = (limit: number) =>
      judgedRunOf(
        anApi(rare, 200)
          .withThresholds(aThreshold('rate(functions.api.timeouts)', 'functions.api.timeouts', '<', limit))
          .run({ duration: HOUR })
          .build(),
      ).findings.map(({ limit: what, minor }) => [what, minor]);
    expect(minorOf(1)).toEqual([['Timeout', true]]);
    expect(minorOf(1e-9)).toEqual([['Timeout', undefined]]);
  });

  test('lead with what failed a threshold, however heavy the rest', () => {
    const scenario = anApi({ ...busy, reservedConcurrency: 18 }, 5)
      .withFunction('rare', { init: constant(2 * SECOND) })
      .withTraffic('seldom', 'rare', 0.01)
      .withThresholds(
        aThreshold('rate(functions.rare.coldStarts) < 0.001', 'functions.rare.coldStarts', '<', 0.001),
        aThreshold('rate(traffic.web.succeeded) > 0.1', 'traffic.web.succeeded', '>', 0.1),
      )
      .run({ duration: HOUR })
      .build();
    const simulation = new Simulation(scenario, { timeline: true });
    simulation.advance();
    const run = simulation.result();
    const limits = (verdicts: Results['thresholds']) =>
      findingsOf(scenario, run, evidenceOf(simulation), { verdicts }).map(({ limit }) => limit);
    const verdicts = thresholdVerdicts(scenario, [run]);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['fail', 'pass']);
    expect(limits(verdicts)[0]).toBe('ColdStart');
    expect(limits([])[0]).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
  });

  test('lead with the invocations on demand that a threshold will not have, before the bill that is too high as well', () => {
    const scenario = anApi({ provisionedConcurrency: 2, duration: constant(SECOND / 2) }, 10).withThresholds(
      aThreshold('rate(functions.api.spilloverInvocations) < 0.01', 'functions.api.spilloverInvocations', '<', 0.01),
      { ...aThreshold('sum(bill.monthly) < 1 USD', 'bill.monthly', '<', 1), statistic: 'sum' },
    );
    expect(judgedRunOf(scenario.build()).findings[0]!.limit).toBe('ProvisionedConcurrency');
  });

  test('tell of failures that the scenario asks for where a threshold asks too, and stop when the errors do', () => {
    const limits = (errorRate: number, ...thresholds: ThresholdSettings[]) => {
      const scenario = anApi({ errorRate }, 10).withThresholds(...thresholds);
      return judgedRunOf(scenario.build()).findings;
    };
    const few = aThreshold('rate(traffic.web.failed) < 1%', 'traffic.web.failed', '<', 0.01);
    const [found, ...others] = limits(0.05, few);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      limit: 'FunctionError',
      resource: 'functions.api',
      knob: 'functions.api.errorRate',
      message: expect.stringMatching(
        /^\d{3} of [\d,]+ invocations of api \([45]\.?\d*%\) failed in its handler, as its errorRate of 5% says\.$/,
      ),
    });
    expect(limits(0, few)).toEqual([]);
    expect(limits(0.05)).toEqual([]);
  });

  test('name the handler where it is too slow by itself, before what only few requests met', () => {
    const judged = (mean: number) =>
      judgedRunOf(
        anApi({ duration: { kind: 'exponential', mean }, provisionedConcurrency: 3 }, 10)
          .withThresholds({
            ...aThreshold('p99(traffic.web.latency) < 2s', 'traffic.web.latency', '<', 2_000),
            statistic: 'p99',
          })
          .build(),
      ).findings;
    const slow = judged(SECOND);
    expect(slow.map(({ limit }) => limit)).toContain('ProvisionedConcurrency');
    expect(slow[0]).toMatchObject({
      limit: 'HandlerDuration',
      resource: 'functions.api',
      knob: 'functions.api.duration',
      message: expect.stringMatching(
        /^The handler of api alone runs for [34](\.\d+)? s \(p99\), longer than the 2 s that traffic\.web is allowed\.$/,
      ),
    });
    expect(judged(SECOND / 10).map(({ limit }) => limit)).not.toContain('HandlerDuration');
    const scaled = (memory: number) =>
      judgedRunOf(
        anApi(
          {
            duration: constant(SECOND),
            memory,
            memoryScaling: { kind: 'cpu', measuredAt: 128, cpuBound: 1, parallel: 0 },
          },
          10,
        )
          .withThresholds({ ...aThreshold('p50', 'functions.api.duration', '<', 500), statistic: 'p50' })
          .build(),
      ).findings.filter(({ limit }) => limit === 'HandlerDuration');
    expect(scaled(128)).toMatchObject([{ knob: 'functions.api.memory' }]);
    expect(scaled(512)).toEqual([]);
  });

  test('name the dearest item of a bill that is too high, and another when it is cheaper', () => {
    const judged = (via: TrafficSettings['via']) =>
      judgedRunOf(
        anApi({}, 10, { via })
          .withThresholds({ ...aThreshold('sum(bill.monthly) < 1 USD', 'bill.monthly', '<', 1), statistic: 'sum' })
          .build(),
      ).findings.find(({ limit }) => limit === 'BilledItem');
    expect(judged('step-functions')).toMatchObject({
      resource: 'traffic.web',
      knob: 'traffic.web.via',
      message: expect.stringMatching(
        /^Step Functions transitions of web: \$6\d\d\.\d\d a month before tiers, 9\d(\.\d)?% of the bill and its dearest item\.$/,
      ),
    });
    expect(judged('sdk')).toMatchObject({ resource: 'functions.api', knob: 'functions.api.memory' });
    const queued = aScenario()
      .withQueue('orders', { visibilityTimeout: MINUTE })
      .withFunction('worker', { duration: constant(1_000), memory: 128, eventSources: [reads('orders')] })
      .withTraffic('shop', 'orders', 100)
      .withThresholds({ ...aThreshold('sum(bill.monthly) < 1 USD', 'bill.monthly', '<', 1), statistic: 'sum' })
      .run({ duration: 10 * MINUTE });
    expect(judgedRunOf(queued.build()).findings.find(({ limit }) => limit === 'BilledItem')).toMatchObject({
      resource: 'queues.orders',
      knob: 'functions.worker.eventSources[0].batchSize',
    });
    expect(runOf(anApi({}, 10, { via: 'step-functions' }).build()).findings).toEqual([]);
  });

  test('of a bill that is too high are no trifles', () => {
    const scenario = anApi({ timeout: 3 * SECOND, duration: { kind: 'lognormal', mean: 100_000, cv: 2 } }, 200)
      .withFunction('spare', { provisionedConcurrency: 10 })
      .withTraffic('few', 'spare', 1)
      .withThresholds({ ...aThreshold('sum(bill.monthly) < 1 USD', 'bill.monthly', '<', 1), statistic: 'sum' })
      .run({ duration: HOUR })
      .build();
    const { verdicts, findings } = judgedRunOf(scenario);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['fail']);
    const limits = findings.map(({ limit }) => limit);
    // What the bill is mostly made of weighs most, what is paid for and not used comes next.
    expect(limits.slice(0, 2)).toEqual(['BilledItem', 'ProvisionedConcurrencyIdle']);
    expect(limits).toContain('Timeout');
  });

  test('of a function explain what it reads', () => {
    const scenario = aScenario()
      .withQueue('orders', { visibilityTimeout: 6 * MINUTE })
      .withFunction('worker', { ...busy, reservedConcurrency: 5, eventSources: [reads('orders', { batchSize: 1 })] })
      .withFunction('rare', { init: constant(2 * SECOND) })
      .withTraffic('shop', 'orders', 5)
      .withTraffic('seldom', 'rare', 0.01)
      .withThresholds({
        ...aThreshold('max(queues.orders.age) < 1m', 'queues.orders.age', '<', 60_000),
        statistic: 'max',
      })
      .run({ duration: HOUR })
      .build();
    const { verdicts, findings } = judgedRunOf(scenario);
    expect(verdicts[0]!.verdict).toBe('fail');
    expect(findings[0]!.limit).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
  });

  test('of many replications say of which one they tell', () => {
    const scenario = anApi({ ...busy, reservedConcurrency: 8 }, 5).build();
    const runs = [0, 1].map((replication) => {
      const simulation = new Simulation(scenario, { replication });
      simulation.advance();
      return simulation.result();
    });
    const [finding] = resultsOf(scenario, runs, { name: 'lambdasim', version: '0' }).findings;
    expect(finding!.message).toMatch(/^In replication 1 of 2: api was throttled /);
    expect(resultsOf(scenario, [runs[0]!], { name: 'lambdasim', version: '0' }).findings[0]!.message).toMatch(
      /^api was throttled /,
    );
  });

  test('have the bucket of the first timeout, not of an error before it', () => {
    const slow = { duration: constant(SECOND), timeout: 3 * SECOND };
    const scenario = anApi({ ...slow, errorRate: 1 }, 1, { arrivals: { kind: 'regular' } })
      .withFunction('late', { ...slow, duration: constant(9 * SECOND) })
      .withTraffic('nightly', 'late', { kind: 'burst', at: 5 * MINUTE + SECOND, count: 1 }, { timeout: 2 * SECOND })
      .build();
    const { findings } = runOf(scenario);
    expect(findings.map(({ resource, limit, from, to }) => [resource, limit, from, to])).toEqual([
      ['functions.late', 'Timeout', 300, 360],
      ['traffic.nightly', 'ClientTimeout', 300, 360],
    ]);
  });

  test('begin after the warm-up no sooner than a timeout takes', () => {
    const never = anApi({ duration: constant(9 * SECOND), timeout: 3 * SECOND }, 10).run({ warmUp: MINUTE });
    const timeout = runOf(never.build()).findings.find(({ limit }) => limit === 'Timeout');
    expect(timeout!.from).toBe(63);
  });

  test('without evidence tell of the whole measured time', () => {
    const scenario = anApi({ ...busy, reservedConcurrency: 8 }, 5)
      .run({ warmUp: MINUTE })
      .build();
    const simulation = new Simulation(scenario);
    simulation.advance();
    expect(findingsOf(scenario, simulation.result()).map(({ from, to }) => [from, to])).toEqual([[60, 600]]);
  });
});
