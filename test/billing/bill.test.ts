import { describe, expect, test } from 'vitest';
import { type BillableUsage, bill } from '../../src/billing/bill.js';
import { UsageError } from '../../src/engine/errors.js';
import type { Billed } from '../../src/results/run-result.js';
import { rulebookOf } from '../../src/rules/rulebook.js';

const today = { region: 'us-east-1', asOf: '2026-01-01' } as const;
const X86 = [0.0000166667, 0.000015, 0.0000133334] as const;

function billed(some: Partial<Billed>): Billed {
  return {
    requests: 0,
    durationMs: 0,
    gbSeconds: 0,
    provisionedDurationGbSeconds: 0,
    provisionedGbSeconds: 0,
    storageGbSeconds: 0,
    ...some,
  };
}

function usage(resource: string, some: Partial<Billed>, architecture: 'x86_64' | 'arm64' = 'x86_64'): BillableUsage {
  return { resource, architecture, memoryMb: 1024, billed: billed(some) };
}

describe('the lines of a bill', () => {
  test('name the service, the function, the item, its quantity and its price, and leave out what was not used', () => {
    expect(bill([usage('api', { requests: 2e6, gbSeconds: 100 })], today)).toEqual({
      lines: [
        { service: 'AWS Lambda', resource: 'api', item: 'Requests', quantity: 2e6, unit: 'requests', usd: 0.4 },
        {
          service: 'AWS Lambda',
          resource: 'api',
          item: 'Duration (x86_64)',
          quantity: 100,
          unit: 'GB-s',
          usd: 0.00166667,
        },
      ],
      total: 0.40166667,
      monthly: 0.40166667,
      simulatedHours: 730,
    });
  });

  test('show free units as lines of 0 USD', () => {
    const { lines } = bill([usage('api', { requests: 3e6 })], { ...today, freeTier: true });
    expect(lines.map(({ item, quantity, usd }) => [item, quantity, usd])).toEqual([
      ['Requests', 2e6, 0.4],
      ['Requests, free tier', 1e6, 0],
    ]);
  });

  test('share what the lower tiers save among functions by their use', () => {
    const { lines, total } = bill([usage('a', { gbSeconds: 6e9 }), usage('b', { gbSeconds: 3e9 })], today);
    const cost = 6e9 * X86[0] + 3e9 * X86[1];
    expect(total).toBeCloseTo(cost, 6);
    expect(lines.map(({ usd }) => usd / total)).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(1 / 3, 12)]);
  });
});

describe('volume tiers', () => {
  test.each([
    { given: 6e9, expect: 6e9 * X86[0] },
    { given: 15e9, expect: 6e9 * X86[0] + 9e9 * X86[1] },
    { given: 20e9, expect: 6e9 * X86[0] + 9e9 * X86[1] + 5e9 * X86[2] },
  ])('$given GB-seconds of a month on x86_64', ({ given, expect: usd }) => {
    expect(bill([usage('a', { gbSeconds: given })], today).total).toBeCloseTo(usd, 6);
  });

  test('each architecture climbs its own', () => {
    const { total } = bill([usage('a', { gbSeconds: 6e9 }), usage('b', { gbSeconds: 7.5e9 }, 'arm64')], today);
    expect(total).toBeCloseTo(6e9 * X86[0] + 7.5e9 * 0.0000133334, 6);
  });

  test('start where the month to date has come', () => {
    const monthToDate = { requests: 0, gbSeconds: { x86_64: 5e9, arm64: 0 } };
    const { total } = bill([usage('a', { gbSeconds: 2e9 })], { ...today, monthToDate });
    expect(total).toBeCloseTo(1e9 * X86[0] + 1e9 * X86[1], 6);
  });

  test('did not exist before August 2022, nor do they in an account whose rules say so', () => {
    const flat = 20e9 * X86[0];
    expect(bill([usage('a', { gbSeconds: 20e9 })], { ...today, asOf: '2022-07-31' }).total).toBeCloseTo(flat, 6);
    const rules = rulebookOf(today.asOf, { 'duration-tiers': { x86_64: [], arm64: [] } });
    expect(bill([usage('a', { gbSeconds: 20e9 })], { ...today, rules }).total).toBeCloseTo(flat, 6);
  });
});

describe('the free tier', () => {
  const free = { ...today, freeTier: true };

  test('uses up no tier: 6 billion paid GB-seconds all cost the first price', () => {
    expect(bill([usage('a', { gbSeconds: 6e9 + 400_000 })], free).total).toBeCloseTo(6e9 * X86[0], 6);
  });

  test('is shared between architectures by their use', () => {
    const { lines } = bill([usage('a', { gbSeconds: 600_000 }), usage('b', { gbSeconds: 200_000 }, 'arm64')], free);
    expect(lines.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['Duration (x86_64)', 300_000],
      ['Duration (x86_64), free tier', 300_000],
      ['Duration (arm64)', 100_000],
      ['Duration (arm64), free tier', 100_000],
    ]);
  });

  test('goes to the month to date first', () => {
    const monthToDate = { requests: 800_000, gbSeconds: { x86_64: 300_000, arm64: 100_000 } };
    const { lines } = bill([usage('a', { requests: 1e6, gbSeconds: 1_000 })], { ...free, monthToDate });
    expect(lines.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['Requests', 800_000],
      ['Requests, free tier', 200_000],
      ['Duration (x86_64)', 1_000],
    ]);
  });

  test('does not cover provisioned concurrency or runs on it', () => {
    const some = { provisionedGbSeconds: 1_000, provisionedDurationGbSeconds: 1_000 };
    expect(bill([usage('a', some)], free).total).toBeCloseTo(1_000 * (0.0000041667 + 0.0000097222), 12);
  });
});

