/** Quantities: what is read, what is refused with which fix, and that what is printed reads back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantText, readDay, readInstant, readTimeZone } from '../../src/scenario/quantities/calendar.js';
import { durationText, readDuration } from '../../src/scenario/quantities/duration.js';
import { readCount, readNumber } from '../../src/scenario/quantities/number.js';
import { rateText, readRate } from '../../src/scenario/quantities/rate.js';
import type { Reading } from '../../src/scenario/quantities/reading.js';
import { readShare, shareText } from '../../src/scenario/quantities/share.js';
import { readMemory, readSize, sizeText } from '../../src/scenario/quantities/size.js';

/** The value, or `message (hint)`. */
function outcome<T>(reading: Reading<T>): T | string {
  return reading.ok ? reading.value : `${reading.fault.message} (${reading.fault.hint})`;
}

const SEED = 20_261_121;

describe('durations', () => {
  it.each([
    ['250ms', 250_000],
    ['3s', 3_000_000],
    ['1.5s', 1_500_000],
    ['15m', 900_000_000],
    ['6h', 21_600_000_000],
    ['7d', 604_800_000_000],
    ['1h30m', 5_400_000_000],
    ['500us', 500],
    ['0s', 0],
    [3, '3 has no unit (write 3ms, 3s or 3m)'],
    ['3', '3 has no unit (write 3ms, 3s or 3m)'],
    ['5 minutes', '5 minutes is not a duration (write 5m)'],
    ['3 S', '3 S is not a duration (write 3s)'],
    ['-3s', '-3s is negative (a duration is 0s or longer)'],
    ['30m1h', '30m1h does not go from the larger unit to the smaller (such as 1h30m)'],
    ['0.0001ms', '0.0001ms is shorter than a microsecond (use 1us or more)'],
    ['300000d', '300000d is longer than 285 years (use a shorter duration)'],
    ['soon', 'soon is not a duration (such as 250ms, 3s, 15m, 6h, 7d or 1h30m)'],
    [true, 'a duration is wanted, not true (such as 250ms, 3s or 15m)'],
  ])('%s is read as %s', (text, expected) => {
    expect(outcome(readDuration(text))).toBe(expected);
  });

  it('read back as the same microseconds when printed', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (micros) => {
        expect(readDuration(durationText(micros))).toEqual({ ok: true, value: micros });
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});

describe('sizes', () => {
  it.each([
    ['128MB', 134_217_728],
    ['1GB', 1_073_741_824],
    ['256KB', 262_144],
    ['0.4KB', 410],
    [128, '128 has no unit (write 128KB, 128MB or 128GB)'],
    ['128 mb', '128 mb is not a size (write 128MB)'],
    ['4MiB', '4MiB is not a size (write 4MB)'],
    ['-1KB', '-1KB is negative (such as 4KB, 128MB or 1GB)'],
    ['big', 'big is not a size (such as 4KB, 128MB or 1GB)'],
  ])('%s is read as %s', (text, expected) => {
    expect(outcome(readSize(text))).toBe(expected);
  });

  it.each([
    [512, 512],
    ['512', 512],
    ['512MB', 512],
    ['1.5GB', 1536],
    ['100KB', '100KB is not a whole number of MB (write 1MB)'],
    [0, '0 of memory is nothing to run in (such as 512MB)'],
    [512.5, '512.5 is not a whole number of MB (write 513MB)'],
  ])('memory %s is read as %s MB', (text, expected) => {
    expect(outcome(readMemory(text))).toBe(expected);
  });

  it('read back as the same bytes when printed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 40 }), (bytes) => {
        expect(readSize(sizeText(bytes))).toEqual({ ok: true, value: bytes });
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});

describe('rates', () => {
  it.each([
    ['200/s', 200],
    ['12k/min', 200],
    ['36/h', 0.01],
    ['8.64M/day', 100],
    ['2.628M/month', 1],
    ['0/s', '0/s sends nothing (use a rate above 0, or remove the traffic)'],
    [200, '200 has no unit (write 200/s, 200/min or 200/month)'],
    ['40M', '40M has no unit (write 40M/s, 40M/min or 40M/month)'],
    ['200rps', '200rps is not a rate (write 200/s)'],
    ['5/m', '5/m could be per minute or per month (write 5/min or 5/month)'],
    ['5 per minute', '5 per minute is not a rate (write 5/min)'],
    ['-5/s', '-5/s is negative (such as 200/s, 12k/min, 40/h, 3M/day or 40M/month)'],
  ])('%s is read as %s per second', (text, expected) => {
    expect(outcome(readRate(text))).toBe(expected);
  });

  it('of 40 million a month is 15.2207 a second, a month having 730 hours', () => {
    expect(rateText(40e6 / (730 * 3600))).toBe('15.2207002/s');
    expect(outcome(readRate('40M/month'))).toBe(40e6 / (730 * 3600));
  });

  it('of 0 are read where a stage may have none', () => {
    expect(readRate('0/s', { zero: true })).toEqual({ ok: true, value: 0 });
  });
});

describe('shares', () => {
  it.each([
    ['0.2%', 0.002],
    [0.002, 0.002],
    ['100%', 1],
    [1, 1],
    ['150%', '150% is above 100% (use 0% to 100%)'],
    [5, '5 is above 100% (write 5%)'],
    [-0.1, '-0.1 is negative (use 0% to 100%)'],
    ['some', 'some is not a share (such as 0.2% or 0.002)'],
  ])('%s is read as %s', (text, expected) => {
    expect(outcome(readShare(text))).toBe(expected);
  });

  it('are printed in percent', () => {
    expect([shareText(0.002), shareText(0.07), shareText(1)]).toEqual(['0.2%', '7%', '100%']);
  });
});

describe('numbers', () => {
  it.each([
    [10, 10],
    [10.5, '10.5 is not a whole number (write 11)'],
    [-1, '-1 is below the minimum of 0 (use 0 or more)'],
    ['10', 'a number is wanted, not the text 10 (write 10 without quotes)'],
    ['10k', 'a plain number is wanted, not 10k (write 10000)'],
    [1e300, /too large to count exactly/],
  ])('a count of %s is read as %s', (raw, expected) => {
    const found = outcome(readCount(raw));
    if (expected instanceof RegExp) expect(found).toMatch(expected);
    else expect(found).toBe(expected);
  });

  it('hold their bounds, an open one included', () => {
    expect(outcome(readNumber(0, { above: 0, maximum: 5 }))).toBe('0 is not above 0 (use more than 0, at most 5)');
    expect(outcome(readNumber(6, { above: 0, maximum: 5 }))).toBe(
      '6 is above the maximum of 5 (use more than 0, at most 5)',
    );
  });
});

describe('days and instants', () => {
  it.each([
    ['2026-01-05T00:00:00Z', Date.UTC(2026, 0, 5)],
    ['2026-01-05', Date.UTC(2026, 0, 5)],
    ['2026-01-05T01:30:00+01:30', Date.UTC(2026, 0, 5)],
    ['2026-01-05T00:00:00.250Z', Date.UTC(2026, 0, 5) + 250],
    ['2026-01-05 10:00:00', '2026-01-05 10:00:00 has no time zone (write 2026-01-05T10:00:00Z)'],
    ['2026-02-30', '2026-02-30 is not an instant (write it as 2026-01-05T00:00:00Z)'],
    ['2026-01-05T24:00:00Z', '2026-01-05T24:00:00Z is not an instant (write it as 2026-01-05T00:00:00Z)'],
  ])('%s is read as %s', (text, expected) => {
    expect(outcome(readInstant(text))).toBe(expected);
  });

  it('29 February exists in leap years only', () => {
    expect(outcome(readDay('2024-02-29'))).toBe('2024-02-29');
    expect(outcome(readDay('2023-02-29'))).toBe('2023-02-29 is not a date (write it as 2026-01-31)');
    expect(instantText(Date.UTC(2024, 1, 29))).toBe('2024-02-29T00:00:00Z');
  });

  it('time zones are those of the IANA data base', () => {
    expect(outcome(readTimeZone('Europe/Berlin'))).toBe('Europe/Berlin');
    expect(outcome(readTimeZone('Berlin'))).toBe(
      'Berlin is not a time zone (such as UTC, Europe/Berlin or America/New_York)',
    );
  });
});
