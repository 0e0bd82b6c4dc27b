import { describe, expect, test } from 'vitest';
import { bill } from '../../src/billing/bill.js';
import { priceListOf, priceOf } from '../../src/billing/price-list.js';
import { KB, MB, MILLISECOND, SECOND } from '../../src/engine/units.js';
import { accountConcurrency } from '../../src/rules/account-concurrency.js';
import { billedDuration } from '../../src/rules/billed-duration.js';
import { ephemeralStorage } from '../../src/rules/ephemeral-storage.js';
import { freeTier } from '../../src/rules/free-tier.js';
import { functionTimeout } from '../../src/rules/function-timeout.js';
import { memoryAndCpu, vcpuAt } from '../../src/rules/memory-and-cpu.js';
import { payloadLimits } from '../../src/rules/payload-limits.js';
import { reservable, reservedConcurrency } from '../../src/rules/reserved-concurrency.js';
import { valueAt } from '../../src/rules/rule.js';
import { synchronousCallers } from '../../src/rules/synchronous-callers.js';

const asOf = '2020-07-01';

describe('the numbers every Lambda course of 2020 teaches', () => {
  test('duration is billed in steps of 100 ms', () => {
    expect(valueAt(billedDuration, asOf)).toEqual({ granularity: 100 * MILLISECOND });
  });

  test('memory goes from 128 to 3,008 MB by 64, and 1,792 MB are one vCPU', () => {
    const value = valueAt(memoryAndCpu, asOf);
    expect(value).toEqual({ minimum: 128, maximum: 3_008, step: 64, perVcpu: 1_792 });
    expect(vcpuAt(value, 1_792)).toBe(1);
  });

  test('the timeout is 3 s by default and 900 s at most', () => {
    expect(valueAt(functionTimeout, asOf)).toMatchObject({ default: 3 * SECOND, maximum: 900 * SECOND });
  });

  test('/tmp holds 512 MB', () => {
    expect(valueAt(ephemeralStorage, asOf)).toEqual({ included: 512, maximum: 512 });
  });

  test('a synchronous payload holds 6 MB and an asynchronous event 256 KB', () => {
    expect(valueAt(payloadLimits, asOf)).toMatchObject({ request: 6 * MB, response: 6 * MB, asynchronous: 256 * KB });
  });

  test('1,000 run at a time and 100 stay unreserved', () => {
    expect(valueAt(accountConcurrency, asOf)).toEqual({ limit: 1_000 });
    expect(valueAt(reservedConcurrency, asOf)).toEqual({ unreservedMinimum: 100 });
    expect(reservable(valueAt(reservedConcurrency, asOf), 1_000)).toBe(900);
  });

  test('a million requests cost 0.20 USD', () => {
    const price = priceOf(priceListOf('us-east-1', asOf), 'lambda.request')!;
    expect([price.unit, price.tiers]).toEqual(['1M requests', [{ upTo: Number.POSITIVE_INFINITY, usd: 0.2 }]]);
  });

  test('600,000 GB-seconds cost 10 USD at 0.0000166667', () => {
    const price = priceOf(priceListOf('us-east-1', asOf), 'lambda.duration.x86_64')!;
    expect(price.tiers).toEqual([{ upTo: Number.POSITIVE_INFINITY, usd: 0.0000166667 }]);
    const usage = { resource: 'fn', architecture: 'x86_64' as const, memoryMb: 1024, billed: billed(0, 600_000) };
    expect(bill([usage], { region: 'us-east-1', asOf }).total.toFixed(2)).toBe('10.00');
  });

  test('a million requests and 400,000 GB-seconds a month are free', () => {
    expect(valueAt(freeTier, asOf)).toMatchObject({ requests: 1_000_000, gbSeconds: 400_000 });
    const usage = { resource: 'fn', architecture: 'x86_64' as const, memoryMb: 1024, billed: billed(1e6, 400_000) };
    expect(bill([usage], { region: 'us-east-1', asOf, freeTier: true }).total).toBe(0);
  });

  test('a throttled synchronous caller gets 429', () => {
    expect(valueAt(synchronousCallers, asOf).sdk.throttleStatus).toBe(429);
  });
});

function billed(requests: number, gbSeconds: number) {
  return {
    requests,
    durationMs: gbSeconds * 1000,
    gbSeconds,
    provisionedDurationGbSeconds: 0,
    provisionedGbSeconds: 0,
    storageGbSeconds: 0,
  };
}
