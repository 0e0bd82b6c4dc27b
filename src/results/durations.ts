/** Duration and Init Duration of each function, as REPORT lines show them. */
import { STARTED_AT, DURATION, INIT, FN, KIND, TIMES, MARKS } from '../lambda/invocations.js';
import { Histogram } from '../engine/histogram.js';
import { COLD } from '../lambda/outcome.js';
import type { Observed } from './observed.js';

export class Durations {
  readonly duration: readonly Histogram[];
  readonly init: readonly Histogram[];

  constructor(
    private readonly observed: Observed,
    functions: number,
  ) {
    this.duration = Array.from({ length: functions }, () => new Histogram());
    this.init = Array.from({ length: functions }, () => new Histogram());
  }

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { warmUp } = this.observed;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      if (times[t + STARTED_AT] < warmUp) continue;
      this.duration[marks[m + FN]].record(times[t + DURATION]);
      if (marks[m + KIND] === COLD) this.init[marks[m + FN]].record(times[t + INIT]);
    }
  }
}