describe('a run shorter than a month', () => {
  test('has its own lines and total without the free tier, and a month of 730 such hours with it', () => {
    const result = bill([usage('a', { requests: 10_000 })], { ...today, freeTier: true, simulatedHours: 1 });
    expect([result.total, result.simulatedHours]).toEqual([0.002, 1]);
    expect(result.monthly).toBeCloseTo((7.3e6 - 1e6) * 0.2e-6, 12);
    expect(result.lines.map(({ quantity }) => quantity)).toEqual([10_000]);
  });

  test('reaches lower tiers in its month that it does not reach itself', () => {
    const hour = 10e9 / 730;
    const result = bill([usage('a', { gbSeconds: hour })], { ...today, simulatedHours: 1 });
    expect(result.total).toBeCloseTo(hour * X86[0], 6);
    expect(result.monthly).toBeCloseTo(6e9 * X86[0] + 4e9 * X86[1], 4);
  });
});

describe('what a customer has agreed', () => {
  const fn = [usage('a', { requests: 1e6, gbSeconds: 1e6 })];

  test('a discount comes off every line', () => {
    const full = bill(fn, today);
    const cut = bill(fn, { ...today, pricing: { discount: 0.25 } });
    expect(cut.lines.map(({ usd }) => usd)).toEqual(full.lines.map(({ usd }) => expect.closeTo(usd * 0.75, 12)));
  });

  test.each([
    { region: 'us-east-1', plan: 'no-upfront', expect: 0.0000147 },
    { region: 'us-east-1', plan: 'all-upfront', expect: 0.0000138 },
    { region: 'eu-south-1', plan: 'no-upfront', expect: 0.0000195172 * 0.88 },
    { region: 'eu-south-1', plan: 'all-upfront', expect: 0.0000195172 * 0.83 },
  ] as const)('a savings plan ($plan, $region) lowers duration and not requests', ({ region, plan, expect: usd }) => {
    const { lines } = bill(fn, { ...today, region, pricing: { savingsPlan: plan } });
    const list = bill(fn, { ...today, region }).lines;
    expect(lines.map((line) => line.usd)).toEqual([list[0]!.usd, expect.closeTo(usd * 1e6, 9)]);
  });

  test('an own price replaces all tiers, in the unit of the price list', () => {
    const overrides = { 'lambda.request': 0.1, 'lambda.duration.x86_64': 0.00001 };
    const { total } = bill([usage('a', { requests: 1e6, gbSeconds: 20e9 })], { ...today, pricing: { overrides } });
    expect(total).toBeCloseTo(0.1 + 200_000, 6);
  });

  test('an empty include leaves Lambda out', () => {
    expect(bill(fn, { ...today, pricing: { include: [] } })).toEqual({
      lines: [],
      total: 0,
      monthly: 0,
      simulatedHours: 730,
    });
    expect(bill(fn, { ...today, pricing: { include: ['lambda'] } }).total).toBeGreaterThan(0);
  });
});

