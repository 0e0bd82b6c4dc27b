import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bill } from '../../src/billing/bill.js';
import { pricesFor } from '../../src/billing/meters.js';
import { pricedRegions, priceFault, priceListOf, priceOf, unknownPrices } from '../../src/billing/price-list.js';
import { openedOn } from '../../src/rules/regions.js';
import { PRICE_IDS, type PriceId } from '../../src/scenario/price-ids.js';

const asOf = '2026-01-01';
function tier1(region: string, id: PriceId, day = asOf): number | undefined {
  const price = priceOf(priceListOf(region, day), id);
  return price === undefined ? undefined : price.tiers[0]!.usd;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** The services around Lambda are priced in us-east-1 only. */
const NEIGHBOURS = [
  'sqs.request.standard',
  'sqs.request.fifo',
  'sns.publish',
  'eventbridge.event',
  'api-gateway.rest',
  'api-gateway.http',
  'step-functions.transition',
  'alb.hour',
  'alb.lcu-hour',
  'dynamodb.read',
  'dynamodb.write',
  'kinesis.shard-hour',
  'kinesis.put-unit',
  'kinesis.extended-retention',
  'kinesis.long-term-retention',
  'kinesis.long-term-retrieval',
  'kinesis.fan-out-hour',
  'kinesis.fan-out-data',
  'kinesis.on-demand-hour',
  'kinesis.on-demand-in',
  'kinesis.on-demand-out',
  'kinesis.on-demand-fan-out',
  'kinesis.on-demand-extended-retention',
  's3.get',
  's3.put',
];

describe('the price list', () => {
  test('covers 33 regions', () => {
    expect(pricedRegions()).toEqual(
      expect.arrayContaining(['us-east-1', 'eu-central-1', 'ap-northeast-1', 'sa-east-1', 'af-south-1', 'cn-north-1']),
    );
    expect(pricedRegions()).toHaveLength(33);
  });

  test.each(pricedRegions())('%s bills, or names the price it lacks', (region) => {
    const usage = {
      resource: 'fn',
      architecture: 'x86_64' as const,
      memoryMb: 1024,
      billed: {
        requests: 1e6,
        durationMs: 1e9,
        gbSeconds: 1e6,
        provisionedDurationGbSeconds: 0,
        provisionedGbSeconds: 0,
        storageGbSeconds: 0,
      },
    };
    const unknown = unknownPrices(region, asOf);
    const missing = (['lambda.request', 'lambda.duration.x86_64'] as const).filter((id) => unknown.includes(id));
    if (missing.length > 0) {
      expect(['us-gov-east-1', 'us-gov-west-1', 'cn-north-1']).toContain(region);
      expect(() => bill([usage], { region, asOf })).toThrow(missing[0]);
    }
    const overrides = Object.fromEntries(missing.map((id) => [id, 0.5]));
    const requests = missing.includes('lambda.request') ? 0.5 : tier1(region, 'lambda.request')!;
    const duration = missing.includes('lambda.duration.x86_64') ? 0.5 : tier1(region, 'lambda.duration.x86_64')!;
    expect(bill([usage], { region, asOf, pricing: { overrides } }).total).toBeCloseTo(requests + duration * 1e6, 9);
  });

  test.each(pricedRegions())('%s has rising tiers of falling price, and sources for all', (region) => {
    const wrong = priceListOf(region, asOf).prices.filter(
      ({ tiers, source }) =>
        source.length < 10 ||
        tiers.some(
          ({ usd, upTo }, i) => !(usd > 0) || (i > 0 && (usd >= tiers[i - 1]!.usd || upTo <= tiers[i - 1]!.upTo)),
        ) ||
        tiers.at(-1)!.upTo !== Number.POSITIVE_INFINITY,
    );
    expect(wrong).toEqual([]);
  });

  test('us-east-1 has every price', () => {
    expect(priceListOf('us-east-1', asOf).prices.map(({ id }) => id)).toEqual(PRICE_IDS);
  });

  test.each([
    ['lambda.duration.arm64', '2021-09-28', '2021-09-29'],
    ['lambda.provisioned-concurrency.x86_64', '2019-12-02', '2019-12-03'],
    ['lambda.ephemeral-storage', '2022-03-23', '2022-03-24'],
    ['lambda.response-streaming', '2023-04-06', '2023-04-07'],
    ['lambda.snapstart-restore', '2024-11-17', '2024-11-18'],
  ] as const)('%s does not exist on %s and does on %s', (id, before, since) => {
    expect([tier1('us-east-1', id, before), tier1('us-east-1', id, since)]).toEqual([undefined, expect.any(Number)]);
  });

  test('a GB-second cost 0.00001667 until 2019, 0.0000166667 after, in three tiers since August 2022', () => {
    const tiers = (day: string) =>
      priceOf(priceListOf('us-east-1', day), 'lambda.duration.x86_64')!.tiers.map(({ usd }) => usd);
    expect([tiers('2019-06-01'), tiers('2020-07-01'), tiers('2022-08-01')]).toEqual([
      [0.00001667],
      [0.0000166667],
      [0.0000166667, 0.000015, 0.0000133334],
    ]);
  });

  // Where no source speaks of a day, nothing is claimed of it.
  test.each([
    ['us-east-1', 'lambda.request', '2018-01-01', 'verified', 0.2],
    ['us-east-1', 'lambda.duration.arm64', '2021-09-29', 'verified', 0.0000133334],
    ['us-east-1', 'lambda.provisioned-duration.x86_64', '2020-01-01', 'assumed', 0.0000097222],
    ['us-east-1', 'lambda.provisioned-duration.x86_64', '2025-01-01', 'verified', 0.0000097222],
    ['us-east-1', 'lambda-edge.request', '2025-12-31', 'assumed', 0.6],
    ['us-east-1', 'lambda.event-poller.sqs', '2025-11-14', 'assumed', 0.00925],
    ['us-east-1', 'sqs.request.standard', '2025-12-31', 'assumed', 0.4],
    ['us-east-1', 'sqs.request.standard', '2026-01-01', 'verified', 0.4],
    ['us-east-1', 'dynamodb.write', '2024-10-31', 'assumed', 1.25],
    ['us-east-1', 'dynamodb.write', '2024-11-01', 'assumed', 0.625],
    ['us-east-1', 'dynamodb.write', '2026-09-06', 'verified', 0.625],
    ['eu-west-1', 'lambda.request', '2024-12-31', 'assumed', 0.2],
    ['eu-west-1', 'lambda.provisioned-duration.arm64', '2025-01-01', 'derived', 0.0000086726],
    ['us-gov-west-1', 'lambda.duration.x86_64', '2021-12-31', 'assumed', 0.0000166667],
    ['ap-northeast-3', 'lambda.duration.x86_64', '2019-06-01', 'assumed', 0.00002153],
    ['ap-northeast-3', 'lambda.duration.x86_64', '2025-01-01', 'verified', 0.0000166667],
    ['ap-southeast-5', 'lambda.duration.x86_64', '2019-06-01', 'assumed', 0.000015],
  ] as const)('of %s %s on %s is %s', (region, id, day, status, usd) => {
    const price = priceOf(priceListOf(region, day), id)!;
    expect([price.status, price.tiers[0]!.usd]).toEqual([status, usd]);
  });

  test('names the source of an older price, and the first day of a region', () => {
    const priceIn = (region: string, day: string) => priceOf(priceListOf(region, day), 'lambda.duration.x86_64')!;
    expect(priceIn('ap-northeast-3', '2019-06-01').source).toContain('Older regional price tables');
    expect(priceIn('ap-northeast-3', '2026-01-01').source).not.toContain('Older');
    expect(priceIn('ap-southeast-5', '2026-01-01').since).toBe('2024-08-22');
  });

  test.each([
    ['us-east-1', 'lambda.request', '2026-01-01', '2018-01-01'],
    ['us-east-1', 'lambda.duration.x86_64', '2019-12-31', '2018-01-01'],
    ['us-east-1', 'lambda.duration.x86_64', '2020-01-01', '2020-01-01'],
    ['us-east-1', 'lambda.duration.x86_64', '2022-07-31', '2020-01-01'],
    ['us-east-1', 'lambda.duration.x86_64', '2022-08-01', '2022-08-01'],
    ['us-east-1', 'lambda.duration.arm64', '2022-07-31', '2021-09-29'],
    ['us-east-1', 'lambda.duration.arm64', '2026-01-01', '2022-08-01'],
    ['us-east-1', 'lambda.provisioned-duration.x86_64', '2019-12-31', '2019-12-03'],
    ['us-east-1', 'lambda.provisioned-duration.x86_64', '2026-01-01', '2020-01-01'],
    ['us-east-1', 'lambda.ephemeral-storage', '2026-01-01', '2022-03-24'],
    ['us-east-1', 'sqs.request.standard', '2026-01-01', '2018-01-01'],
    ['us-east-1', 'dynamodb.write', '2024-10-31', '2018-11-28'],
    ['us-east-1', 'dynamodb.write', '2024-11-01', '2024-11-01'],
    ['ap-northeast-3', 'lambda.duration.x86_64', '2024-12-31', '2018-02-12'],
    ['ap-northeast-3', 'lambda.duration.x86_64', '2025-01-01', '2025-01-01'],
    ['ap-southeast-5', 'lambda.request', '2026-01-01', '2024-08-22'],
  ] as const)('dates the amounts and tiers of %s %s on %s from %s on', (region, id, day, since) => {
    expect(priceOf(priceListOf(region, day), id)!.since).toBe(since);
  });

  test.each(pricedRegions())(
    '%s has on the first day of each price what it has after, and not on the day before',
    (region) => {
      const wrong = priceListOf(region, asOf).prices.filter(({ id, since, tiers }) => {
        const on = priceOf(priceListOf(region, since), id)?.tiers;
        const before = priceOf(priceListOf(region, dayBefore(since)), id)?.tiers;
        const isFirst = since === '2018-01-01' || since === openedOn(region);
        return !isDeepStrictEqual(on, tiers) || (!isFirst && isDeepStrictEqual(before, tiers));
      });
      expect(wrong.map(({ id }) => id)).toEqual([]);
    },
  );

  // AWS printed its prices for 100 ms, rounded half up to nine decimals.
  test.each([
    [128, '0.000000208'],
    [256, '0.000000417'],
    [512, '0.000000834'],
    [1024, '0.000001667'],
    [1536, '0.000002501'],
    [3008, '0.000004897'],
  ])('100 ms at %d MB cost %s in 2019 (AWS Lambda pricing page, 100 ms edition)', (memoryMb, usd) => {
    const price = tier1('us-east-1', 'lambda.duration.x86_64', '2019-06-01')!;
    expect((Math.round((price * memoryMb * 1e9) / 1024 / 10 + 1e-6) / 1e9).toFixed(9)).toBe(usd);
  });

  test('China has one tier', () => {
    expect(priceOf(priceListOf('cn-north-1', asOf), 'lambda.duration.x86_64')!.tiers).toHaveLength(1);
  });

  // The share of busy time above which provisioned concurrency is cheaper than on demand: PC / (duration - duration on PC).
  test.each([
    ['us-east-1', 0.6],
    ['eu-south-1', 0.6],
    ['eu-north-1', 0.7],
    ['ap-south-1', 0.73],
    ['eu-west-1', 0.8],
    ['eu-west-2', 0.9],
    ['us-west-1', 0.94],
    ['eu-central-1', 1.01],
    ['ap-northeast-2', 1.09],
    ['ap-southeast-1', 1.15],
    ['ap-northeast-1', 1.31],
    ['sa-east-1', 5.6],
  ])('provisioned concurrency breaks even in %s at %d of the time', (region, share) => {
    const price = (id: PriceId) => tier1(region, id)!;
    const busy =
      price('lambda.provisioned-concurrency.x86_64') /
      (price('lambda.duration.x86_64') - price('lambda.provisioned-duration.x86_64'));
    expect(Math.abs(busy - share)).toBeLessThan(share > 2 ? 0.05 : 0.0051);
  });

  test('what a region lacks is told with the way to give it', () => {
    expect(unknownPrices('us-east-1', asOf)).toEqual([]);
    expect(unknownPrices('us-east-2', asOf)).toEqual([
      'lambda.response-streaming',
      'lambda.snapstart-cache',
      'lambda.snapstart-restore',
      'lambda-edge.request',
      'lambda-edge.duration',
      'lambda.event-poller.sqs',
      ...NEIGHBOURS,
    ]);
    expect(unknownPrices('us-east-2', '2019-01-01')).toEqual([
      'lambda-edge.request',
      'lambda-edge.duration',
      ...NEIGHBOURS.filter((id) => !/on-demand|long-term|event-poller|gateway.http/.test(id)),
    ]);
    expect(unknownPrices('cn-north-1', asOf)).toEqual(PRICE_IDS);
    expect(priceFault(priceListOf('ca-west-1', asOf), 'lambda.request')).toBeUndefined();
    expect(priceFault(priceListOf('ca-west-1', asOf), 'lambda.duration.arm64')).toEqual({
      message: 'no price is known for lambda.duration.arm64 in ca-west-1 on 2026-01-01',
      hint: 'give one in USD under pricing.overrides: { lambda.duration.arm64: ... }',
    });
    expect(priceFault(priceListOf('cn-north-1', asOf), 'lambda.request')?.message).toBe(
      'lambda.request in cn-north-1 is priced in CNY, and the bill is in USD',
    );
  });

  test('a function needs the prices of what it used', () => {
    const billed = {
      requests: 1,
      durationMs: 1,
      gbSeconds: 0,
      provisionedDurationGbSeconds: 1,
      provisionedGbSeconds: 0,
      storageGbSeconds: 1,
    };
    const usage = { resource: 'fn', architecture: 'arm64' as const, memoryMb: 1024, billed, streamedGb: 1 };
    expect(pricesFor(usage)).toEqual([
      'lambda.request',
      'lambda.provisioned-duration.arm64',
      'lambda.ephemeral-storage',
      'lambda.response-streaming',
    ]);
  });
});
