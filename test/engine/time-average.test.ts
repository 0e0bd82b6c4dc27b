import { describe, expect, it } from 'vitest';
import { TimeAverage } from '../../src/engine/time-average.js';

describe('a time average', () => {
  it('weighs each level with the time it was in force', () => {
    const average = new TimeAverage();
    average.set(2, 10);
    average.set(5, 30);
    average.set(1, 40);
    // 0 for 10, 2 for 20, 5 for 10, 1 for 60.
    expect([average.mean(100), average.max(100), average.value]).toEqual([1.5, 5, 1]);
  });

  it('counts the level that was in force at the start of its window, and no step before it', () => {
    const average = new TimeAverage(100);
    average.set(9, 10);
    average.set(4, 90);
    average.set(2, 150);
    expect([average.mean(200), average.max(200)]).toEqual([3, 4]);
  });

  it('takes the last of several levels at one instant for the mean, and all of them for the highest', () => {
    const average = new TimeAverage();
    average.set(7, 50);
    average.set(1, 50);
    expect([average.mean(100), average.max(100)]).toEqual([0.5, 7]);
  });

  it('is 0 when no time has passed', () => {
    const average = new TimeAverage(20);
    average.set(3, 20);
    expect([average.mean(20), new TimeAverage().mean(0)]).toEqual([0, 0]);
  });
});
