import { describe, expect, it } from 'vitest';
import { parseScheduleExpression } from '../../src/rules/schedule-expression.js';

describe('rate()', () => {
  // EventBridge User Guide, "Rate expressions reference".
  it.each([
    ['rate(1 minute)', 1],
    ['rate(5 minutes)', 5],
    ['rate(1 hour)', 60],
    ['rate(12 hours)', 720],
    ['rate(1 day)', 1440],
    [' Rate( 7  Days ) ', 10_080],
  ])('%s is %d minutes', (text, minutes) => {
    expect(parseScheduleExpression(text)).toEqual({ ok: true, schedule: { kind: 'rate', minutes } });
  });
});

describe('an expression that AWS would refuse is answered with its place and what to write', () => {
  it.each([
    ['rate(5 minute)', 7, 'AWS wants "minutes" with a value of 5', 'write rate(5 minutes)'],
    ['rate(1 hours)', 7, 'AWS wants "hour" with a value of 1', 'write rate(1 hour)'],
    ['rate(5m)', 5, 'rate() takes a number and a unit', 'write rate(5 minutes), rate(1 hour) or rate(7 days)'],
    ['rate(0 minutes)', 5, 'the value of rate() is a whole number from 1, not "0"', ''],
    ['rate(1.5 hours)', 5, 'the value of rate() is a whole number from 1, not "1.5"', ''],
    ['rate(30 seconds)', 8, '"seconds" is no unit of rate()', 'minute, minutes, hour, hours, day or days'],
    [
      'at(2026-01-01T00:00:00)',
      0,
      'a one-time at() schedule is not a recurring one',
      'write burst: { at: 2h, count: 1 }',
    ],
    ['0 20 * * ? *', 0, 'a cron expression stands in cron(...)', 'write cron(0 20 * * ? *)'],
    ['every 5 minutes', 0, 'a schedule is rate(...) or cron(...)', 'write rate(5 minutes) or cron(0 20 ? * MON-FRI *)'],
    ['', 0, 'a schedule is rate(...) or cron(...)', 'write rate(5 minutes) or cron(0 20 ? * MON-FRI *)'],
    ['rate(5 minutes', 14, 'the closing bracket is missing', 'write rate(5 minutes)'],
    [
      'cron(0 20 * * *)',
      5,
      'cron() has six fields: minutes, hours, day of month, month, day of week, year; here are 5',
      'five fields are Unix cron: AWS adds the year, write * at the end',
    ],
    ['cron(0 20 * * * *)', 14, 'exactly one of day of month and day of week is "?"', 'write ? for the day of week'],
    ['cron(0 20 1 * MON *)', 10, 'exactly one of day of month and day of week is "?"', 'write ? for the day of month'],
    ['cron(0 20 ? * ? *)', 10, 'exactly one of day of month and day of week is "?"', 'write * for the day of month'],
    ['cron(60 20 * * ? *)', 5, '"60" is not in the minutes field, which takes 0-59', ''],
    ['cron(0 24 * * ? *)', 7, '"24" is not in the hours field, which takes 0-23', ''],
    ['cron(0 9,25 * * ? *)', 9, '"25" is not in the hours field, which takes 0-23', ''],
    ['cron(0 8-30 * * ? *)', 9, '"30" is not in the hours field, which takes 0-23', ''],
    [
      'cron(0 20 ? * 0 *)',
      14,
      '"0" is not in the day of week field, which takes 1-7 or SUN-SAT',
      'AWS counts the days of the week from 1 for Sunday',
    ],
    ['cron(0 20 ? FOO 1 *)', 12, '"FOO" is not in the month field, which takes 1-12 or JAN-DEC', ''],
    ['cron(0 20 * * ? 1969)', 16, '"1969" is not in the year field, which takes 1970-2199', ''],
    ['cron(0 20 * * ? 2030-2026)', 16, 'the years 2030-2026 fall', 'write 2026-2030'],
    ['cron(0 20 ? * 3#1,6#3 *)', 14, '"#" stands alone in the day of week field', 'use one schedule for each'],
    ['cron(0 20 ? * MON#6 *)', 14, '"MON#6" is not in the day of week field, which takes 1-7 or SUN-SAT', ''],
    ['cron(*/0 20 * * ? *)', 7, 'a step of the minutes field is from 1 to 59, not "0"', ''],
    ['cron(/5 20 * * ? *)', 5, '"/5" has no start', 'write */5'],
    ['cron(1,,2 20 * * ? *)', 7, 'the minutes field has an empty item', 'take one comma out'],
    ['cron(? 20 * * ? *)', 5, '"?" does not belong in the minutes field', 'write *'],
  ])('%s', (text, offset, message, hint) => {
    expect(parseScheduleExpression(text)).toEqual({ ok: false, offset, message, hint });
  });
});
