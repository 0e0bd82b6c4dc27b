import awsCronParser from 'aws-cron-parser';
import { describe, expect, it } from 'vitest';
import { parseScheduleExpression } from '../../src/rules/schedule-expression.js';
import { cronInstants } from '../../src/traffic/cron.js';
import { TimeZone } from '../../src/traffic/time-zone.js';

function firings(expression: string, from: string, until: string, zone = 'UTC'): string[] {
  const parsed = parseScheduleExpression(expression);
  if (!parsed.ok || parsed.schedule.kind !== 'cron') throw new Error(`${expression} is no cron expression`);
  const instants = cronInstants(parsed.schedule.fields, new TimeZone(zone), Date.parse(from), Date.parse(until));
  return Array.from(instants, (instant) => new Date(instant).toISOString().slice(0, 16));
}

function oracle(expression: string, from: string, until: string): string[] {
  const cron = awsCronParser.parse(expression.slice('cron('.length, -1));
  const found: string[] = [];
  let at = awsCronParser.next(cron, new Date(Date.parse(from) - 60_000));
  while (at !== null && at !== undefined && at.getTime() < Date.parse(until)) {
    found.push(at.toISOString().slice(0, 16));
    at = awsCronParser.next(cron, at);
  }
  return found;
}

describe('cron() in UTC agrees with aws-cron-parser', () => {
  it.each([
    // The examples of the EventBridge User Guide first.
    ['cron(0 10 * * ? *)', '2024-01-01', '2028-12-31'],
    ['cron(15 12 * * ? *)', '2024-01-01', '2025-12-31'],
    ['cron(0 18 ? * MON-FRI *)', '2024-01-01', '2026-12-31'],
    ['cron(0 8 1 * ? *)', '2020-01-01', '2030-12-31'],
    ['cron(0/15 * * * ? *)', '2024-02-26', '2024-03-05'],
    ['cron(0/10 * ? * MON-FRI *)', '2024-02-26', '2024-03-12'],
    ['cron(0/5 8-17 ? * MON-FRI *)', '2024-02-26', '2024-03-12'],
    ['cron(0/30 20-23 ? * MON-FRI *)', '2024-02-26', '2024-03-25'],
    ['cron(15 10 ? * 6L 2019-2022)', '2018-01-01', '2024-01-01'],
    ['cron(0 12 L * ? *)', '2019-01-01', '2029-12-31'],
    ['cron(0 12 3W * ? *)', '2019-01-01', '2029-12-31'],
    ['cron(30 6 1W * ? *)', '2019-01-01', '2029-12-31'],
    ['cron(0 0 ? * 3#2 *)', '2019-01-01', '2029-12-31'],
    ['cron(0 0 ? * TUE#5 *)', '2019-01-01', '2029-12-31'],
    ['cron(5,35 14 ? FEB,JUL-SEP SUN 2023,2025-2027)', '2022-01-01', '2029-12-31'],
    ['cron(0 0 ? * 1 *)', '2023-01-01', '2027-12-31'],
    ['cron(10-20/4 3 1,15,28 * ? *)', '2023-01-01', '2027-12-31'],
    ['cron(0 9 1/7 1/3 ? *)', '2023-01-01', '2027-12-31'],
  ])('%s from %s to %s', (expression, from, until) => {
    const expected = oracle(expression, from, until);
    expect(expected.length).toBeGreaterThan(3);
    expect(firings(expression, from, until)).toEqual(expected);
  });
});

describe('aws-cron-parser is no oracle where AWS or Quartz say otherwise', () => {
  it.each([
    [
      'a day the month lacks rolls over into the next',
      'cron(0 0 29 2 ? *)',
      '2026-01-01',
      '2028-12-31',
      ['2028-02-29T00:00'],
    ],
    ['a day the month lacks becomes its last weekday', 'cron(0 0 31W 6 ? *)', '2026-01-01', '2027-01-01', []],
    ['L as day of the week never comes', 'cron(0 0 ? 2 L 2026)', '2026-02-10', '2026-02-20', ['2026-02-14T00:00']],
    [
      'L in a list takes its first day alone',
      'cron(0 0 1,L 2 ? 2026)',
      '2026-01-01',
      '2027-01-01',
      ['2026-02-01T00:00', '2026-02-28T00:00'],
    ],
    [
      'a falling range is empty',
      'cron(0 22-0 1 2 ? 2026)',
      '2026-01-01',
      '2027-01-01',
      ['2026-02-01T00:00', '2026-02-01T22:00', '2026-02-01T23:00'],
    ],
  ])('%s: %s', (_fault, expression, from, until, right) => {
    expect(firings(expression, from, until)).toEqual(right);
    expect(oracle(expression, from, until)).not.toEqual(right);
  });
});

