/**
 * What the clients of each traffic saw, counted by when their requests arrived. What the timeline shows is a column by time
 * bucket, the request in that of its arrival, the answer in its own; the rest are totals.
 */
import { Histogram } from '../engine/histogram.js';
import { type InvokerId, NONE } from '../lambda/ids.js';
import {
  ANSWER,
  ANSWERED_AT,
  ARRIVED_AT,
  ATTEMPT,
  ATTEMPT_AT,
  BLOCK,
  DOWNSTREAM,
  DURATION,
  FN,
  HIDDEN_INIT,
  KIND,
  MARKS,
  OUTCOME,
  OVERHEAD,
  SOURCE,
  TIMES,
} from '../lambda/invocations.js';
import { CALLER_TIMEOUT, NO_ANSWER, OK, type Outcome, REFUSED_IN_FRONT, THROTTLED, WARM } from '../lambda/outcome.js';
import type { Scenario } from '../scenario/types.js';
import { BucketTable } from './bucket-table.js';
import type { Buckets } from './buckets.js';
import type { Observed } from './observed.js';
import type { TrafficResult } from './run-result.js';
import { summaryOf } from './summary.js';

/** Columns by bucket. Times in microseconds, over the requests that succeeded. */
export const REQUESTS = 0;
export const SUCCEEDED = 1;
export const LATENCY_SUM = 2;
export const LATENCY_MAX = 3;
/** Failed for any reason but a throttle. */
export const FAILED = 4;
export const THROTTLED_REQUESTS = 5;
/** Written when a bucket is over. */
export const LATENCY_P50 = 6;
export const LATENCY_P99 = 7;
const COLUMNS = 8;

/** Totals; times as above. */
const ATTEMPTS = 0;
const TIMED_OUT = 1;
/** Attempts the front end refused. */
const REFUSED = 2;
const WAIT = 3;
const OVERHEADS = 4;
const HANDLER = 5;
const RETRY_WAIT = 6;
const DOWNSTREAM_SUM = 7;
const TOTALS = 8;

/** Buckets of 3% are fine enough for a chart, and quick to look through. */
const COARSE = 32;

export class TrafficStatistics {
  readonly latency: readonly Histogram[];
  readonly tables: readonly BucketTable[];
  private readonly totals: Float64Array;
  /** By traffic: 1 where the function it calls makes calls itself. */
  private readonly waitsForCalls: Uint8Array;
  private readonly latencies = new Float64Array(BLOCK);
  /** Latencies of the bucket that is under way, and which that is, by traffic. */
  private readonly bucketLatency: readonly Histogram[];
  private readonly latencyBucket: Int32Array;

  constructor(
    private readonly observed: Observed,
    { traffic, functions }: Scenario,
    private readonly buckets: Buckets,
  ) {
    const traffics = traffic.length;
    const calling = new Set(functions.filter(({ calls }) => calls.length > 0).map(({ id }) => id));
    this.waitsForCalls = Uint8Array.from(traffic, ({ to }) => (calling.has(to) ? 1 : 0));
    this.latency = Array.from({ length: traffics }, () => new Histogram());
    this.tables = Array.from({ length: traffics }, () => new BucketTable(COLUMNS));
    this.totals = new Float64Array(traffics * TOTALS);
    this.bucketLatency = Array.from({ length: traffics }, () => new Histogram(COARSE));
    this.latencyBucket = new Int32Array(traffics);
  }

  finished(rows: Int32Array, count: number): void {
    for (let i = 0; i < count; ) {
      const plain = this.answeredStretch(rows, i, count);
      if (plain > i) {
        i = plain;
      } else {
        this.finishedOne(rows[i]);
        i++;
      }
    }
  }

