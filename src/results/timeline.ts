/**
 * The run over time, in buckets, with CloudWatch's metric names (and its habit of saying nothing where nothing happened).
 * Facts of an invocation are stamped with the bucket in which it started, a client's with the one in which it was answered.
 */
import { Histogram } from '../engine/histogram.js';
import type { Micros } from '../engine/units.js';
import type { FunctionId, InvocationId, InvokerId } from '../lambda/ids.js';
import { COLD, COLD_RERUN, FUNCTION_ERROR, OK, type Outcome, PROVISIONED, THROTTLED } from '../lambda/outcome.js';
import type { LambdaFunctionSettings } from '../scenario/types.js';
import { BucketTable } from './bucket-table.js';
import type { Observed } from './observed.js';

export interface TimelineRow {
  /** Start of the bucket, from the start of the run. */
  readonly at: Micros;
  /** `functions.api`, `traffic.web`, `account`. */
  readonly resource: string;
  readonly metric: string;
  readonly value: number;
}

/** Columns of a function. */
export const INVOCATIONS = 0;
const ERRORS = 1;
const THROTTLES = 2;
const DURATION_SUM = 3;
const DURATION_MAX = 4;
const CONCURRENT = 5;
const ON_PROVISIONED = 6;
const PROVISIONED_CONCURRENT = 7;
const COLD_STARTS = 8;
/** Billed microseconds, before memory. */
export const BILLED = 9;
export const BILLED_ON_PROVISIONED = 10;
const FUNCTION_WIDTH = 11;

/** Columns of the account. */
const ALL_CONCURRENT = 0;
const UNRESERVED_CONCURRENT = 1;
const ACCOUNT_WIDTH = 2;

/** Columns of a traffic. */
const REQUESTS = 0;
const SUCCEEDED = 1;
const FAILED = 2;
const CLIENT_THROTTLES = 3;
const LATENCY_SUM = 4;
const LATENCY_MAX = 5;
const LATENCY_P50 = 6;
const LATENCY_P99 = 7;
const TRAFFIC_WIDTH = 8;

export class Timeline {
  private readonly functionTables: readonly BucketTable[];
  private readonly accountTable = new BucketTable(ACCOUNT_WIDTH);
  private readonly trafficTables: readonly BucketTable[];
  /** Latencies answered in the bucket that is under way. */
  private readonly latencies: readonly Histogram[];

  private readonly busy: Int32Array;
  private readonly busyProvisioned: Int32Array;
  private readonly unreserved: Uint8Array;
  private total = 0;
  private totalUnreserved = 0;
  /** Concurrency claimed whether used or not. */
  private readonly alwaysClaimed: number;

  private bucket = 0;
  private edge: Micros = 0;
  private nextEdge: Micros;

  constructor(
    private readonly observed: Observed,
    private readonly functions: readonly LambdaFunctionSettings[],
    private readonly traffics: readonly string[],
    readonly width: Micros,
  ) {
    this.functionTables = functions.map(() => new BucketTable(FUNCTION_WIDTH));
    this.trafficTables = traffics.map(() => new BucketTable(TRAFFIC_WIDTH));
    this.latencies = traffics.map(() => new Histogram());
    this.busy = new Int32Array(functions.length);
    this.busyProvisioned = new Int32Array(functions.length);
    this.unreserved = Uint8Array.from(functions, (fn) => Number(fn.reservedConcurrency === undefined));
    this.alwaysClaimed = functions.reduce((sum, fn) => sum + (fn.reservedConcurrency ?? fn.provisionedConcurrency), 0);
    this.nextEdge = width;
  }

  started(fn: FunctionId, invocation: InvocationId): void {
    this.reach(this.observed.loop.now);
    const table = this.functionTables[fn];
    const row = table.row(this.bucket, CONCURRENT, this.busy[fn], PROVISIONED_CONCURRENT, this.busyProvisioned[fn]);
    const { cells } = table;
    const busy = ++this.busy[fn];
    if (busy > cells[row + CONCURRENT]) cells[row + CONCURRENT] = busy;
    const kind = this.observed.invocations.kind[invocation];
    const provisioned = kind === PROVISIONED;
    this.startedInAccount(provisioned || this.unreserved[fn] === 0 ? 0 : 1);
    if (provisioned) {
      const running = ++this.busyProvisioned[fn];
      if (running > cells[row + PROVISIONED_CONCURRENT]) cells[row + PROVISIONED_CONCURRENT] = running;
    }
    if (this.observed.loop.now < this.observed.warmUp) return;
    cells[row + INVOCATIONS]++;
    if (provisioned) cells[row + ON_PROVISIONED]++;
    else if (kind === COLD || kind === COLD_RERUN) cells[row + COLD_STARTS]++;
  }

