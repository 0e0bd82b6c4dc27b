/**
 * What is remembered of each function. What the timeline shows is a column by time bucket, and the run's total is the sum
 * of its buckets; what it does not show is a total. Without a timeline there is one bucket.
 */
import { Histogram } from '../engine/histogram.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, type InvocationId, NONE } from '../lambda/ids.js';
import {
  ABORTED_INIT,
  AFTER,
  ATTEMPT,
  ATTEMPT_AT,
  BLOCK,
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
  type Outcome,
  PROVISIONED,
  REASONS,
  SERVICE_ERROR,
  THROTTLED,
  WARM,
} from '../lambda/outcome.js';
import { billedMicros } from '../rules/billed-duration.js';
import { BucketTable } from './bucket-table.js';
import type { Buckets } from './buckets.js';
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
/** Time of the handler that went into waiting for calls. */
export const DOWNSTREAM_SUM = 9;
const TOTALS = 10;

/** Throttles of one function for one reason. */
export interface ThrottleCount {
  readonly reason: Admission;
  readonly count: number;
  readonly first: Micros;
  readonly last: Micros;
  /** 1 for each bucket that had one. */
  readonly buckets: Uint8Array;
}

export class FunctionStatistics {
  readonly duration: readonly Histogram[];
  readonly init: readonly Histogram[];
  readonly tables: readonly BucketTable[];
  private readonly totals: Float64Array;
  private readonly durations = new Float64Array(BLOCK);
  private readonly throttles: Float64Array;
  private readonly firstThrottle: Float64Array;
  private readonly lastThrottle: Float64Array;
  private readonly throttledIn: (Uint8Array | undefined)[];

  constructor(
    private readonly observed: Observed,
    functions: number,
    private readonly buckets: Buckets,
    private readonly billing: InitBilling,
  ) {
    this.duration = Array.from({ length: functions }, () => new Histogram());
    this.init = Array.from({ length: functions }, () => new Histogram());
    this.tables = Array.from({ length: functions }, () => new BucketTable(COLUMNS));
    this.totals = new Float64Array(functions * TOTALS);
    this.throttles = new Float64Array(functions * REASONS.length);
    this.firstThrottle = new Float64Array(functions * REASONS.length);
    this.lastThrottle = new Float64Array(functions * REASONS.length);
    this.throttledIn = new Array(functions * REASONS.length);
  }

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    for (let i = 0; i < count; ) {
      const row = rows[i];
      const fn = marks[(row << MARKS) + FN];
      const startedAt = times[(row << TIMES) + STARTED_AT];
      if (startedAt >= this.observed.warmUp) {
        i = this.finishedStretch(rows, i, count, fn);
        continue;
      }
      if (startedAt !== NONE) this.endedAfterWarmUp(row, fn);
      else if (fn !== NONE) this.refused(row, fn);
      i++;
    }
  }

  /**
   * Neighbours mostly belong to the same function and bucket: their figures are added up first. Returns the index of the
   * first that does not.
   */
  private finishedStretch(rows: Int32Array, first: number, count: number, fn: number): number {
    const { times, marks } = this.observed.invocations;
    const { until } = this.observed;
    const { durations, buckets } = this;
    const rounding = this.billing.duration;
    const bucket = buckets.of(times[(rows[first] << TIMES) + STARTED_AT]);
    const from = buckets.startOf(bucket);
    const to = buckets.endOf(bucket);
    const table = this.tables[fn];
    const at = table.row(bucket);
    const { cells } = table;
    let sum = 0;
    let longest = 0;
    let busy = 0;
    let onDemand = 0;
    let onProvisioned = 0;
    let i = first;
    for (; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      const startedAt = times[t + STARTED_AT];
      if (marks[m + FN] !== fn || startedAt < from || startedAt >= to) break;
      const endsAt = times[t + ENDS_AT];
      const duration = times[t + DURATION];
      const kind = marks[m + KIND];
      let ran = duration + times[t + AFTER];
      if (kind !== WARM) ran += this.initialised(rows[i], cells, at);
      const billed = billedMicros(rounding, ran);
      if (kind === PROVISIONED) onProvisioned += billed;
      else onDemand += billed;
      if (marks[m + OUTCOME] !== OK || marks[m + ATTEMPT] > 0 || ran > duration) {
        this.unusual(rows[i], cells, at, billed);
      }
      busy += (endsAt < until ? endsAt : until) - startedAt;
      sum += duration;
      if (duration > longest) longest = duration;
      durations[i - first] = duration;
    }
    cells[at + INVOCATIONS] += i - first;
    cells[at + DURATION_SUM] += sum;
    if (longest > cells[at + DURATION_MAX]) cells[at + DURATION_MAX] = longest;
    cells[at + BILLED] += onDemand;
    cells[at + BILLED_ON_PROVISIONED] += onProvisioned;
    this.totals[fn * TOTALS + BUSY] += busy;
    this.duration[fn].recordAll(durations, i - first);
    return i;
  }

  /** An invocation that began in the warm-up: only what it ran after it counts, as concurrency. */
  private endedAfterWarmUp(invocation: number, fn: number): void {
    const endsAt = Math.min(this.observed.until, this.observed.invocations.times[(invocation << TIMES) + ENDS_AT]);
    if (endsAt > this.observed.warmUp) this.totals[fn * TOTALS + BUSY] += endsAt - this.observed.warmUp;
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
      const buckets = this.throttledIn[cell];
      if (buckets === undefined) continue;
      found.push({ reason, count, first: this.firstThrottle[cell], last: this.lastThrottle[cell], buckets });
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
    if (at !== NONE) this.refusedAt(at, fn, marks[m + OUTCOME], marks[m + REFUSAL], 1);
  }

  /** Attempts refused now, of which no row tells. */
  refusedMany(fn: FunctionId, outcome: Outcome, reason: Admission, count: number): void {
    this.refusedAt(this.observed.loop.now, fn, outcome, reason, count);
  }

  /** A call kept the handler of an invocation waiting. */
  waited(fn: FunctionId, invocation: InvocationId, time: Micros): void {
    const startedAt = this.observed.invocations.times[(invocation << TIMES) + STARTED_AT];
    if (startedAt >= this.observed.warmUp) this.totals[fn * TOTALS + DOWNSTREAM_SUM] += time;
  }

  private refusedAt(at: Micros, fn: number, outcome: Outcome, reason: Admission, count: number): void {
    if (at < this.observed.warmUp) return;
    if (outcome === SERVICE_ERROR) this.totals[fn * TOTALS + SERVICE_ERRORS] += count;
    if (outcome !== THROTTLED) return;
    const table = this.tables[fn];
    // The row first: reaching it may replace the cells.
    const bucket = this.buckets.of(at);
    const row = table.row(bucket);
    table.cells[row + THROTTLES] += count;
    const cell = fn * REASONS.length + reason;
    // Those without a row are told at once, those with one when its block is over.
    if (this.throttles[cell] === 0 || at < this.firstThrottle[cell]) this.firstThrottle[cell] = at;
    if (at > this.lastThrottle[cell]) this.lastThrottle[cell] = at;
    this.throttles[cell] += count;
    this.throttledIn[cell] ??= new Uint8Array(this.buckets.last + 1);
    this.throttledIn[cell][bucket] = 1;
  }
}