  /**
   * Neighbours mostly are requests of one traffic that succeeded at the first try, within one bucket: their figures are
   * added up first. Returns the index of the first that is not, or not of the same traffic and bucket.
   */
  private answeredStretch(rows: Int32Array, first: number, count: number): number {
    const { times, marks } = this.observed.invocations;
    const { latencies, buckets } = this;
    const source = marks[(rows[first] << MARKS) + SOURCE];
    if (source >= this.tables.length || this.waitsForCalls[source] === 1) return first;
    const bucket = buckets.of(times[(rows[first] << TIMES) + ARRIVED_AT]);
    const from = buckets.startOf(bucket);
    const to = buckets.endOf(bucket);
    let sum = 0;
    let longest = 0;
    let overhead = 0;
    let handler = 0;
    let i = first;
    for (; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      const arrivedAt = times[t + ARRIVED_AT];
      const answeredAt = times[t + ANSWERED_AT];
      if (marks[m + ANSWER] !== OK || marks[m + SOURCE] !== source || marks[m + ATTEMPT] !== 0) break;
      if (arrivedAt < from || answeredAt >= to || times[t + ATTEMPT_AT] !== arrivedAt) break;
      const latency = answeredAt - arrivedAt;
      sum += latency;
      if (latency > longest) longest = latency;
      overhead += times[t + OVERHEAD];
      handler += times[t + DURATION];
      if (marks[m + KIND] !== WARM) handler -= times[t + HIDDEN_INIT];
      latencies[i - first] = latency;
    }
    const found = i - first;
    if (found === 0) return first;
    const table = this.tables[source];
    const row = table.row(bucket);
    table.cells[row + REQUESTS] += found;
    table.cells[row + SUCCEEDED] += found;
    table.cells[row + LATENCY_SUM] += sum;
    if (longest > table.cells[row + LATENCY_MAX]) table.cells[row + LATENCY_MAX] = longest;
    this.totals[source * TOTALS + ATTEMPTS] += found;
    this.totals[source * TOTALS + OVERHEADS] += overhead;
    this.totals[source * TOTALS + HANDLER] += handler;
    this.recordLatencies(source, bucket, found);
    return i;
  }

  private finishedOne(invocation: number): void {
    const { times, marks } = this.observed.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const arrivedAt = times[t + ARRIVED_AT];
    if (arrivedAt < this.observed.warmUp) return;
    const source = marks[m + SOURCE];
    // Whoever else invokes has clients of its own.
    if (source >= this.tables.length) return;
    const table = this.tables[source];
    if (marks[m + FN] !== NONE) {
      if (marks[m + ATTEMPT] === 0) {
        // The row first: reaching it may replace the cells.
        const row = table.row(this.buckets.of(arrivedAt));
        table.cells[row + REQUESTS]++;
      }
      if (times[t + ATTEMPT_AT] !== NONE) {
        this.totals[source * TOTALS + ATTEMPTS]++;
        if (marks[m + OUTCOME] === REFUSED_IN_FRONT) this.totals[source * TOTALS + REFUSED]++;
      }
    }
    if (marks[m + ANSWER] === NO_ANSWER) return;
    const bucket = this.buckets.of(times[t + ANSWERED_AT]);
    const row = table.row(bucket);
    if (marks[m + ANSWER] === OK) this.succeeded(invocation, table.cells, row, bucket);
    else this.unsuccessful(source, marks[m + ANSWER], table.cells, row);
  }

  /** A record of the traffic was handed over now, and accepted or refused: that is all its sender learns. */
  handedOver(traffic: InvokerId, outcome: Outcome): void {
    const { now } = this.observed.loop;
    if (now < this.observed.warmUp) return;
    const table = this.tables[traffic];
    const row = table.row(this.buckets.of(now));
    table.cells[row + REQUESTS]++;
    this.totals[traffic * TOTALS + ATTEMPTS]++;
    if (outcome === OK) table.cells[row + SUCCEEDED]++;
    else if (outcome === REFUSED_IN_FRONT) {
      table.cells[row + THROTTLED_REQUESTS]++;
      this.totals[traffic * TOTALS + REFUSED]++;
    } else table.cells[row + FAILED]++;
  }

  /** The run is over. */
  finish(): void {
    if (this.buckets.isOne) return;
    for (let traffic = 0; traffic < this.tables.length; traffic++) this.closeBucket(traffic, this.buckets.last);
  }

  /** Attempts that the front end passed on, whatever became of them. */
  passedTo(traffic: InvokerId): number {
    return this.totals[traffic * TOTALS + ATTEMPTS] - this.totals[traffic * TOTALS + REFUSED];
  }

  /** Attempts the front end refused before Lambda saw them. */
  refusedInFrontOf(traffic: InvokerId): number {
    return this.totals[traffic * TOTALS + REFUSED];
  }