  /** `billed` microseconds are stamped with the start, as Duration and Errors are. */
  ended(fn: FunctionId, invocation: InvocationId, billed: Micros): void {
    const { invocations, warmUp, loop } = this.observed;
    this.reach(loop.now);
    const table = this.functionTables[fn];
    const provisioned = invocations.kind[invocation] === PROVISIONED;
    const present = table.row(this.bucket, CONCURRENT, this.busy[fn], PROVISIONED_CONCURRENT, this.busyProvisioned[fn]);
    this.busy[fn]--;
    if (provisioned) this.busyProvisioned[fn]--;
    this.endedInAccount(provisioned || this.unreserved[fn] === 0 ? 0 : 1);

    const startedAt = invocations.startedAt[invocation];
    if (startedAt < warmUp) return;
    const row = startedAt >= this.edge ? present : Math.floor(startedAt / this.width) * FUNCTION_WIDTH;
    const { cells } = table;
    const duration = invocations.duration[invocation];
    cells[row + DURATION_SUM] += duration;
    if (duration > cells[row + DURATION_MAX]) cells[row + DURATION_MAX] = duration;
    if (invocations.outcome[invocation] >= FUNCTION_ERROR) cells[row + ERRORS]++;
    cells[row + (provisioned ? BILLED_ON_PROVISIONED : BILLED)] += billed;
  }

  throttled(fn: FunctionId): void {
    if (this.observed.loop.now < this.observed.warmUp) return;
    this.reach(this.observed.loop.now);
    const table = this.functionTables[fn];
    const row = table.row(this.bucket, CONCURRENT, this.busy[fn], PROVISIONED_CONCURRENT, this.busyProvisioned[fn]);
    table.cells[row + THROTTLES]++;
  }

  requested(traffic: InvokerId): void {
    if (this.observed.loop.now < this.observed.warmUp) return;
    this.reach(this.observed.loop.now);
    const table = this.trafficTables[traffic];
    const row = table.plainRow(this.bucket);
    table.cells[row + REQUESTS]++;
  }

  answered(traffic: InvokerId, invocation: InvocationId, outcome: Outcome): void {
    const { invocations, loop, warmUp } = this.observed;
    if (invocations.arrivedAt[invocation] < warmUp) return;
    this.reach(loop.now);
    const table = this.trafficTables[traffic];
    const row = table.plainRow(this.bucket);
    const { cells } = table;
    if (outcome !== OK) {
      cells[row + (outcome === THROTTLED ? CLIENT_THROTTLES : FAILED)]++;
      return;
    }
    const latency = invocations.answeredAt[invocation] - invocations.arrivedAt[invocation];
    cells[row + SUCCEEDED]++;
    cells[row + LATENCY_SUM] += latency;
    if (latency > cells[row + LATENCY_MAX]) cells[row + LATENCY_MAX] = latency;
    this.latencies[traffic].record(latency);
  }

  /** The run is over. */
  finish(): void {
    this.reach(this.observed.until);
    this.closeLatencies();
    for (let fn = 0; fn < this.functions.length; fn++) {
      this.functionTables[fn].row(this.lastBucket, CONCURRENT, this.busy[fn], PROVISIONED_CONCURRENT, this.busyProvisioned[fn]);
    }
    this.accountTable.row(this.lastBucket, ALL_CONCURRENT, this.total, UNRESERVED_CONCURRENT, this.totalUnreserved);
  }

  /** A column of a function, a figure a bucket; shorter than the run where nothing came later. */
  column(fn: FunctionId, column: number): Float64Array {
    return this.functionTables[fn].column(column);
  }

  /** Rows by bucket, resource and metric, without the buckets that lie in the warm-up. */
  *rows(): Generator<TimelineRow> {
    for (let bucket = Math.floor(this.observed.warmUp / this.width); bucket <= this.lastBucket; bucket++) {
      const at = bucket * this.width;
      for (const [metric, value] of this.accountMetrics(bucket)) yield { at, resource: 'account', metric, value };
      for (const [index, fn] of this.functions.entries()) {
        const resource = `functions.${fn.id}`;
        for (const [metric, value] of this.functionMetrics(index, bucket)) yield { at, resource, metric, value };
      }
      for (const [index, id] of this.traffics.entries()) {
        const resource = `traffic.${id}`;
        for (const [metric, value] of this.trafficMetrics(index, bucket)) yield { at, resource, metric, value };
      }
    }
  }

