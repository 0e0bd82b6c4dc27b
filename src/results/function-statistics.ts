/**
 * What is remembered of each function. What the timeline shows is a column by time bucket, and the run's total is the sum
 * of its buckets; what it does not show is a total. Without a timeline there is one bucket.
 */
import { Histogram } from '../engine/histogram.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, NONE } from '../lambda/ids.js';
import {
  ABORTED_INIT,
  AFTER,
  ATTEMPT,
  ATTEMPT_AT,
  DURATION,
  ENDS_AT,
  FN,
  HIDDEN_INIT,
  INIT,
  KIND,
  MARKS,
  OUTCOME,
  REFUSAL,
  RESTORE,
  STARTED_AT,
  TIMES,
} from '../lambda/invocations.js';
import {
  type Admission,
  COLD,
  COLD_RERUN,
  FUNCTION_TIMEOUT,
  OK,
  PROVISIONED,
  REASONS,
  SERVICE_ERROR,
  THROTTLED,
  WARM,
} from '../lambda/outcome.js';
import { BucketTable } from './bucket-table.js';
import type { InitBilling } from './init-billing.js';
import type { Observed } from './observed.js';

/** Columns by bucket. Times in microseconds. */
export const INVOCATIONS = 0;
export const DURATION_SUM = 1;
export const DURATION_MAX = 2;
/** Billed time on demand, and on provisioned concurrency. */
export const BILLED = 3;
export const BILLED_ON_PROVISIONED = 4;
export const ERRORS = 5;
export const THROTTLES = 6;
export const COLD_STARTS = 7;
export const ON_PROVISIONED = 8;
/** The most that ran at once; written when a bucket is over. */
export const CONCURRENT = 9;
export const PROVISIONED_CONCURRENT = 10;
const COLUMNS = 11;

/** Totals. */
export const TIMEOUTS = 0;
export const SERVICE_ERRORS = 1;
/** Time from admission to the end of the handler, within the window. */
export const BUSY = 2;
/** Extension time after the handler. */
export const AFTER_SUM = 3;
/** Billed init outside the Duration. */
export const INIT_OUTSIDE = 4;
/** Init inside the Duration. */
export const INIT_INSIDE = 5;
/** Billed time of attempts that failed, and of those that repeated others. */
export const FAILED = 6;
export const RETRIED = 7;
/** Cold starts that restored a snapshot. */
export const RESTORES = 8;
const TOTALS = 9;

/** Throttles of one function for one reason. */
export interface ThrottleCount {
  readonly reason: Admission;
  readonly count: number;
  readonly first: Micros;
  readonly last: Micros;
}

export class FunctionStatistics {
  readonly duration: readonly Histogram[];
  readonly init: readonly Histogram[];
  readonly tables: readonly BucketTable[];
  private readonly totals: Float64Array;
  private readonly throttles: Float64Array;
  private readonly firstThrottle: Float64Array;
  private readonly lastThrottle: Float64Array;

  /** `bucketWidth` is Infinity without a timeline. */
  constructor(
    private readonly observed: Observed,
    functions: number,
    private readonly bucketWidth: Micros,
    private readonly billing: InitBilling,
  ) {
    this.duration = Array.from({ length: functions }, () => new Histogram());
    this.init = Array.from({ length: functions }, () => new Histogram());
    this.tables = Array.from({ length: functions }, () => new BucketTable(COLUMNS));
    this.totals = new Float64Array(functions * TOTALS);
    this.throttles = new Float64Array(functions * REASONS.length);
    this.firstThrottle = new Float64Array(functions * REASONS.length);
    this.lastThrottle = new Float64Array(functions * REASONS.length);
  }

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { warmUp, until } = this.observed;
    const { tables, totals, bucketWidth } = this;
    const { granularity } = this.billing;
    let from = 0;
    let bucket = 0;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      const fn = marks[m + FN];
      const startedAt = times[t + STARTED_AT];
      if (startedAt === NONE) {
        if (fn !== NONE) this.refused(rows[i], fn);
        continue;
      }
      const endsAt = times[t + ENDS_AT];
      if (startedAt >= warmUp && endsAt <= until) totals[fn * TOTALS + BUSY] += endsAt - startedAt;
      else totals[fn * TOTALS + BUSY] += Math.max(0, Math.min(endsAt, until) - Math.max(startedAt, warmUp));
      if (startedAt < warmUp) continue;

