/**
 * The run over time, in buckets, with CloudWatch's metric names (and its habit of saying nothing where nothing happened).
 * Facts of an invocation are stamped with the bucket in which it started, a client's with the one in which it was answered.
 */
import { ARRIVED_AT, ATTEMPT_AT, STARTED_AT, DURATION, ANSWERED_AT, FN, SOURCE, ATTEMPT, KIND, OUTCOME, ANSWER, TIMES, MARKS, type Invocations } from '../lambda/invocations.js';
import { Histogram } from '../engine/histogram.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, NONE } from '../lambda/ids.js';
import { COLD, COLD_RERUN, NO_ANSWER, OK, PROVISIONED, REFUSED_IN_FRONT, THROTTLED, WARM } from '../lambda/outcome.js';
import type { LambdaFunctionSettings } from '../scenario/types.js';
import { BucketTable } from './bucket-table.js';
import type { Observed } from './observed.js';
import type { Peaks } from './peaks.js';
import type { Usage } from './usage.js';

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

/** Buckets of 3% are fine enough for a chart, and quick to look through. */
const COARSE = 32;

export class Timeline {
  private readonly functionTables: readonly BucketTable[];
  private readonly accountTable = new BucketTable(ACCOUNT_WIDTH);
  private readonly trafficTables: readonly BucketTable[];
  /** Latencies answered in the bucket that is under way. */
  private readonly latencies: readonly Histogram[];

  /** Concurrency claimed whether used or not. */
  private readonly alwaysClaimed: number;
  readonly lastBucket: number;
  /** The bucket under way. */
  private bucket = 0;
  /** Bucket of the latencies that are being gathered, by traffic. */
  private readonly latencyBucket: Int32Array;

  constructor(
    private readonly observed: Observed,
    private readonly peaks: Peaks,
    private readonly usage: Usage,
    private readonly functions: readonly LambdaFunctionSettings[],
    private readonly traffics: readonly string[],
    readonly width: Micros,
  ) {
    this.functionTables = functions.map(() => new BucketTable(FUNCTION_WIDTH));
    this.trafficTables = traffics.map(() => new BucketTable(TRAFFIC_WIDTH));
    this.latencies = traffics.map(() => new Histogram(COARSE));
    this.lastBucket = Math.max(0, Math.ceil(observed.until / width) - 1);
    this.latencyBucket = new Int32Array(traffics.length);
    this.alwaysClaimed = functions.reduce((sum, fn) => sum + (fn.reservedConcurrency ?? fn.provisionedConcurrency), 0);
  }

  finished(rows: Int32Array, count: number): void {
    this.finishedOfFunctions(rows, count);
    this.finishedOfTraffic(rows, count);
  }

