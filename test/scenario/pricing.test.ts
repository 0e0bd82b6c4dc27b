/** Names in `pricing` are checked, all at once, each where it stands; so are the region and the prices that it lacks. */
import { expect, test } from 'vitest';
import { pricedRegions } from '../../src/billing/price-list.js';
import { REGIONS } from '../../src/rules/regions.js';
import type { ParseOptions } from '../../src/scenario/parse-scenario.js';
import { parseBillable } from '../../src/study/parse-billable.js';
import { linesOf, scenarioWith } from './lines-of.js';

test('every unknown price and service is told at its own place', () => {
  const top = `pricing:
  include: [lambda, kms, lamda, moon]
  overrides:
    lambda.request: 0.18
    lambda.requests: 0.2
    lambda.duration.arm: 0.1
    cheese: 3`;
  expect(linesOf(scenarioWith({ top }))).toEqual([
    'not-supported-yet  scenario.yaml:2:21  pricing.include[1]  the charges of kms are not supported yet  (remove it: the bill is of lambda, sqs, sns, eventbridge, api-gateway, step-functions, alb, dynamodb, kinesis and s3)',
    'unknown-service  scenario.yaml:2:26  pricing.include[2]  there is no service lamda  (did you mean lambda?)',
    'unknown-service  scenario.yaml:2:33  pricing.include[3]  there is no service moon  (use lambda, sqs, sns, eventbridge, api-gateway, step-functions, alb, dynamodb, kinesis or s3)',
    'unknown-price  scenario.yaml:5:5  pricing.overrides.lambda.requests  there is no price lambda.requests  (did you mean lambda.request?)',
    'unknown-price  scenario.yaml:6:5  pricing.overrides.lambda.duration.arm  there is no price lambda.duration.arm  (did you mean lambda.duration.arm64?)',
    'unknown-price  scenario.yaml:7:5  pricing.overrides.cheese  there is no price cheese  (see lambdasim prices)',
  ]);
});

const parsed = (text: string, options: ParseOptions = {}) =>
  parseBillable(text, options).problems.map(
    ({ code, line, column, file, path, message, hint }) =>
      `${code}  ${file}:${line}:${column}  ${path}  ${message}  (${hint})`,
  );

test('a region that nobody knows is told beside every other mistake, with the nearest', () => {
  const wrong = ['region: us-mars-1', 'thresholds: [p99(traffic.wob.latency) < 3s]'].join('\n');
  expect(parsed(scenarioWith({ top: wrong }))).toEqual([
    'unknown-region  scenario.yaml:1:9  region  no prices are known for region us-mars-1  (did you mean us-east-1?)',
    'unknown-id  scenario.yaml:2:14  thresholds[0]  there is no traffic wob  (did you mean web?)',
  ]);
  expect(parsed(scenarioWith({ top: 'region: xx-nowhere-9' }))).toEqual([
    'unknown-region  scenario.yaml:1:9  region  no prices are known for region xx-nowhere-9  (lambdasim prices lists the regions)',
  ]);
});

test('a price that a region lacks is told beside every other mistake, at the flag that set the region too', () => {
  const message = 'lambda.request in cn-north-1 is priced in CNY, and the bill is in USD';
  const text = scenarioWith({ top: 'region: cn-north-1\nrun: { duraton: 1h }' });
  expect(parsed(text)).toEqual([
    expect.stringContaining(`no-price  scenario.yaml:1:9  region  ${message}`),
    expect.stringContaining('no-price  scenario.yaml:1:9  region  lambda.duration.x86_64 in cn-north-1'),
    'unknown-key  scenario.yaml:2:8  run.duraton  run has no setting duraton  (did you mean duration?)',
  ]);
  const [first] = parsed(scenarioWith(), { sets: [{ path: 'region', value: 'cn-north-1' }] });
  expect(first).toMatch(/^no-price {2}--set:1:\d+ {2}region /);
});

test('so is one of the services around Lambda, unless they are not on the bill', () => {
  const sources =
    'queues: { orders: {} }\nstreams: { clicks: { mode: on-demand } }\ntopics: { news: { type: eventbridge } }';
  const missing = (top: string) =>
    parsed(scenarioWith({ top: `region: eu-west-1\n${sources}\n${top}` }))
      .filter((line) => line.startsWith('no-price'))
      .map((line) => /for (\S+) in eu-west-1/.exec(line)?.[1]);
  expect(missing('thresholds: [p99(traffic.wob.latency) < 3s]')).toEqual([
    'sqs.request.standard',
    'kinesis.on-demand-hour',
    'kinesis.on-demand-in',
    'kinesis.on-demand-out',
    'eventbridge.event',
  ]);
  expect(missing('pricing: { include: [lambda, sqs] }')).toEqual(['sqs.request.standard']);
  expect(missing('pricing: { include: [lambda] }')).toEqual([]);
});

test('a price is not missed while what it depends on cannot be read', () => {
  const top = 'region: cn-north-1\npricing: { overrides: { lambda.request: cheap } }';
  expect(parsed(scenarioWith({ top })).map((line) => line.split('  ')[0])).toEqual(['wrong-type']);
  const pollers = parsed(
    `region: cn-north-1
queues: { orders: {} }
traffic: { web: { to: api, rate: 1/s } }
functions: { api: { duration: 45ms, eventSources: [{ queue: orders, batchSize: many }] } }`,
  );
  // What reads queues decides of the price of pollers alone.
  expect(pollers.map((line) => /(\S+) in cn-north-1/.exec(line)?.[1] ?? line.split('  ')[0])).toEqual([
    'lambda.request',
    'lambda.duration.x86_64',
    'sqs.request.standard',
    'wrong-type',
  ]);
  const stream = 'region: eu-west-1\nstreams: { clicks: { mode: 7 } }';
  expect(parsed(scenarioWith({ top: stream })).filter((line) => line.startsWith('no-price'))).toEqual([]);
});

test.each([
  [
    'region: ap-northeast-3\nasOf: 2019-06-01',
    [
      'no source has these prices of ap-northeast-3 on 2019-06-01, they are assumed: lambda.request (known from 2025-01-01), lambda.duration.x86_64 (known from 2025-01-01)',
    ],
  ],
  [
    'region: ap-southeast-5\nasOf: 2024-01-01\npricing: { overrides: { lambda.request: 0.2 } }',
    [
      'region ap-southeast-5 opened on 2024-08-22 (from memory), after asOf 2024-01-01',
      'prices: 1 overridden',
      'no source has these prices of ap-southeast-5 on 2024-01-01, they are assumed: lambda.duration.x86_64 (known from 2025-01-01)',
    ],
  ],
  ['region: eu-west-1\nasOf: 2025-01-01', []],
  ['asOf: 2019-06-01', []],
])('a run of %j is warned of what is assumed of its prices', (top, warnings) => {
  const { scenario, problems } = parseBillable(scenarioWith({ top }));
  expect([scenario?.warnings, problems]).toEqual([warnings, []]);
});

test('every region of a scenario has a price list, and the other way round', () => {
  expect(pricedRegions()).toEqual([...REGIONS].sort());
});