  of(traffic: InvokerId): TrafficResult {
    const total = this.totals.subarray(traffic * TOTALS, (traffic + 1) * TOTALS);
    const table = this.tables[traffic];
    const offered = table.sum(REQUESTS);
    const succeeded = table.sum(SUCCEEDED);
    const throttled = table.sum(THROTTLED_REQUESTS);
    const unsuccessful = table.sum(FAILED);
    const mean = (sum: number) => (succeeded > 0 ? sum / succeeded / 1000 : 0);
    const rest =
      table.sum(LATENCY_SUM) -
      total[WAIT] -
      total[OVERHEADS] -
      total[HANDLER] -
      total[RETRY_WAIT] -
      total[DOWNSTREAM_SUM];
    return {
      offered,
      succeeded,
      failed: unsuccessful - total[TIMED_OUT],
      throttled,
      timedOut: total[TIMED_OUT],
      unfinished: offered - succeeded - unsuccessful - throttled,
      attempts: total[ATTEMPTS],
      latency: summaryOf(this.latency[traffic]),
      parts: {
        wait: mean(total[WAIT]),
        overhead: mean(total[OVERHEADS]),
        init: mean(rest),
        handler: mean(total[HANDLER]),
        downstream: mean(total[DOWNSTREAM_SUM]),
        retryWait: mean(total[RETRY_WAIT]),
      },
    };
  }

  private succeeded(invocation: number, cells: Float64Array, row: number, bucket: number): void {
    const { times, marks } = this.observed.invocations;
    const t = invocation << TIMES;
    const m = invocation << MARKS;
    const source = marks[m + SOURCE];
    const at = source * TOTALS;
    const latency = times[t + ANSWERED_AT] - times[t + ARRIVED_AT];
    cells[row + SUCCEEDED]++;
    cells[row + LATENCY_SUM] += latency;
    if (latency > cells[row + LATENCY_MAX]) cells[row + LATENCY_MAX] = latency;
    this.totals[at + OVERHEADS] += times[t + OVERHEAD];
    this.totals[at + HANDLER] +=
      marks[m + KIND] === WARM ? times[t + DURATION] : times[t + DURATION] - times[t + HIDDEN_INIT];
    if (this.waitsForCalls[source] === 1) {
      this.totals[at + HANDLER] -= times[t + DOWNSTREAM];
      this.totals[at + DOWNSTREAM_SUM] += times[t + DOWNSTREAM];
    }
    if (times[t + ATTEMPT_AT] !== times[t + ARRIVED_AT]) {
      this.totals[at + (marks[m + ATTEMPT] === 0 ? WAIT : RETRY_WAIT)] += times[t + ATTEMPT_AT] - times[t + ARRIVED_AT];
    }
    this.latencies[0] = latency;
    this.recordLatencies(source, bucket, 1);
  }

  /** The first `count` of `latencies`, all answered in one bucket. */
  private recordLatencies(source: number, bucket: number, count: number): void {
    this.latency[source].recordAll(this.latencies, count);
    if (this.buckets.isOne) return;
    if (bucket > this.latencyBucket[source]) this.closeBucket(source, bucket);
    this.bucketLatency[source].recordAll(this.latencies, count);
  }

  private unsuccessful(source: number, answer: Outcome, cells: Float64Array, row: number): void {
    if (answer === THROTTLED || answer === REFUSED_IN_FRONT) {
      cells[row + THROTTLED_REQUESTS]++;
      return;
    }
    cells[row + FAILED]++;
    if (answer === CALLER_TIMEOUT) this.totals[source * TOTALS + TIMED_OUT]++;
  }

  /** An answer just over the edge of a bucket may come before the last of the bucket, which then counts with the later one. */
  private closeBucket(traffic: number, next: number): void {
    const latencies = this.bucketLatency[traffic];
    if (latencies.count > 0) {
      const table = this.tables[traffic];
      const row = table.row(this.latencyBucket[traffic]);
      table.cells[row + LATENCY_P50] = latencies.quantile(0.5);
      table.cells[row + LATENCY_P99] = latencies.quantile(0.99);
      latencies.clear();
    }
    this.latencyBucket[traffic] = next;
  }
}