describe('cron() by hand', () => {
  it.each([
    [
      'the fifteenth as a weekday: Saturday goes back, Sunday goes on',
      'cron(0 0 15W 8-11 ? 2026)',
      ['2026-08-14T00:00', '2026-09-15T00:00', '2026-10-15T00:00', '2026-11-16T00:00'],
    ],
    ['the first as a weekday stays in its month', 'cron(0 0 1W 8 ? 2026)', ['2026-08-03T00:00']],
    ['the last as a weekday stays in its month', 'cron(0 0 31W 5 ? 2026)', ['2026-05-29T00:00']],
    ['31W leaves out months of thirty days', 'cron(0 0 31W 6-7 ? 2026)', ['2026-07-31T00:00']],
    ['the last weekday of the month', 'cron(0 0 LW 2,5 ? 2026)', ['2026-02-27T00:00', '2026-05-29T00:00']],
    ['two days before the last', 'cron(0 0 L-2 2 ? 2024,2026)', ['2024-02-27T00:00', '2026-02-26T00:00']],
    ['the last Thursday', 'cron(0 0 ? 1-2 5L 2026)', ['2026-01-29T00:00', '2026-02-26T00:00']],
    [
      'L as day of the week is Saturday',
      'cron(0 0 ? 2 L 2026)',
      ['2026-02-07T00:00', '2026-02-14T00:00', '2026-02-21T00:00', '2026-02-28T00:00'],
    ],
    [
      'a list of days and the last',
      'cron(0 0 1,15,L 2 ? 2026)',
      ['2026-02-01T00:00', '2026-02-15T00:00', '2026-02-28T00:00'],
    ],
    [
      'a range over the end of the week',
      'cron(0 0 ? 1 SAT-MON 2026)',
      ['03', '04', '05', '10', '11', '12', '17', '18', '19', '24', '25', '26', '31'].map(
        (day) => `2026-01-${day}T00:00`,
      ),
    ],
    [
      'a range over midnight',
      'cron(0 22-1 1 1 ? 2026)',
      ['2026-01-01T00:00', '2026-01-01T01:00', '2026-01-01T22:00', '2026-01-01T23:00'],
    ],
    ['small letters', 'cron(0 0 ? jan mon#1 2026)', ['2026-01-05T00:00']],
    ['a date that never comes', 'cron(0 0 30 2 ? *)', []],
  ] as const)('%s', (_title, expression, expected) => {
    expect(firings(expression, '2018-01-01', '2030-01-01')).toEqual(expected);
  });

  it('fires at the first instant of the span and not at its end', () => {
    expect(firings('cron(0/30 * * * ? *)', '2026-01-05T00:00:00Z', '2026-01-05T01:00:00Z')).toEqual([
      '2026-01-05T00:00',
      '2026-01-05T00:30',
    ]);
  });
});

describe('clock changes', () => {
  it('skip a time that does not exist', () => {
    // New York jumps from 2:00 to 3:00 on 2026-03-08.
    expect(firings('cron(30 2 * * ? *)', '2026-03-07T00:00Z', '2026-03-10T12:00Z', 'America/New_York')).toEqual([
      '2026-03-07T07:30',
      '2026-03-09T06:30',
      '2026-03-10T06:30',
    ]);
  });

  it('fire once at a time that comes twice, the first time', () => {
    // New York shows 1:00 to 2:00 twice on 2026-11-01.
    expect(firings('cron(30 0-2 1 11 ? 2026)', '2026-10-31T00:00Z', '2026-11-03T00:00Z', 'America/New_York')).toEqual([
      '2026-11-01T04:30',
      '2026-11-01T05:30',
      '2026-11-01T07:30',
    ]);
  });

  it('may be half an hour wide', () => {
    // Lord Howe Island goes from 2:00 to 2:30 on 2026-10-04 and from 2:00 back to 1:30 on 2026-04-05.
    expect(firings('cron(15,45 2 4 10 ? 2026)', '2026-10-01', '2026-10-08', 'Australia/Lord_Howe')).toEqual([
      '2026-10-03T15:45',
    ]);
    expect(firings('cron(15,45 1 5 4 ? 2026)', '2026-04-01', '2026-04-08', 'Australia/Lord_Howe')).toEqual([
      '2026-04-04T14:15',
      '2026-04-04T14:45',
    ]);
  });

  it('keep the local hour over a year in Berlin', () => {
    const hours = new Set(
      firings('cron(0 9 ? * * 2026)', '2026-01-01', '2027-01-01', 'Europe/Berlin').map((at) => at.slice(11)),
    );
    expect([...hours]).toEqual(['08:00', '07:00']);
  });

  it('take nothing from a schedule of every minute but the hours that are not there or come again', () => {
    const count = (day: string, next: string) =>
      firings('cron(* * * * ? *)', `${day}T00:00Z`, `${next}T00:00Z`, 'Europe/London').length;
    expect([
      count('2026-03-29', '2026-03-30'),
      count('2026-10-25', '2026-10-26'),
      count('2026-06-01', '2026-06-02'),
    ]).toEqual([1440, 1380, 1440]);
  });
});
