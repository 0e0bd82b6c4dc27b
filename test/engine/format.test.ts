/** What a figure looks like: tables of value and text, and the promises that hold for any value. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  count,
  counted,
  decimalsFor,
  duration,
  exactAmount,
  money,
  plainNumber,
  share,
  shareOf,
  shortCount,
  shortDuration,
} from '../../src/engine/format.js';

describe('a duration is told in the longest units that matter', () => {
  test.each([
    [null, '-'],
    [0, '0 ms'],
    [0.0004, '0.0004 ms'],
    [0.42, '0.42 ms'],
    [0.9996, '1 ms'],
    [45.25, '45.3 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1234, '1.23 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [125_400, '2 min 5 s'],
    [3_599_600, '1 h'],
    [5_400_000, '1 h 30 min'],
    [47 * 3_600_000, '47 h'],
    [76 * 3_600_000, '3 d 4 h'],
    [30 * 24 * 3_600_000, '30 d'],
  ])('%s ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('a duration in a column has one unit and three digits', () => {
  test.each([
    [0, '0 ms'],
    [59_960, '1 min'],
    [750_000, '12.5 min'],
    [3_598_000, '1 h'],
    [21_600_000, '6 h'],
  ])('%s ms is %s', (ms, text) => expect(shortDuration(ms)).toBe(text));

  test('it never needs more than eight characters for anything a function or a queue can last', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 14 * 86_400_000, noNaN: true }), (ms) => {
        expect(shortDuration(ms).length).toBeLessThanOrEqual(8);
      }),
      { seed: 7 },
    );
  });
});

describe('a share never claims to be none or all when it is neither', () => {
  test.each([
    [null, '-'],
    [0, '0%'],
    [1e-9, '<0.01%'],
    [0.00134, '0.13%'],
    [0.125, '12.5%'],
    [0.9994, '99.9%'],
    [0.99999, '>99.9%'],
    [1, '100%'],
    [1.5, '150%'],
  ])('%s is %s', (value, text) => expect(share(value)).toBe(text));

  test('a share of nothing is no figure', () => expect(shareOf(0, 0)).toBe('-'));
  test('a share of something is that share', () => expect(shareOf(1, 8)).toBe('12.5%'));
});

describe('a count is grouped by thousands in every locale', () => {
  test.each([
    [undefined, '-'],
    [0, '0'],
    [999, '999'],
    [54_794, '54,794'],
    [36_000_000, '36,000,000'],
    [2.35, '2.4'],
    [1234.5, '1,235'],
  ])('%s is %s', (value, text) => expect(count(value)).toBe(text));

  test.each([
    [999_999, '999,999'],
    [1_000_000, '1M'],
    [36_123_456, '36.12M'],
    [999_960_000, '1B'],
    [1e10, '10B'],
    [3.2e13, '32T'],
  ])('%s is %s where there is little room', (value, text) => expect(shortCount(value)).toBe(text));
});

describe('money is never shown as nothing when it is something', () => {
  test.each([
    [null, 2, '-'],
    [0, 2, '$0.00'],
    [0.004, 2, '<$0.01'],
    [-0.004, 2, '-<$0.01'],
    [0.005, 2, '$0.01'],
    [1234567.891, 2, '$1,234,567.89'],
    [-12.5, 2, '-$12.50'],
    [0.0387172, 4, '$0.0387'],
    [0.999999, 4, '$1.0000'],
  ])('%s with %s decimals is %s', (usd, decimals, text) => expect(money(usd, decimals)).toBe(text));

  test.each([
    [0, 2],
    [28.26, 2],
    [0.5, 4],
    [0.0387, 4],
    [0.0000004, 6],
  ])('a column that adds up to %s has %s decimals', (usd, decimals) => expect(decimalsFor(usd)).toBe(decimals));

  test.each([
    [0.0000166667, '0.0000166667'],
    [0.0000000309, '0.0000000309'],
    [0.2, '0.2'],
    [2.2775, '2.2775'],
  ])('a list price %s keeps all its digits', (usd, text) => expect(exactAmount(usd)).toBe(text));
});

test('no format ever shows an exponent, NaN or undefined', () => {
  const figures = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1e15, noNaN: true }), fc.nat());
  fc.assert(
    fc.property(figures, (value) => {
      for (const format of [count, shortCount, duration, shortDuration, share, money, plainNumber]) {
        expect(format(value)).toMatch(/^(-|[<>]?\$?[\d,]+(\.\d+)?( ?[a-zA-Z%]+)?( \d+ [a-z]+)?)$/);
      }
    }),
    { seed: 11 },
  );
});

test('one of a thing is not many', () => {
  expect([0, 1, 1200].map((value) => counted(value, 'cold start'))).toEqual([
    '0 cold starts',
    '1 cold start',
    '1,200 cold starts',
  ]);
});