describe('a bill that cannot be made says what to change', () => {
  test.each([
    ['an unknown region', { region: 'moon-1' }, {}, 'no prices are known for region moon-1'],
    [
      'a price that is not known',
      { region: 'ca-west-1' },
      {},
      'no price is known for lambda.duration.arm64 in ca-west-1 on 2026-01-01',
    ],
    [
      'an unknown price id',
      { pricing: { overrides: { 'lambda.requests': 1 } } },
      {},
      'there is no price lambda.requests',
    ],
    [
      'a negative price',
      { pricing: { overrides: { 'lambda.request': -1 } } },
      {},
      'the price of lambda.request must be a number, 0 or more',
    ],
    ['a discount above 1', { pricing: { discount: 2 } }, {}, 'a discount lies between 0 and 1'],
    [
      'an early savings plan',
      { asOf: '2019-06-01', pricing: { savingsPlan: 'no-upfront' } },
      {},
      'savings plans cover Lambda since 2020-02-17, after 2019-06-01',
    ],
    ['a run of no time', { simulatedHours: 0 }, {}, 'simulatedHours must be above 0'],
    ['a day that is none', { asOf: 'yesterday' }, {}, 'asOf yesterday is not a date'],
    ['a day before there were prices', { asOf: '2017-12-31' }, {}, 'asOf 2017-12-31 is before the first price list'],
    ['no region', { region: undefined as unknown as string }, {}, 'region must be text, not nothing'],
    [
      'a month that gave something back',
      { monthToDate: { requests: -1, gbSeconds: { x86_64: 0, arm64: 0 } } },
      {},
      'monthToDate.requests must be a number, 0 or more, not -1',
    ],
    [
      'a month that is no number',
      { monthToDate: { requests: 0, gbSeconds: { x86_64: 0, arm64: Number.NaN } } },
      {},
      'monthToDate.gbSeconds.arm64 must be a number, 0 or more, not NaN',
    ],
    ['half a month', { monthToDate: { requests: 0 } as never }, {}, 'monthToDate.gbSeconds must be an object'],
    ['a run of no number', { simulatedHours: Number.NaN }, {}, 'simulatedHours must be above 0'],
    ['an unknown plan', { pricing: { savingsPlan: 'gold' as never } }, {}, 'there is no savings plan gold'],
    ['a service that is not billed', { pricing: { include: ['kms'] } }, {}, 'the charges of kms are not supported yet'],
    ['overrides that are a list', { pricing: { overrides: [] as never } }, {}, 'pricing.overrides must be an object'],
    ['usage that is no number', {}, { requests: Number.NaN }, 'the usage of a (Requests) must be a number, 0 or more'],
  ] as const)('%s', (_, options, some, message) => {
    const fn = usage('a', { gbSeconds: 1, ...some }, 'arm64');
    const attempt = () => bill([fn], { ...today, ...options });
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message);
  });

  test.each([
    [[usage('a', {}, 'mips' as never)], 'the architecture of a is mips'],
    [[{ ...usage('a', {}), resource: '' }], 'usage[0] has no resource'],
    [[{ ...usage('a', {}), billed: undefined as never }], 'the billed usage of a must be an object, not nothing'],
    [[null as never], 'usage[0] must be an object, not nothing'],
    [{} as never, 'usage must be a list'],
  ])('usage %#', (wrong, message) => {
    const attempt = () => bill(wrong, today);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message);
    expect(() => bill([], undefined as never)).toThrow(UsageError);
  });

  test.each([
    [[{ resource: 'web', meter: 'rest-ap', quantity: 1 }], 'web has no meter rest-ap'],
    [[{ resource: 'web', meter: 'toString', quantity: 1 }], 'web has no meter toString'],
    [
      [{ resource: 'web', meter: 'rest-api', quantity: -1 }],
      'the quantity of web (rest-api) must be a number, 0 or more',
    ],
    [[{ resource: 'web', meter: 'rest-api', quantity: Number.NaN }], 'the quantity of web (rest-api) must be a number'],
    [[{ meter: 'rest-api', quantity: 1 }], 'neighbours[0] has no resource'],
    [[null], 'neighbours[0] must be an object, not nothing'],
    [5, 'neighbours must be a list'],
  ])('what services around functions metered %#', (neighbours, message) => {
    const attempt = () => bill([], { ...today, neighbours: neighbours as never });
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message);
  });

  test('prices in yuan are refused until USD prices are given', () => {
    const cn = { region: 'cn-north-1', asOf: '2026-01-01' };
    const fn = [usage('a', { requests: 1e6, gbSeconds: 1e6 })];
    expect(() => bill(fn, cn)).toThrow('lambda.request in cn-north-1 is priced in CNY, and the bill is in USD');
    const overrides = { 'lambda.request': 0.2, 'lambda.duration.x86_64': 0.0000166667 };
    expect(bill(fn, { ...cn, pricing: { overrides } }).total).toBeCloseTo(0.2 + 16.6667, 9);
  });
});

describe('a function at the edge', () => {
  const edge: BillableUsage = { ...usage('edge', { requests: 2e6, gbSeconds: 1e6 }), atEdge: true };

  test('has prices of its own, outside of the free tier, the tiers and the savings plan', () => {
    const agreed = { ...today, freeTier: true, pricing: { savingsPlan: 'no-upfront' } } as const;
    expect(bill([edge], agreed)).toEqual({
      lines: [
        {
          service: 'AWS Lambda',
          resource: 'edge',
          item: 'Lambda@Edge requests',
          quantity: 2e6,
          unit: 'requests',
          usd: expect.closeTo(1.2, 12),
        },
        {
          service: 'AWS Lambda',
          resource: 'edge',
          item: 'Lambda@Edge duration',
          quantity: 1e6,
          unit: 'GB-s',
          usd: expect.closeTo(50.01, 9),
        },
      ],
      total: expect.closeTo(51.21, 9),
      monthly: expect.closeTo(51.21, 9),
      simulatedHours: 730,
    });
    expect(bill([{ ...edge, billed: billed({ gbSeconds: 20e9 }) }], today).total).toBeCloseTo(20e9 * 0.00005001, 4);
  });

  test('leaves the free tier to the others', () => {
    const { lines } = bill([edge, usage('api', { requests: 1e6 })], { ...today, freeTier: true });
    expect(lines.map(({ resource, item, usd }) => [resource, item, usd]).at(-1)).toEqual([
      'api',
      'Requests, free tier',
      0,
    ]);
  });
});
