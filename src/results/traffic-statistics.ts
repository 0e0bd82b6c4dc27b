/**
 * What the clients of each traffic saw, counted by when their requests arrived. What the timeline shows is a column by time
 * bucket, the request in that of its arrival, the answer in its own; the rest are totals.
 */
import { Histogram } from '../engine/histogram.js';
import type { Micros } from '../engine/units.js';
import { type InvokerId, NONE } from '../lambda/ids.js';
import {
  ANSWER,
  ANSWERED_AT,
  ARRIVED_AT,
  ATTEMPT,
  ATTEMPT_AT,
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
import { BucketTable } from './bucket-table.js';
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
const TOTALS = 7;

/** Buckets of 3% are fine enough for a chart, and quick to look through. */
const COARSE = 32;

export class TrafficStatistics {
  readonly latency: readonly Histogram[];
  readonly tables: readonly BucketTable[];
  private readonly totals: Float64Array;
  private readonly lastBucket: number;
  /** Latencies of the bucket that is under way, and which that is, by traffic. */
  private readonly bucketLatency: readonly Histogram[];
  private readonly latencyBucket: Int32Array;

  /** `bucketWidth` is Infinity without a timeline. */
  constructor(
    private readonly observed: Observed,
    traffics: number,
    private readonly bucketWidth: Micros,
  ) {
    this.latency = Array.from({ length: traffics }, () => new Histogram());
    this.tables = Array.from({ length: traffics }, () => new BucketTable(COLUMNS));
    this.totals = new Float64Array(traffics * TOTALS);
    this.lastBucket = Math.max(0, Math.ceil(observed.until / bucketWidth) - 1);
    this.bucketLatency = Array.from({ length: traffics }, () => new Histogram(COARSE));
    this.latencyBucket = new Int32Array(traffics);
  }

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { warmUp } = this.observed;
    const { tables, totals, bucketWidth } = this;
    let from = 0;
    let bucket = 0;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      const arrivedAt = times[t + ARRIVED_AT];
      if (arrivedAt < warmUp) continue;
      const source = marks[m + SOURCE];
      const table = tables[source];
      if (marks[m + FN] !== NONE) {
        if (marks[m + ATTEMPT] === 0) {
          if (arrivedAt < from || arrivedAt >= from + bucketWidth) {
            bucket = Math.floor(arrivedAt / bucketWidth);
            from = bucket * bucketWidth;
          }
          // The row first: reaching it may replace the cells.
          const row = table.row(bucket);
          table.cells[row + REQUESTS]++;
        }
        if (times[t + ATTEMPT_AT] !== NONE) {
          totals[source * TOTALS + ATTEMPTS]++;
          if (marks[m + OUTCOME] === REFUSED_IN_FRONT) totals[source * TOTALS + REFUSED]++;
        }
      }
      if (marks[m + ANSWER] === NO_ANSWER) continue;
      const answeredAt = times[t + ANSWERED_AT];
      if (answeredAt < from || answeredAt >= from + bucketWidth) {
        bucket = Math.min(this.lastBucket, Math.floor(answeredAt / bucketWidth));
        from = bucket * bucketWidth;
      }
      const row = table.row(bucket);
      if (marks[m + ANSWER] === OK) this.succeeded(rows[i], table.cells, row, bucket);
      else this.unsuccessful(source, marks[m + ANSWER], table.cells, row);
    }
  }

  /** The run is over. */
  finish(): void {
    if (this.bucketWidth === Number.POSITIVE_INFINITY) return;
    for (let traffic = 0; traffic < this.tables.length; traffic++) this.closeBucket(traffic, this.lastBucket);
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
    const rest = table.sum(LATENCY_SUM) - total[WAIT] - total[OVERHEADS] - total[HANDLER] - total[RETRY_WAIT];
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
        downstream: 0,
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
    if (times[t + ATTEMPT_AT] !== times[t + ARRIVED_AT]) {
      this.totals[at + (marks[m + ATTEMPT] === 0 ? WAIT : RETRY_WAIT)] += times[t + ATTEMPT_AT] - times[t + ARRIVED_AT];
    }
    this.latency[source].record(latency);
    if (this.bucketWidth === Number.POSITIVE_INFINITY) return;
    if (bucket > this.latencyBucket[source]) this.closeBucket(source, bucket);
    this.bucketLatency[source].record(latency);
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
