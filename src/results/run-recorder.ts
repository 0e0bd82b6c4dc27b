/** Every statistic of a normal report in one recorder: the model states a fact once, and each takes what it needs. */
import { KIND, MARKS } from '../lambda/invocations.js';
import type { Micros } from '../engine/units.js';
import type { EnvironmentId, FunctionId, InvocationId } from '../lambda/ids.js';
import { PROVISIONED } from '../lambda/outcome.js';
import { Recorder } from '../lambda/recorder.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { Scenario } from '../scenario/types.js';
import { Concurrency } from './concurrency.js';
import { Durations } from './durations.js';
import { FunctionCounts } from './function-counts.js';
import type { Observed } from './observed.js';
import { Peaks } from './peaks.js';
import { Timeline } from './timeline.js';
import { TrafficStatistics } from './traffic-statistics.js';
import { Usage } from './usage.js';

export class RunRecorder extends Recorder {
  readonly peaks: Peaks;
  readonly counts: FunctionCounts;
  readonly durations: Durations;
  readonly concurrency: Concurrency;
  readonly usage: Usage;
  readonly traffic: TrafficStatistics;
  readonly timeline: Timeline | undefined;
  /** 1 for functions without a reservation. */
  private readonly unreserved: Uint8Array;

  /** `others` hear every fact too, after the statistics. */
  constructor(
    private readonly observed: Observed,
    scenario: Scenario,
    rules: Rulebook,
    withTimeline: boolean,
    private readonly others: readonly Recorder[],
  ) {
    super();
    const functions = scenario.functions.length;
    this.peaks = new Peaks(functions);
    this.counts = new FunctionCounts(observed, functions);
    this.durations = new Durations(observed, functions);
    this.concurrency = new Concurrency(observed, this.peaks, functions);
    this.usage = new Usage(observed, scenario.functions, rules);
    this.traffic = new TrafficStatistics(observed, scenario.traffic.length);
    this.unreserved = Uint8Array.from(scenario.functions, (fn) => Number(fn.reservedConcurrency === undefined));
    if (withTimeline) {
      const traffics = scenario.traffic.map((traffic) => traffic.id);
      this.timeline = new Timeline(observed, this.peaks, this.usage, scenario.functions, traffics, scenario.run.timeline);
    }
  }

  override started(fn: FunctionId, invocation: InvocationId): void {
    const provisioned = this.observed.invocations.marks[(invocation << MARKS) + KIND] === PROVISIONED;
    this.peaks.started(fn, provisioned, !provisioned && this.unreserved[fn] === 1);
    for (let i = 0; i < this.others.length; i++) this.others[i].started(fn, invocation);
  }

  override ended(fn: FunctionId, invocation: InvocationId): void {
    const provisioned = this.observed.invocations.marks[(invocation << MARKS) + KIND] === PROVISIONED;
    this.peaks.ended(fn, provisioned, !provisioned && this.unreserved[fn] === 1);
    for (let i = 0; i < this.others.length; i++) this.others[i].ended(fn, invocation);
  }

  override finished(rows: Int32Array, count: number): void {
    this.counts.finished(rows, count);
    this.durations.finished(rows, count);
    this.concurrency.finished(rows, count);
    this.usage.finished(rows, count);
    this.traffic.finished(rows, count);
    if (this.timeline !== undefined) this.timeline.finished(rows, count);
    for (let i = 0; i < this.others.length; i++) this.others[i].finished(rows, count);
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
    this.peaks.lookAgain();
    this.concurrency.warmUpOver();
  }

  /** A bucket of the timeline is over. */
  turnPage(): void {
    this.timeline?.turnPage();
    this.concurrency.keepPeaks();
    this.peaks.lookAgain();
  }

  /** The run is over, and everything has been stated. */
  finish(): void {
    this.timeline?.finish();
    this.concurrency.keepPeaks();
  }
}
