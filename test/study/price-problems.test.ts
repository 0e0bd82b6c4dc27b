/** What keeps a bill from being made is found before a run, and only that. */
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/engine/units.js';
import type { Scenario } from '../../src/scenario/types.js';
import { parseBillable as parseScenario } from '../../src/study/parse-billable.js';
import { priceProblems } from '../../src/study/price-problems.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario } from '../support/a-scenario.js';

const scenario: Scenario = aScenario()
  .withFunction('api', { provisionedConcurrency: 1 })
  .withTraffic('web', 'api', 1)
  .run({ duration: MINUTE })
  .build();
const priced = (pricing: Partial<Scenario['pricing']>, others: Partial<Scenario> = {}): Scenario => ({
  ...scenario,
  ...others,
  pricing: { ...scenario.pricing, ...pricing },
});

describe('a scenario that can be billed', () => {
  test.each(['us-east-1', 'eu-central-2', 'me-central-1'])('has no price problem in %s', (region) => {
    expect(priceProblems({ ...scenario, region })).toEqual([]);
  });

  test('has none where it gives every price that is missing', () => {
    const chinese = { ...scenario, region: 'cn-north-1' };
    const overrides = Object.fromEntries(priceProblems(chinese).map(({ hint }) => [/\{ (\S+):/.exec(hint)![1]!, 1]));
    const given = priced({ overrides }, { region: 'cn-north-1' });
    expect(Object.keys(overrides)).toHaveLength(4);
    expect(priceProblems(given)).toEqual([]);
    expect(simulate(given).bill.total).toBeGreaterThan(0);
  });

  test('has none where Lambda is not on the bill', () => {
    expect(priceProblems(priced({ include: [] }, { region: 'cn-north-1' }))).toEqual([]);
  });
});

describe('a function that CloudFront calls', () => {
  const atEdge = aScenario()
    .withFunction('edge', { memory: 128 })
    .withTraffic('viewers', 'edge', 1, { via: 'lambda-edge', edgeEvent: 'viewer-request' })
    .run({ duration: MINUTE })
    .build();

  test('is billed as Lambda@Edge, and nothing of it as Lambda', () => {
    const { bill, functions } = simulate(atEdge);
    const { requests, gbSeconds } = functions.edge!.billed;
    expect(bill.lines.map(({ item, usd }) => [item, usd])).toEqual([
      ['Lambda@Edge requests', expect.closeTo(requests * 0.6e-6, 12)],
      ['Lambda@Edge duration', expect.closeTo(gbSeconds * 0.00005001, 12)],
    ]);
    expect(requests).toBeGreaterThan(0);
  });

  test('needs the price of where it runs', () => {
    expect(priceProblems(atEdge)).toEqual([]);
    expect(priceProblems({ ...atEdge, region: 'eu-west-1' }).map(({ message }) => message)).toEqual([
      'no price is known for lambda-edge.request in eu-west-1 on 2026-11-21',
      'no price is known for lambda-edge.duration in eu-west-1 on 2026-11-21',
    ]);
  });
});

describe('a setting that came later', () => {
  test.each([
    ['provisionedConcurrency: 5', ''],
    ['architecture: arm64', ''],
    ['ephemeralStorage: 1GB', ''],
    ['snapStart: true', ''],
    ['eventSources: [{ queue: orders, provisionedPollers: { minimum: 2 } }]', 'queues: { orders: {} }'],
    ['eventSources: [{ stream: clicks }]', 'streams: { clicks: { mode: on-demand } }'],
    ['eventSources: [{ stream: clicks }]', 'streams: { clicks: { retention: 30d } }'],
  ])('is told of once, and not of its price: %s', (setting, resource) => {
    const text = `asOf: 2019-01-01
functions: { worker: { duration: 50ms, ${setting} } }
${resource}
traffic: { web: { to: worker, rate: 1/s } }
`;
    const { problems } = parseScenario(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.code).not.toBe('no-price');
  });

  test('needs a price where a rule lets it pass', () => {
    const text = `asOf: 2019-01-01
rules: { stream-retention: { maximum: 365d } }
functions: { worker: { duration: 50ms, eventSources: [{ stream: clicks }] } }
streams: { clicks: { retention: 30d } }
traffic: { web: { to: clicks, rate: 1/s } }
`;
    expect(parseScenario(text).problems.map(({ code }) => code)).toEqual(['no-price', 'no-price']);
  });
});

describe('a scenario that cannot be billed', () => {
  test('is told of every price that is missing, and how to give it', () => {
    const problems = priceProblems({ ...scenario, region: 'cn-north-1' });
    expect(problems[0]).toEqual({
      priceId: 'lambda.request',
      code: 'no-price',
      message: 'lambda.request in cn-north-1 is priced in CNY, and the bill is in USD',
      hint: 'give one in USD under pricing.overrides: { lambda.request: ... }',
    });
    expect(problems.map(({ message }) => /lambda[.-]\S+/.exec(message)![0])).toEqual([
      'lambda.request',
      'lambda.duration.x86_64',
      'lambda.provisioned-concurrency.x86_64',
      'lambda.provisioned-duration.x86_64',
    ]);
    expect(() => simulate({ ...scenario, region: 'cn-north-1' })).toThrow('lambda.request');
  });
});
