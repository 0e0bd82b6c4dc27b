/** Duration and Init Duration of each function, as REPORT lines show them. */
import { Histogram } from '../engine/histogram.js';
import type { FunctionId, InvocationId } from '../lambda/ids.js';
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

  ended(fn: FunctionId, invocation: InvocationId): void {
    const { invocations, warmUp } = this.observed;
    if (invocations.startedAt[invocation] < warmUp) return;
    this.duration[fn].record(invocations.duration[invocation]);
    if (invocations.kind[invocation] === COLD) this.init[fn].record(invocations.init[invocation]);
  }
}