  get lastBucket(): number {
    return Math.max(0, Math.ceil(this.observed.until / this.width) - 1);
  }

  private *functionMetrics(fn: number, bucket: number): Generator<[string, number]> {
    const cell = (column: number) => this.functionTables[fn].at(bucket, column);
    const invocations = cell(INVOCATIONS);
    const provisioned = this.functions[fn].provisionedConcurrency;
    if (invocations > 0) {
      yield ['Invocations', invocations];
      yield ['Errors', cell(ERRORS)];
      yield ['Duration', cell(DURATION_SUM) / invocations / 1000];
      yield ['Duration.Maximum', cell(DURATION_MAX) / 1000];
      yield ['ColdStarts', cell(COLD_STARTS)];
    }
    if (invocations > 0 || cell(THROTTLES) > 0) yield ['Throttles', cell(THROTTLES)];
    if (cell(CONCURRENT) > 0) yield ['ConcurrentExecutions', cell(CONCURRENT)];
    if (provisioned > 0 && cell(PROVISIONED_CONCURRENT) > 0) {
      yield ['ProvisionedConcurrentExecutions', cell(PROVISIONED_CONCURRENT)];
      yield ['ProvisionedConcurrencyUtilization', cell(PROVISIONED_CONCURRENT) / provisioned];
    }
    if (provisioned > 0 && invocations > 0) {
      yield ['ProvisionedConcurrencyInvocations', cell(ON_PROVISIONED)];
      yield ['ProvisionedConcurrencySpilloverInvocations', invocations - cell(ON_PROVISIONED)];
    }
  }

  private *accountMetrics(bucket: number): Generator<[string, number]> {
    const all = this.accountTable.at(bucket, ALL_CONCURRENT);
    const unreserved = this.accountTable.at(bucket, UNRESERVED_CONCURRENT);
    if (all > 0) yield ['ConcurrentExecutions', all];
    if (unreserved > 0) yield ['UnreservedConcurrentExecutions', unreserved];
    if (all > 0) yield ['ClaimedAccountConcurrency', this.alwaysClaimed + unreserved];
  }

  private *trafficMetrics(traffic: number, bucket: number): Generator<[string, number]> {
    const cell = (column: number) => this.trafficTables[traffic].at(bucket, column);
    if (cell(REQUESTS) > 0) yield ['Requests', cell(REQUESTS)];
    if (cell(FAILED) > 0) yield ['Failed', cell(FAILED)];
    if (cell(CLIENT_THROTTLES) > 0) yield ['Throttled', cell(CLIENT_THROTTLES)];
    if (cell(SUCCEEDED) > 0) {
      yield ['Latency', cell(LATENCY_SUM) / cell(SUCCEEDED) / 1000];
      yield ['Latency.p50', cell(LATENCY_P50) / 1000];
      yield ['Latency.p99', cell(LATENCY_P99) / 1000];
      yield ['Latency.Maximum', cell(LATENCY_MAX) / 1000];
    }
  }

  private startedInAccount(unreserved: number): void {
    const row = this.accountTable.row(this.bucket, ALL_CONCURRENT, this.total, UNRESERVED_CONCURRENT, this.totalUnreserved);
    const { cells } = this.accountTable;
    this.total++;
    this.totalUnreserved += unreserved;
    if (this.total > cells[row + ALL_CONCURRENT]) cells[row + ALL_CONCURRENT] = this.total;
    if (this.totalUnreserved > cells[row + UNRESERVED_CONCURRENT]) cells[row + UNRESERVED_CONCURRENT] = this.totalUnreserved;
  }

  private endedInAccount(unreserved: number): void {
    this.accountTable.row(this.bucket, ALL_CONCURRENT, this.total, UNRESERVED_CONCURRENT, this.totalUnreserved);
    this.total--;
    this.totalUnreserved -= unreserved;
  }

  private reach(now: Micros): void {
    if (now >= this.nextEdge) this.turnPage(now);
  }

  private turnPage(now: Micros): void {
    this.closeLatencies();
    this.bucket = Math.min(this.lastBucket, Math.floor(now / this.width));
    this.edge = this.bucket * this.width;
    this.nextEdge = this.edge + this.width;
  }

  private closeLatencies(): void {
    for (let traffic = 0; traffic < this.traffics.length; traffic++) {
      const latencies = this.latencies[traffic];
      if (latencies.count === 0) continue;
      const table = this.trafficTables[traffic];
      const row = table.plainRow(this.bucket);
      table.cells[row + LATENCY_P50] = latencies.quantile(0.5);
      table.cells[row + LATENCY_P99] = latencies.quantile(0.99);
      latencies.clear();
    }
  }
}