  private finishedOfFunctions(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { width, functionTables } = this;
    const { warmUp } = this.observed;
    const { billed } = this.usage;
    let from = 0;
    let bucket = 0;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      if (marks[m + FN] === NONE) continue;
      const table = functionTables[marks[m + FN]];
      const ran = times[t + STARTED_AT] !== NONE;
      const at = ran ? times[t + STARTED_AT] : times[t + ATTEMPT_AT];
      if (at < warmUp) continue;
      // Neighbours mostly share a bucket: a division less.
      if (at < from || at >= from + width) {
        bucket = Math.floor(at / width);
        from = bucket * width;
      }
      const row = table.row(bucket);
      const { cells } = table;
      if (!ran) {
        if (marks[m + OUTCOME] === THROTTLED) cells[row + THROTTLES]++;
        continue;
      }
      const kind = marks[m + KIND];
      const duration = times[t + DURATION];
      cells[row + INVOCATIONS]++;
      cells[row + DURATION_SUM] += duration;
      if (duration > cells[row + DURATION_MAX]) cells[row + DURATION_MAX] = duration;
      cells[row + (kind === PROVISIONED ? BILLED_ON_PROVISIONED : BILLED)] += billed[i];
      if (kind !== WARM) {
        if (kind === PROVISIONED) cells[row + ON_PROVISIONED]++;
        else if (kind === COLD || kind === COLD_RERUN) cells[row + COLD_STARTS]++;
      }
      if (marks[m + OUTCOME] !== OK) cells[row + ERRORS]++;
    }
  }

  private finishedOfTraffic(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { width, trafficTables, lastBucket } = this;
    const { warmUp } = this.observed;
    let from = 0;
    let bucket = 0;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      if (times[t + ARRIVED_AT] < warmUp) continue;
      const source = marks[m + SOURCE];
      const table = trafficTables[source];
      if (marks[m + ATTEMPT] === 0 && marks[m + FN] !== NONE) {
        if (times[t + ARRIVED_AT] < from || times[t + ARRIVED_AT] >= from + width) {
          bucket = Math.floor(times[t + ARRIVED_AT] / width);
          from = bucket * width;
        }
        table.cells[table.row(bucket) + REQUESTS]++;
      }
      if (marks[m + ANSWER] === NO_ANSWER) continue;
      const answeredAt = times[t + ANSWERED_AT];
      if (answeredAt < from || answeredAt >= from + width) {
        bucket = Math.min(lastBucket, Math.floor(answeredAt / width));
        from = bucket * width;
      }
      const row = table.row(bucket);
      const { cells } = table;
      if (marks[m + ANSWER] === OK) {
        const latency = answeredAt - times[t + ARRIVED_AT];
        cells[row + SUCCEEDED]++;
        cells[row + LATENCY_SUM] += latency;
        if (latency > cells[row + LATENCY_MAX]) cells[row + LATENCY_MAX] = latency;
        if (bucket > this.latencyBucket[source]) this.closeLatencies(source, bucket);
        this.latencies[source].record(latency);
      } else {
        cells[row + (marks[m + ANSWER] === THROTTLED || marks[m + ANSWER] === REFUSED_IN_FRONT ? CLIENT_THROTTLES : FAILED)]++;
      }
    }
  }

  /** A bucket is over: its peaks are known. Whoever keeps the peaks looks again afterwards. */
  turnPage(): void {
    const { peaks } = this;
    for (let fn = 0; fn < this.functions.length; fn++) {
      if (peaks.highest[fn] === 0) continue;
      const table = this.functionTables[fn];
      const at = table.row(this.bucket);
      table.cells[at + CONCURRENT] = peaks.highest[fn];
      table.cells[at + PROVISIONED_CONCURRENT] = peaks.highestProvisioned[fn];
    }
    if (peaks.highestTotal > 0) {
      const at = this.accountTable.row(this.bucket);
      this.accountTable.cells[at + ALL_CONCURRENT] = peaks.highestTotal;
      this.accountTable.cells[at + UNRESERVED_CONCURRENT] = peaks.highestUnreserved;
    }
    this.bucket++;
  }

  /** The run is over. */
  finish(): void {
    if (this.bucket <= this.lastBucket) this.turnPage();
    for (let traffic = 0; traffic < this.traffics.length; traffic++) this.closeLatencies(traffic, this.lastBucket);
  }

  /** One column of a function in one bucket. */
  figure(fn: FunctionId, bucket: number, column: number): number {
    return this.functionTables[fn].at(bucket, column);
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

  /** An answer just over the edge of a bucket may come before the last of the bucket; it counts with the later one. */
  private closeLatencies(traffic: number, next: number): void {
    const latencies = this.latencies[traffic];
    if (latencies.count > 0) {
      const table = this.trafficTables[traffic];
      const at = table.row(this.latencyBucket[traffic]);
      table.cells[at + LATENCY_P50] = latencies.quantile(0.5);
      table.cells[at + LATENCY_P99] = latencies.quantile(0.99);
      latencies.clear();
    }
    this.latencyBucket[traffic] = next;
  }
}
