/** Every statistic of a normal report in one recorder: the model states a fact once, and each takes what it needs. */
import type { Micros } from '../engine/units.js';
import type { Account } from '../lambda/account.js';
import type { EnvironmentId, FunctionId, InvocationId, InvokerId, ResourceId } from '../lambda/ids.js';
import type { Admission, BatchFault, Outcome } from '../lambda/outcome.js';
import { type ObservedRun, type RecordBatch, Recorder } from '../lambda/recorder.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { Figure } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import { Buckets } from './buckets.js';
import { Concurrency } from './concurrency.js';
import { FunctionStatistics } from './function-statistics.js';
import { InitBilling } from './init-billing.js';
import type { Observed } from './observed.js';
import { ResourceStatistics } from './resource-statistics.js';
import { ShardStatistics } from './shard-statistics.js';
import { Timeline } from './timeline.js';
import { TrafficStatistics } from './traffic-statistics.js';
import { Usage } from './usage.js';

export class RunRecorder extends Recorder {
  override readonly hearsEach: boolean;
  readonly functions: FunctionStatistics;
  readonly traffic: TrafficStatistics;
  readonly concurrency: Concurrency;
  readonly resources: ResourceStatistics;
  readonly shards: ShardStatistics;
  readonly usage: Usage;
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
    this.hearsEach = others.some((other) => other.hearsEach);
    const width = withTimeline ? scenario.run.timeline : Number.POSITIVE_INFINITY;
    const buckets = new Buckets(width, observed.warmUp, observed.until);
    const billing = new InitBilling(scenario.functions, rules);
    this.functions = new FunctionStatistics(observed, scenario.functions.length, buckets, billing);
    this.traffic = new TrafficStatistics(observed, scenario, buckets);
    this.resources = new ResourceStatistics(observed, scenario, buckets);
    this.shards = new ShardStatistics(observed, scenario);
    this.concurrency = new Concurrency(observed, this.functions, scenario.functions.length);
    this.usage = new Usage(observed, scenario.functions, this.functions, this.resources, billing, rules);
    if (withTimeline) {
      this.timeline = new Timeline(observed, scenario, this.functions, this.traffic, this.resources, buckets);
    }
  }

  override begin(run: ObservedRun): void {
    for (const other of this.others) other.begin(run);
  }

  override started(fn: FunctionId, invocation: InvocationId): void {
    for (const other of this.others) other.started(fn, invocation);
  }

  override ended(fn: FunctionId, invocation: InvocationId): void {
    for (const other of this.others) other.ended(fn, invocation);
  }

  override batch(consumer: ResourceId, invocation: InvocationId, batch: RecordBatch): void {
    for (const other of this.others) other.batch(consumer, invocation, batch);
  }

  override finished(rows: Int32Array, count: number): void {
    this.functions.finished(rows, count);
    this.traffic.finished(rows, count);
    for (const other of this.others) other.finished(rows, count);
  }

  override refused(fn: FunctionId, outcome: Outcome, reason: Admission, count: number): void {
    this.functions.refusedMany(fn, outcome, reason, count);
    for (const other of this.others) other.refused(fn, outcome, reason, count);
  }

  override handedOver(traffic: InvokerId, outcome: Outcome): void {
    this.traffic.handedOver(traffic, outcome);
    for (const other of this.others) other.handedOver(traffic, outcome);
  }

  override waited(fn: FunctionId, invocation: InvocationId, time: Micros): void {
    this.functions.waited(fn, invocation, time);
    for (const other of this.others) other.waited(fn, invocation, time);
  }

  override counted(resource: ResourceId, figure: Figure, amount: number): void {
    this.resources.counted(resource, figure, amount);
    for (const other of this.others) other.counted(resource, figure, amount);
  }

  override stands(resource: ResourceId, figure: Figure, level: number): void {
    this.resources.stands(resource, figure, level);
    for (const other of this.others) other.stands(resource, figure, level);
  }

  override took(resource: ResourceId, figure: Figure, time: Micros, arrivedAt: Micros): void {
    this.resources.took(resource, figure, time, arrivedAt);
    for (const other of this.others) other.took(resource, figure, time, arrivedAt);
  }

  override shardWritten(stream: ResourceId, shard: number, accepted: boolean): void {
    this.shards.written(stream, shard, accepted);
    for (const other of this.others) other.shardWritten(stream, shard, accepted);
  }

  override shardRead(stream: ResourceId, shard: number, age: Micros): void {
    this.shards.read(stream, shard, age);
    for (const other of this.others) other.shardRead(stream, shard, age);
  }

  override shardBlocked(consumer: ResourceId, shard: number, since: Micros, fault: BatchFault): void {
    this.shards.blocked(consumer, shard, since, fault);
    for (const other of this.others) other.shardBlocked(consumer, shard, since, fault);
  }

  override shardUnblocked(consumer: ResourceId, shard: number, since: Micros): void {
    this.shards.unblocked(consumer, shard, since);
    for (const other of this.others) other.shardUnblocked(consumer, shard, since);
  }

  override opened(fn: FunctionId, environment: EnvironmentId, provisioned: boolean): void {
    this.concurrency.opened(fn);
    for (const other of this.others) other.opened(fn, environment, provisioned);
  }

  override closed(fn: FunctionId, environment: EnvironmentId, at: Micros): void {
    this.concurrency.closed(fn, at);
    for (const other of this.others) other.closed(fn, environment, at);
  }

  override allocated(fn: FunctionId, amount: number): void {
    this.usage.allocated(fn, amount);
    for (const other of this.others) other.allocated(fn, amount);
  }

  override initAhead(fn: FunctionId, at: Micros, init: Micros, provisioned: boolean): void {
    this.usage.initAhead(fn, at, init, provisioned);
    for (const other of this.others) other.initAhead(fn, at, init, provisioned);
  }

  /** From now on things count. */
  warmUpOver(account: Account): void {
    account.lookAgain();
    this.concurrency.warmUpOver();
    this.resources.warmUpOver();
  }

  /** A bucket of the timeline is over. */
  turnPage(account: Account): void {
    this.timeline?.turnPage(account);
    this.resources.turnPage();
    this.concurrency.keep(account);
    account.lookAgain();
  }

  /** The run is over, and everything has been stated. */
  finish(account: Account): void {
    this.timeline?.turnPage(account);
    this.concurrency.keep(account);
    this.traffic.finish();
  }
}
