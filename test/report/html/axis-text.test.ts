/** Marks of axes: whole numbers of what is counted, round times, round parts. */
import { describe, expect, test } from 'vitest';
import { CALENDAR_STEPS, instant, stepsOf, timesOf } from '../../../src/report/html/browser/axis-text.js';
import type { Unit } from '../../../src/report/html/written.js';

/** What uPlot chooses from, for an axis that goes up to `most`. */
function steps(unit: Unit, most: number): number[] {
  const { incrs } = stepsOf(unit);
  return (typeof incrs === 'function' ? incrs(undefined as never, 1, 0, most, 150, 34) : incrs) as number[];
}

describe('an axis of counts', () => {
  test.each([1, 2.16, 7, 1e9])('up to %s has whole numbers alone, the smallest first', (most) => {
    const all = steps('count', most);
    expect(all.slice(0, 4)).toEqual([1, 2, 5, 10]);
    expect(all.filter((step) => !Number.isInteger(step))).toEqual([]);
    expect(all).toEqual([...all].sort((a, b) => a - b));
  });

  test('of parts of one has parts', () => {
    const all = steps('count', 0.8);
    expect(all).toContain(0.2);
    expect(all).toEqual([...all].sort((a, b) => a - b));
  });
});

test('an axis of times has seconds, minutes and hours', () => {
  expect(steps('ms', 1)).toContain(20 * 60_000);
  expect(steps('s', 1)).toContain(20 * 60);
});

describe('the axis of time', () => {
  const at = (iso: string) => Date.parse(`${iso}Z`) / 1000;
  const labels = (from: string, to: string, ...marks: readonly string[]) =>
    timesOf(() => [at(from), at(to)])(undefined as never, marks.map(at), 0, 0, 0);

  test('tells years where it has more than one', () => {
    expect(
      labels('2025-11-01T00:00', '2026-05-01T00:00', '2025-11-01T00:00', '2025-12-01T00:00', '2026-02-01T00:00'),
    ).toEqual(['11-01\n2025', '12-01', '02-01\n2026']);
    expect(labels('2026-01-05T00:00', '2026-02-05T00:00', '2026-01-15T00:00')).toEqual(['01-15']);
    expect(instant(at('2027-01-05T14:05:10'), 60)).toBe('2027-01-05 14:05');
  });

  test('tells times, and the day where it begins', () => {
    expect(
      labels('2026-01-05T12:00', '2026-01-06T12:00', '2026-01-05T18:00', '2026-01-06T00:00', '2026-01-06T06:00'),
    ).toEqual(['18:00\n01-05', '00:00\n01-06', '06:00']);
  });

  test('has no gap between its steps in which a picture would have a single mark', () => {
    const most = CALENDAR_STEPS.slice(1).map((step, index) => step / CALENDAR_STEPS[index]!);
    expect(Math.max(...most)).toBeLessThanOrEqual(3);
  });
});