      // Neighbours mostly share a bucket: a division less.
      if (startedAt < from || startedAt >= from + bucketWidth) {
        bucket = Math.floor(startedAt / bucketWidth);
        from = bucket * bucketWidth;
      }
      const table = tables[fn];
      const row = table.row(bucket);
      const { cells } = table;
      const duration = times[t + DURATION];
      const kind = marks[m + KIND];
      let ran = duration + times[t + AFTER];
      if (kind !== WARM) ran += this.initialised(rows[i], cells, row);
      const billed = ran > 0 ? Math.ceil(ran / granularity) * granularity : granularity;
      cells[row + INVOCATIONS]++;
      cells[row + DURATION_SUM] += duration;
      if (duration > cells[row + DURATION_MAX]) cells[row + DURATION_MAX] = duration;
      cells[row + (kind === PROVISIONED ? BILLED_ON_PROVISIONED : BILLED)] += billed;
      if (marks[m + OUTCOME] !== OK || marks[m + ATTEMPT] > 0 || ran > duration)
        this.unusual(rows[i], cells, row, billed);
      this.duration[fn].record(duration);
    }
  }

  /** Buckets up to the one of the last fact. */
  figure(fn: FunctionId, bucket: number, column: number): number {
    return this.tables[fn].at(bucket, column);
  }

  /** A column's sum over the run. */
  sum(fn: FunctionId, column: number): number {
    return this.tables[fn].sum(column);
  }

  total(fn: FunctionId, total: number): number {
    return this.totals[fn * TOTALS + total];
  }

  /** Only the reasons that occurred. */
  throttlesOf(fn: FunctionId): ThrottleCount[] {
    const found: ThrottleCount[] = [];
    for (let reason = 1; reason < REASONS.length; reason++) {
      const cell = fn * REASONS.length + reason;
      const count = this.throttles[cell];
      if (count > 0) found.push({ reason, count, first: this.firstThrottle[cell], last: this.lastThrottle[cell] });
    }
    return found;
  }

  /** Counts the init of an invocation that was not warm, and returns its billed time outside the Duration. */
  private initialised(invocation: number, cells: Float64Array, row: number): Micros {
    const { times, marks } = this.observed.invocations;
    const t = invocation << TIMES;
    const fn = marks[(invocation << MARKS) + FN];
    const kind = marks[(invocation << MARKS) + KIND];
    const at = fn * TOTALS;
    this.totals[at + INIT_INSIDE] += times[t + HIDDEN_INIT];
    if (kind === PROVISIONED) cells[row + ON_PROVISIONED]++;
    if (kind !== COLD && kind !== COLD_RERUN) return 0;
    cells[row + COLD_STARTS]++;
    if (kind === COLD) this.init[fn].record(times[t + INIT]);
    if (times[t + RESTORE] > 0) this.totals[at + RESTORES]++;
    const init = this.billing.billsInit(fn) ? times[t + INIT] - times[t + RESTORE] : 0;
    const billed = init + (this.billing.billsAbortedInit ? times[t + ABORTED_INIT] : 0);
    this.totals[at + INIT_OUTSIDE] += billed;
    return billed;
  }

  /** Counts what most invocations do not have. */
  private unusual(invocation: number, cells: Float64Array, row: number, billed: Micros): void {
    const { times, marks } = this.observed.invocations;
    const m = invocation << MARKS;
    const at = marks[m + FN] * TOTALS;
    this.totals[at + AFTER_SUM] += times[(invocation << TIMES) + AFTER];
    if (marks[m + ATTEMPT] > 0) this.totals[at + RETRIED] += billed;
    if (marks[m + OUTCOME] === OK) return;
    cells[row + ERRORS]++;
    this.totals[at + FAILED] += billed;
    if (marks[m + OUTCOME] === FUNCTION_TIMEOUT) this.totals[at + TIMEOUTS]++;
  }

  /** Counts an attempt that Lambda did not run. */
  private refused(invocation: number, fn: number): void {
    const { times, marks } = this.observed.invocations;
    const m = invocation << MARKS;
    const at = times[(invocation << TIMES) + ATTEMPT_AT];
    if (at === NONE || at < this.observed.warmUp) return;
    if (marks[m + OUTCOME] === SERVICE_ERROR) this.totals[fn * TOTALS + SERVICE_ERRORS]++;
    if (marks[m + OUTCOME] !== THROTTLED) return;
    const table = this.tables[fn];
    // The row first: reaching it may replace the cells.
    const row = table.row(Math.floor(at / this.bucketWidth));
    table.cells[row + THROTTLES]++;
    const cell = fn * REASONS.length + marks[m + REFUSAL];
    if (this.throttles[cell]++ === 0) this.firstThrottle[cell] = at;
    this.lastThrottle[cell] = at;
  }
}
