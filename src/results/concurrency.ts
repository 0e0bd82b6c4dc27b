/**
 * How many invocations ran and how many environments existed: time averages and highest values, by function and in all.
 * The averages are sums of spans, cut at the window, so that no step function has to be integrated.
 */
import type { Micros } from '../engine/units.js';
import type { FunctionId, InvocationId } from '../lambda/ids.js';
import type { Observed } from './observed.js';
import type { MeanAndMax } from './run-result.js';

export class Concurrency {
  private readonly busy: Int32Array;
  private readonly busyMax: Int32Array;
  private readonly busyTime: Float64Array;
  private total = 0;
  private totalMax = 0;
  private readonly environments: Int32Array;
  private readonly environmentsMax: Int32Array;
  private readonly environmentTime: Float64Array;
  private readonly created: Float64Array;

  constructor(
    private readonly observed: Observed,
    functions: number,
  ) {
    this.busy = new Int32Array(functions);
    this.busyMax = new Int32Array(functions);
    this.busyTime = new Float64Array(functions);
    this.environments = new Int32Array(functions);
    this.environmentsMax = new Int32Array(functions);
    this.environmentTime = new Float64Array(functions);
    this.created = new Float64Array(functions);
  }

  /** Invocations of a function that run now. */
  running(fn: FunctionId): number {
    return this.busy[fn];
  }

  get runningInAll(): number {
    return this.total;
  }

  started(fn: FunctionId): void {
    const busy = ++this.busy[fn];
    const total = ++this.total;
    if (busy > this.busyMax[fn]) this.busyMax[fn] = busy;
    if (total > this.totalMax) this.totalMax = total;
  }

  ended(fn: FunctionId, invocation: InvocationId): void {
    const { invocations, warmUp, until } = this.observed;
    this.busy[fn]--;
    this.total--;
    const from = Math.max(warmUp, invocations.startedAt[invocation]);
    const to = Math.min(until, invocations.endsAt[invocation]);
    if (to > from) this.busyTime[fn] += to - from;
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
    this.busyMax.set(this.busy);
    this.environmentsMax.set(this.environments);
    this.totalMax = this.total;
  }

  of(fn: FunctionId): MeanAndMax {
    return { mean: this.busyTime[fn] / this.span, max: this.busyMax[fn] };
  }

  environmentsOf(fn: FunctionId): MeanAndMax & { created: number } {
    const time = this.environmentTime[fn] + this.environments[fn] * this.observed.until;
    return { mean: time / this.span, max: this.environmentsMax[fn], created: this.created[fn] };
  }

  get inAll(): MeanAndMax {
    return { mean: this.busyTime.reduce((sum, time) => sum + time, 0) / this.span, max: this.totalMax };
  }

  private get span(): Micros {
    return this.observed.until - this.observed.warmUp;
  }
}
