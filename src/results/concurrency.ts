/**
 * How many invocations ran and how many environments existed: time averages and highest values, by function and in all.
 * The averages are sums of spans, cut at the window, so that no step function has to be integrated.
 */
import { STARTED_AT, ENDS_AT, FN, TIMES, MARKS } from '../lambda/invocations.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, NONE } from '../lambda/ids.js';
import type { Observed } from './observed.js';
import type { Peaks } from './peaks.js';
import type { MeanAndMax } from './run-result.js';

export class Concurrency {
  private readonly busyTime: Float64Array;
  private readonly highest: Int32Array;
  private highestTotal = 0;
  private readonly environments: Int32Array;
  private readonly environmentsMax: Int32Array;
  private readonly environmentTime: Float64Array;
  private readonly created: Float64Array;

  constructor(
    private readonly observed: Observed,
    private readonly peaks: Peaks,
    functions: number,
  ) {
    this.highest = new Int32Array(functions);
    this.busyTime = new Float64Array(functions);
    this.environments = new Int32Array(functions);
    this.environmentsMax = new Int32Array(functions);
    this.environmentTime = new Float64Array(functions);
    this.created = new Float64Array(functions);
  }

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { warmUp, until } = this.observed;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      if (times[t + STARTED_AT] === NONE) continue;
      const from = times[t + STARTED_AT] < warmUp ? warmUp : times[t + STARTED_AT];
      const to = times[t + ENDS_AT] > until ? until : times[t + ENDS_AT];
      if (to > from) this.busyTime[marks[m + FN]] += to - from;
    }
  }

  /** Keeps the highest figures, before `peaks` looks again. */
  keepPeaks(): void {
    const { highest, highestTotal } = this.peaks;
    for (let fn = 0; fn < highest.length; fn++) if (highest[fn] > this.highest[fn]) this.highest[fn] = highest[fn];
    if (highestTotal > this.highestTotal) this.highestTotal = highestTotal;
  }

  opened(fn: FunctionId): void {
    const { loop, warmUp } = this.observed;
    const count = ++this.environments[fn];
    if (count > this.environmentsMax[fn]) this.environmentsMax[fn] = count;
    if (loop.now >= warmUp) this.created[fn]++;
    this.environmentTime[fn] -= Math.max(warmUp, loop.now);
  }

  closed(fn: FunctionId, at: Micros): void {
    this.environments[fn]--;
    this.environmentTime[fn] += Math.max(this.observed.warmUp, at);
  }

  /** What was highest before does not count. */
  warmUpOver(): void {
    this.highest.fill(0);
    this.highestTotal = 0;
    this.environmentsMax.set(this.environments);
  }

  of(fn: FunctionId): MeanAndMax {
    return { mean: this.busyTime[fn] / this.span, max: this.highest[fn] };
  }

  environmentsOf(fn: FunctionId): MeanAndMax & { created: number } {
    const time = this.environmentTime[fn] + this.environments[fn] * this.observed.until;
    return { mean: time / this.span, max: this.environmentsMax[fn], created: this.created[fn] };
  }

  get inAll(): MeanAndMax {
    return { mean: this.busyTime.reduce((sum, time) => sum + time, 0) / this.span, max: this.highestTotal };
  }

  private get span(): Micros {
    return this.observed.until - this.observed.warmUp;
  }
}
