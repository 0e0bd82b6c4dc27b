/** What made the money: every cent of the bill has one cause, read from what the billed time held. */
import { expect, test } from 'vitest';
import { costDrivers } from '../../src/report/cost-drivers.js';
import { renderReport } from '../../src/report/report.js';
import type { BillLine } from '../../src/results/run-result.js';
import { aFunctionResult, aRun, someResults } from '../support/some-results.js';

const line = (item: string, usd: number, more: Partial<BillLine> = {}): BillLine => ({
  service: 'AWS Lambda',
  resource: 'api',
  item,
  quantity: 1,
  unit: '',
  usd,
  ...more,
});

/** 100 GB-s of run time and 50 GB-s of provisioned capacity, of which 20 in use. */
const fn = aFunctionResult({
  gbSecondsBy: { handler: 60, init: 25, downstream: 10, rounding: 5, failed: 8, retried: 4, provisionedIdle: 30 },
  billed: {
    requests: 1,
    durationMs: 1,
    gbSeconds: 80,
    provisionedDurationGbSeconds: 20,
    provisionedGbSeconds: 50,
    storageGbSeconds: 1,
  },
});

function driversOf(...lines: BillLine[]) {
  const total = lines.reduce((sum, { usd }) => sum + usd, 0);
  const bill = { lines, total, monthly: total * 730, simulatedHours: 1 };
  return costDrivers(someResults({ runs: [aRun({ functions: { api: fn }, bill })] }));
}

test('run time is split by what it held, on demand and on provisioned environments alike', () => {
  const { usd, failedUsd, retriedUsd } = driversOf(
    line('Duration (arm64)', 8),
    line('Duration on provisioned concurrency (arm64)', 2),
  );
  expect(usd).toMatchObject({ handler: 6, init: 2.5, downstream: 1, rounding: 0.5, requests: 0, provisionedUsed: 0 });
  expect({ failedUsd, retriedUsd }).toEqual({ failedUsd: expect.closeTo(0.8), retriedUsd: expect.closeTo(0.4) });
});

test('provisioned capacity is used or idle', () => {
  const { usd } = driversOf(line('Provisioned concurrency (x86_64)', 10));
  expect(usd.provisionedUsed).toBeCloseTo(4);
  expect(usd.provisionedIdle).toBeCloseTo(6);
});

test('requests, other charges of Lambda and its neighbours stand by themselves', () => {
  const { usd } = driversOf(
    line('Requests', 1),
    line('Lambda@Edge requests', 2),
    line('Ephemeral storage', 4),
    line('SnapStart cache', 8),
    line('Requests', 16, { service: 'Amazon SQS', resource: 'orders' }),
  );
  expect(usd).toMatchObject({ requests: 3, otherLambda: 12, neighbours: 16 });
});

test('the parts add up to the bill', () => {
  const lines = ['Requests', 'Duration (arm64)', 'Provisioned concurrency', 'Response streaming'].map((item, i) =>
    line(item, 0.1 + i),
  );
  const { usd } = driversOf(...lines);
  const sum = Object.values(usd).reduce((total, each) => total + each, 0);
  expect(sum).toBeCloseTo(
    lines.reduce((total, each) => total + each.usd, 0),
    12,
  );
});

test('of one resource are those of its lines', () => {
  const lines = [line('Requests', 1), line('Requests', 5, { resource: 'other' })];
  const bill = { lines, total: 6, monthly: 6, simulatedHours: 1 };
  const results = someResults({ runs: [aRun({ functions: { api: fn, other: fn }, bill })] });
  expect(costDrivers(results, 'other').usd.requests).toBe(5);
});

test('where tiers and the free tier change the month, what made the money says that it is without them', () => {
  const { bill } = aRun();
  const noteOf = (monthly: number, format: 'html' | 'markdown') =>
    /Before tiers, [^.]*\.\d\d[^.]*\./.exec(
      renderReport(someResults({ runs: [aRun({ bill: { ...bill, monthly } })] }), format),
    )?.[0];
  for (const format of ['html', 'markdown'] as const) {
    expect(noteOf(bill.monthly, format)).toBeUndefined();
    expect(noteOf(bill.monthly - 20, format)).toBe('Before tiers, free tier and month to date, which take $20.00 off.');
    expect(noteOf(bill.monthly + 5, format)).toContain('which add $5.00.');
  }
});
