import { describe, expect, test } from 'vitest';
import { type BillableUsage, type BillOptions, bill } from '../../src/billing/bill.js';
import { GB, KB, MB } from '../../src/engine/units.js';
import { ephemeralStorageCharge, storageGbSeconds } from '../../src/rules/ephemeral-storage-charge.js';
import { responseStreamingCharge, streamedGb } from '../../src/rules/response-streaming-charge.js';
import { valueAt } from '../../src/rules/rule.js';

const asOf = '2026-01-01';
const HOUR = 3600;

interface Month {
  readonly requests: number;
  readonly memoryMb: number;
  readonly ms: number;
  readonly onProvisioned?: { readonly requests: number; readonly ms: number; readonly gbSeconds: number };
}

/** On-demand runs of one duration, and those on provisioned concurrency. */
function usageOf({ requests, memoryMb, ms, onProvisioned }: Month, extra: Partial<BillableUsage> = {}): BillableUsage {
  const gb = memoryMb / 1024;
  const provisioned = onProvisioned ?? { requests: 0, ms: 0, gbSeconds: 0 };
  return {
    resource: 'fn',
    architecture: 'x86_64',
    memoryMb,
    billed: {
      requests: requests + provisioned.requests,
      durationMs: requests * ms + provisioned.requests * provisioned.ms,
      gbSeconds: (requests * ms * gb) / 1000,
      provisionedDurationGbSeconds: (provisioned.requests * provisioned.ms * gb) / 1000,
      provisionedGbSeconds: provisioned.gbSeconds,
      storageGbSeconds: 0,
    },
    ...extra,
  };
}

/** Item → USD to the cent, without the free lines; and the total. */
function priced(usage: BillableUsage, options: Partial<BillOptions> = {}) {
  const { lines, total } = bill([usage], { region: 'us-east-1', asOf, ...options });
  const paid = lines.filter(({ usd }) => usd > 0).map(({ item, usd }) => [item, usd.toFixed(2)]);
  return { ...Object.fromEntries(paid), total: total.toFixed(2) };
}

describe('the examples of the AWS Lambda pricing page, US East (N. Virginia)', () => {
  test('a mobile backend: 3 M requests of 120 ms at 1,536 MB', () => {
    expect(priced(usageOf({ requests: 3e6, memoryMb: 1536, ms: 120 }), { freeTier: true })).toEqual({
      Requests: '0.40',
      'Duration (x86_64)': '2.33',
      total: '2.73',
    });
  });

  test('telemetry: 7.44 M requests of 2 s at 1 GB, without the free tier', () => {
    expect(priced(usageOf({ requests: 7.44e6, memoryMb: 1024, ms: 2000 }))).toEqual({
      Requests: '1.49',
      'Duration (x86_64)': '248.00',
      total: '249.49',
    });
  });

  test('machine learning: 6 M requests of 280 ms at 4,096 MB with 2,048 MB of ephemeral storage', () => {
    const usage = usageOf({ requests: 6e6, memoryMb: 4096, ms: 280 });
    const storage = storageGbSeconds(valueAt(ephemeralStorageCharge, asOf), 2048, usage.billed.durationMs * 1000);
    expect(storage).toBe(2_520_000);
    const withStorage = { ...usage, billed: { ...usage.billed, storageGbSeconds: storage } };
    expect(priced(withStorage, { freeTier: true })).toEqual({
      Requests: '1.00',
      'Duration (x86_64)': '105.33',
      'Ephemeral storage': '0.08',
      total: '106.41',
    });
  });

  test('a launch day: 100 provisioned for 8 hours, 0.5 M of 3 M requests on them', () => {
    const onProvisioned = { requests: 5e5, ms: 100, gbSeconds: 100 * 1.5 * 8 * HOUR };
    expect(priced(usageOf({ requests: 2.5e6, memoryMb: 1536, ms: 120, onProvisioned }), { freeTier: true })).toEqual({
      Requests: '0.40',
      'Duration (x86_64)': '0.83',
      'Provisioned concurrency (x86_64)': '18.00',
      'Duration on provisioned concurrency (x86_64)': '0.73',
      total: '19.96',
    });
  });

  test('Cyber Monday: 7 provisioned for a day, 2 M requests of 280 ms at 4,096 MB on them', () => {
    const onProvisioned = { requests: 2e6, ms: 280, gbSeconds: 7 * 4 * 24 * HOUR };
    expect(priced(usageOf({ requests: 0, memoryMb: 4096, ms: 0, onProvisioned }))).toEqual({
      Requests: '0.40',
      'Provisioned concurrency (x86_64)': '10.08',
      'Duration on provisioned concurrency (x86_64)': '21.78',
      total: '32.26',
    });
  });

  test('SnapStart: a version of 1 GB kept for 31 days, 74,400 restores', () => {
    const snapStart = { cacheGbSeconds: 31 * 24 * HOUR, restoredGb: 74_400 };
    expect(priced(usageOf({ requests: 7.44e6, memoryMb: 1024, ms: 2000 }, { snapStart }))).toEqual({
      Requests: '1.49',
      'Duration (x86_64)': '248.00',
      'SnapStart cache': '4.03',
      'SnapStart restore': '10.40',
      total: '263.92',
    });
  });

  test('streaming: the page adds rounded lines to 39.04, the exact sum is 39.05', () => {
    const value = valueAt(responseStreamingCharge, asOf);
    const streamed = 2e6 * streamedGb(value, 100 * KB) + 1e6 * streamedGb(value, 7 * MB);
    expect(streamed).toBeCloseTo((1e6 * MB) / GB, 6);
    // The example has used up the 100 free GB before.
    const usage = usageOf({ requests: 3e6, memoryMb: 1536, ms: 500 }, { streamedGb: streamed + 100 });
    expect(priced(usage, { freeTier: true })).toEqual({
      Requests: '0.40',
      'Duration (x86_64)': '30.83',
      'Response streaming': '7.81',
      total: '39.05',
    });
  });

  test('the edition of 100 ms: 3 M requests of 1 s at 512 MB are 18.74', () => {
    const usage = usageOf({ requests: 3e6, memoryMb: 512, ms: 1000 });
    expect(priced(usage, { asOf: '2019-06-01', freeTier: true })).toEqual({
      Requests: '0.40',
      'Duration (x86_64)': '18.34',
      total: '18.74',
    });
  });
});
