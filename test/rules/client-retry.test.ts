import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/engine/units.js';
import { backoffDelay } from '../../src/rules/client-backoff.js';
import { attemptsOf, clientRetry, refunded, retryCost, retryDelay } from '../../src/rules/client-retry.js';
import { valueAt } from '../../src/rules/rule.js';
import { callerOf, synchronousCallers } from '../../src/rules/synchronous-callers.js';

const before = valueAt(clientRetry, '2026-10-31');
const since = valueAt(clientRetry, '2026-11-01');

describe('retries of an AWS SDK', () => {
  test.each([
    { value: since, given: ['standard', 'throttle', 0], expect: 1_000 },
    { value: since, given: ['standard', 'throttle', 1], expect: 2_000 },
    { value: since, given: ['standard', 'throttle', 4], expect: 16_000 },
    { value: since, given: ['standard', 'throttle', 5], expect: 20_000 },
    { value: since, given: ['standard', 'transient', 0], expect: 50 },
    { value: since, given: ['adaptive', 'transient', 3], expect: 400 },
    { value: since, given: ['adaptive', 'timeout', 1], expect: 100 },
    { value: before, given: ['standard', 'transient', 0], expect: 1_000 },
    { value: before, given: ['standard', 'throttle', 5], expect: 20_000 },
    { value: before, given: ['legacy', 'throttle', 5], expect: 32_000 },
  ] as const)('the delay before $given is at most $expect ms', ({ value, given, expect: longest }) => {
    const delay = (draw: number) => retryDelay(value, given[0], given[1], given[2], draw);
    expect([delay(0), delay(1)]).toEqual([0, longest * MILLISECOND]);
  });

  test('two throttled retries wait 1.5 s on average, as AWS says of the new standard mode', () => {
    const mean = [0, 1].map((retry) => retryDelay(since, 'standard', 'throttle', retry, 0.5));
    expect(mean).toEqual([0.5 * SECOND, 1 * SECOND]);
  });

  test('the limit of 20 s caps the span since November 2026 and the draw before', () => {
    expect(retryDelay(since, 'standard', 'throttle', 6, 0.5)).toBe(10 * SECOND);
    expect(retryDelay(before, 'standard', 'throttle', 6, 0.5)).toBe(20 * SECOND);
  });

  test('a retry takes tokens by its cause and by date; legacy has none', () => {
    const costs = (value: typeof since) =>
      (['throttle', 'transient', 'timeout'] as const).map((trigger) => retryCost(value, 'standard', trigger));
    expect([costs(before), costs(since), retryCost(since, 'legacy', 'transient')]).toEqual([
      [5, 5, 10],
      [5, 14, 14],
      0,
    ]);
  });

  test('a success gives back what its retry took, one token without a retry, never above the quota', () => {
    expect([refunded(since, 100, 14), refunded(since, 100, 0), refunded(since, 500, 0)]).toEqual([114, 101, 500]);
  });

  test('three attempts in all, five in legacy mode', () => {
    expect((['standard', 'adaptive', 'legacy'] as const).map((mode) => attemptsOf(since, mode))).toEqual([3, 3, 5]);
  });
});

describe('a back-off of the client’s own', () => {
  const backoff = { interval: 2 * SECOND, backoffRate: 2, maximumDelay: 20 * SECOND, jitter: 'none' } as const;

  test('without jitter it grows by its rate up to the longest delay, whatever the random number', () => {
    expect([0, 1, 2, 3, 4].map((retry) => backoffDelay(backoff, retry, 0.3))).toEqual(
      [2, 4, 8, 16, 20].map((s) => s * SECOND),
    );
  });

  test('with full jitter the random number multiplies the capped delay', () => {
    expect(backoffDelay({ ...backoff, jitter: 'full' }, 9, 0.25)).toBe(5 * SECOND);
  });
});

describe('front ends of synchronous invocations', () => {
  const today = valueAt(synchronousCallers, '2026-01-01');

  test.each([
    ['sdk', null, 429],
    ['function-url', 900, 429],
    ['http-api', 30, 503],
    ['rest-api', 29, 500],
    ['alb', 60, 502],
    ['lambda-edge', 5, 503],
    ['step-functions', null, 429],
    ['cognito', 5, 429],
  ] as const)('%s waits %s s and shows a throttle as %d', (via, seconds, status) => {
    const { timeLimit, throttleStatus } = callerOf(today, via);
    expect([timeLimit, throttleStatus]).toEqual([seconds === null ? null : seconds * SECOND, status]);
  });

  test('Lambda@Edge waits longer for origin events', () => {
    expect(callerOf(today, 'lambda-edge', 'origin-request').timeLimit).toBe(30 * SECOND);
    expect(callerOf(today, 'lambda-edge', 'viewer-response').timeLimit).toBe(5 * SECOND);
  });

  test('a REST API can wait longer than 29 s since June 2024', () => {
    const longest = (asOf: string) => valueAt(synchronousCallers, asOf)['rest-api'].settable?.[1];
    expect([longest('2024-06-03'), longest('2024-06-04')]).toEqual([29 * SECOND, 900 * SECOND]);
  });

  test('every front end that does not wait for ever has its limit within what can be set', () => {
    const wrong = Object.entries(today).filter(([, { timeLimit, settable }]) =>
      settable === null ? false : timeLimit === null || timeLimit < settable[0] || timeLimit > settable[1],
    );
    expect(wrong).toEqual([]);
  });
});
