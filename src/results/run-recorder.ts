/** Every recorder of a normal report as one: the model states a fact once, and each statistic here takes what it needs. */
import type { Micros } from '../engine/units.js';
import type { EnvironmentId, FunctionId, InvocationId, InvokerId } from '../lambda/ids.js';
import { type Admission, type Outcome } from '../lambda/outcome.js';
import { Recorder } from '../lambda/recorder.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { Scenario } from '../scenario/types.js';
import { Concurrency } from './concurrency.js';
import { Durations } from './durations.js';
import { FunctionCounts } from './function-counts.js';
import type { Observed } from './observed.js';
import { Timeline } from './timeline.js';
import { TrafficStatistics } from './traffic-statistics.js';
import { Usage } from './usage.js';

export class RunRecorder extends Recorder {
  readonly counts: FunctionCounts;
  readonly durations: Durations;
  readonly concurrency: Concurrency;
  readonly usage: Usage;
  readonly traffic: TrafficStatistics;
  readonly timeline: Timeline | undefined;

  /** `others` hear every fact too, after the statistics. */
  constructor(
    observed: Observed,
    scenario: Scenario,
    rules: Rulebook,
    withTimeline: boolean,
    private readonly others: readonly Recorder[],
  ) {
    super();
    const functions = scenario.functions.length;
    this.counts = new FunctionCounts(observed, functions);
    this.durations = new Durations(observed, functions);
    this.concurrency = new Concurrency(observed, functions);
    this.usage = new Usage(observed, scenario.functions, rules);
    this.traffic = new TrafficStatistics(observed, scenario.traffic.length);
    if (withTimeline) {
      const traffics = scenario.traffic.map((traffic) => traffic.id);
      this.timeline = new Timeline(observed, scenario.functions, traffics, scenario.run.timeline);
    }
  }

  override requested(traffic: InvokerId, invocation: InvocationId): void {
    this.traffic.requested(traffic, invocation);
    if (this.timeline !== undefined) this.timeline.requested(traffic);
    for (let i = 0; i < this.others.length; i++) this.others[i].requested(traffic, invocation);
  }

  override attempted(traffic: InvokerId, invocation: InvocationId): void {
    this.traffic.attempted(traffic, invocation);
    for (let i = 0; i < this.others.length; i++) this.others[i].attempted(traffic, invocation);
  }

  override answered(traffic: InvokerId, invocation: InvocationId, outcome: Outcome): void {
    this.traffic.answered(traffic, invocation, outcome);
    if (this.timeline !== undefined) this.timeline.answered(traffic, invocation, outcome);
    for (let i = 0; i < this.others.length; i++) this.others[i].answered(traffic, invocation, outcome);
  }

  override refusedInFront(traffic: InvokerId, invocation: InvocationId): void {
    this.traffic.refusedInFront(traffic, invocation);
    for (let i = 0; i < this.others.length; i++) this.others[i].refusedInFront(traffic, invocation);
  }

  override throttled(fn: FunctionId, invocation: InvocationId, reason: Admission): void {
    this.counts.throttled(fn, reason);
    if (this.timeline !== undefined) this.timeline.throttled(fn);
    for (let i = 0; i < this.others.length; i++) this.others[i].throttled(fn, invocation, reason);
  }

  override serviceError(fn: FunctionId, invocation: InvocationId): void {
    this.counts.serviceError(fn);
    for (let i = 0; i < this.others.length; i++) this.others[i].serviceError(fn, invocation);
  }

  override started(fn: FunctionId, invocation: InvocationId): void {
    this.counts.started(fn, invocation);
    this.concurrency.started(fn);
    this.usage.started(fn);
    if (this.timeline !== undefined) this.timeline.started(fn, invocation);
    for (let i = 0; i < this.others.length; i++) this.others[i].started(fn, invocation);
  }

  override ended(fn: FunctionId, invocation: InvocationId): void {
    this.counts.ended(fn, invocation);
    this.durations.ended(fn, invocation);
    this.concurrency.ended(fn, invocation);
    const billed = this.usage.ended(fn, invocation);
    if (this.timeline !== undefined) this.timeline.ended(fn, invocation, billed);
    for (let i = 0; i < this.others.length; i++) this.others[i].ended(fn, invocation);
  }

  override opened(fn: FunctionId, environment: EnvironmentId, provisioned: boolean): void {
    this.concurrency.opened(fn);
    for (let i = 0; i < this.others.length; i++) this.others[i].opened(fn, environment, provisioned);
  }

  override closed(fn: FunctionId, environment: EnvironmentId, at: Micros): void {
    this.concurrency.closed(fn, at);
    for (let i = 0; i < this.others.length; i++) this.others[i].closed(fn, environment, at);
  }

  override allocated(fn: FunctionId, amount: number): void {
    this.usage.allocated(fn, amount);
    for (let i = 0; i < this.others.length; i++) this.others[i].allocated(fn, amount);
  }

  override provisionedInit(fn: FunctionId, at: Micros, init: Micros): void {
    this.usage.provisionedInit(fn, at, init);
    for (let i = 0; i < this.others.length; i++) this.others[i].provisionedInit(fn, at, init);
  }

  /** From now on things count. */
  warmUpOver(): void {
    this.concurrency.warmUpOver();
  }

  /** The run is over, and everything has been stated. */
  finish(): void {
    this.timeline?.finish();
  }
}
