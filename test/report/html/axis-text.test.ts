/** Marks of axes: whole numbers of what is counted, round times, round parts. */
import { describe, expect, test } from 'vitest';
import { stepsOf } from '../../../src/report/html/browser/axis-text.js';
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
