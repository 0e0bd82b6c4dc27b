import { describe, expect, test } from 'vitest';
import { rateAfterSuccess, rateAfterThrottle, smoothedRate } from '../../src/rules/adaptive-send-rate.js';
import { clientRetry } from '../../src/rules/client-retry.js';
import { valueAt } from '../../src/rules/rule.js';

const value = valueAt(clientRetry, '2026-11-01');
const UNLIMITED = Number.POSITIVE_INFINITY;

describe('the send rate of an adaptive client', () => {
  test('falls to 70 % on a throttle, never below half a request a second', () => {
    expect([100, 1, 0.5].map((rate) => rateAfterThrottle(value, rate))).toEqual([70, 0.7, 0.5]);
  });

  test('comes back along a cubic: from the cut rate, flat at the old one, then beyond', () => {
    // 100 x 0.3 / 0.4 = 75, whose cubic root is 4.217 s
    const back = Math.cbrt(75);
    const at = (elapsed: number) => rateAfterSuccess(value, 100, elapsed, UNLIMITED);
    expect(at(0)).toBeCloseTo(70, 9);
    expect(at(back)).toBeCloseTo(100, 9);
    expect(at(2 * back)).toBeCloseTo(130, 9);
    expect(at(back + 0.1) - at(back)).toBeCloseTo(0.4 * 0.1 ** 3, 9);
  });

  test('is at most twice the rate that was measured', () => {
    expect(rateAfterSuccess(value, 100, 60, 40)).toBe(80);
  });

  test('is measured with four fifths of the weight on the newest interval', () => {
    expect(smoothedRate(value, 10, 20)).toBeCloseTo(18, 12);
  });
});
