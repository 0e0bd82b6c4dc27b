import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BillableUsage, type BillOptions, bill } from '../../src/billing/bill.js';
import { tieredCost } from '../../src/billing/tiers.js';

const seed = 20261121;
const runs = { seed, numRuns: 300 };
const amount = (most: number) => fc.oneof(fc.constant(0), fc.double({ min: 0, max: most, noNaN: true }));

const usage: fc.Arbitrary<BillableUsage> = fc.record({
  resource: fc.constantFrom('a', 'b', 'c'),
  architecture: fc.constantFrom('x86_64', 'arm64'),
  memoryMb: fc.integer({ min: 128, max: 10_240 }),
  billed: fc.record({
    requests: fc.integer({ min: 0, max: 1e10 }),
    durationMs: amount(1e12),
    gbSeconds: amount(4e10),
    provisionedDurationGbSeconds: amount(1e9),
    provisionedGbSeconds: amount(1e9),
    storageGbSeconds: amount(1e9),
  }),
  streamedGb: amount(1e5),
  snapStart: fc.record({ cacheGbSeconds: amount(1e8), restoredGb: amount(1e6) }),
});

const options: fc.Arbitrary<BillOptions> = fc.record({
  region: fc.constant('us-east-1'),
  asOf: fc.constantFrom('2024-12-01', '2026-01-01'),
  freeTier: fc.boolean(),
  monthToDate: fc.record({
    requests: fc.integer({ min: 0, max: 3e6 }),
    gbSeconds: fc.record({ x86_64: amount(1e10), arm64: amount(1e10) }),
  }),
  pricing: fc.record({
    discount: fc.double({ min: 0, max: 1, noNaN: true }),
    savingsPlan: fc.constantFrom('none', 'no-upfront', 'all-upfront'),
  }),
  simulatedHours: fc.option(fc.double({ min: 0.1, max: 8_760, noNaN: true }), { nil: undefined }),
});

describe(`laws of every bill (seed ${seed})`, () => {
  test('no line is below 0, and the lines add up to the total', () => {
    fc.assert(
      fc.property(fc.array(usage, { maxLength: 6 }), options, (functions, given) => {
        const { lines, total, monthly } = bill(functions, given);
        expect(lines.filter(({ usd, quantity }) => !(usd >= 0 && quantity >= 0))).toEqual([]);
        expect(lines.reduce((sum, { usd }) => sum + usd, 0)).toBe(total);
        expect(monthly).toBeGreaterThanOrEqual(0);
      }),
      runs,
    );
  });

  test('all that was used is on the bill, paid or free', () => {
    fc.assert(
      fc.property(fc.array(usage, { maxLength: 6 }), options, (functions, given) => {
        const { lines } = bill(functions, given);
        const listed = lines
          .filter(({ item }) => item.startsWith('Requests'))
          .reduce((sum, line) => sum + line.quantity, 0);
        const used = functions.reduce((sum, { billed }) => sum + billed.requests, 0);
        expect(Math.abs(listed - used)).toBeLessThanOrEqual(1e-9 * used);
      }),
      runs,
    );
  });

  test('more use never costs less', () => {
    fc.assert(
      fc.property(fc.array(usage, { minLength: 1, maxLength: 4 }), usage, options, (functions, more, given) => {
        const less = bill(functions, given);
        const all = bill([...functions, more], given);
        expect(all.total).toBeGreaterThanOrEqual(less.total * (1 - 1e-12));
        expect(all.monthly).toBeGreaterThanOrEqual(less.monthly * (1 - 1e-12));
      }),
      runs,
    );
  });

  test('the free tier never makes a month dearer, and at most by its own worth cheaper', () => {
    const worth = 1e6 * 0.2e-6 + 400_000 * 0.0000166667 + 100 * 0.008;
    fc.assert(
      fc.property(fc.array(usage, { maxLength: 4 }), (functions) => {
        const place = { region: 'us-east-1', asOf: '2026-01-01' };
        const saved = bill(functions, place).total - bill(functions, { ...place, freeTier: true }).total;
        const noise = 1e-9 * (1 + bill(functions, place).total);
        expect(saved).toBeGreaterThanOrEqual(-noise);
        expect(saved).toBeLessThanOrEqual(worth + noise);
      }),
      runs,
    );
  });

  test('the order of functions does not change what each pays', () => {
    fc.assert(
      fc.property(usage, usage, options, (one, other, given) => {
        const a = { ...one, resource: 'a' };
        const b = { ...other, resource: 'b' };
        const of = (functions: BillableUsage[]) =>
          bill(functions, given).lines.filter(({ resource }) => resource === 'a');
        const close = of([b, a]).map((line) => ({
          ...line,
          quantity: expect.closeTo(line.quantity, 3),
          usd: expect.closeTo(line.usd, 3),
        }));
        expect(of([a, b])).toEqual(close);
      }),
      runs,
    );
  });
});

describe(`tiers (seed ${seed})`, () => {
  const tiers = [
    { upTo: 10, usd: 3 },
    { upTo: 30, usd: 2 },
    { upTo: Number.POSITIVE_INFINITY, usd: 1 },
  ];

  test.each([
    [0, 0, 0],
    [0, 10, 30],
    [0, 11, 32],
    [5, 10, 25],
    [10, 20, 40],
    [0, 40, 80],
    [100, 5, 5],
  ])('after %d, %d units cost %d', (before, quantity, usd) => {
    expect(tieredCost(tiers, before, quantity)).toBe(usd);
  });

  test('a month in two parts costs what it costs in one', () => {
    const units = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(units, units, (first, second) => {
        expect(tieredCost(tiers, 0, first) + tieredCost(tiers, first, second)).toBe(
          tieredCost(tiers, 0, first + second),
        );
      }),
      runs,
    );
  });
});
