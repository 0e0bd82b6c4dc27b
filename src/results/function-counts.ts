/** How often things happened to each function, from the end of the warm-up on; and when it was first and last throttled, by reason. */
import { ATTEMPT_AT, STARTED_AT, FN, KIND, OUTCOME, REFUSAL, TIMES, MARKS } from '../lambda/invocations.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, NONE } from '../lambda/ids.js';
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
} from '../lambda/outcome.js';
import type { Observed } from './observed.js';

/** Columns of one function. */
const INVOCATIONS = 0;
const ERRORS = 1;
const TIMEOUTS = 2;
const SERVICE_ERRORS = 3;
const COLD_STARTS = 4;
const ON_PROVISIONED = 5;
const WIDTH = 6;

export interface FunctionCount {
  readonly invocations: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly serviceErrors: number;
  readonly coldStarts: number;
  readonly onProvisioned: number;
  readonly onDemand: number;
}

/** Throttles of one function for one reason. */
export interface ThrottleCount {
  readonly reason: Admission;
  readonly count: number;
  readonly first: Micros;
  readonly last: Micros;
}

export class FunctionCounts {
  private readonly counts: Float64Array;
  private readonly throttles: Float64Array;
  private readonly firstThrottle: Float64Array;
  private readonly lastThrottle: Float64Array;

  constructor(
    private readonly observed: Observed,
    functions: number,
  ) {
    this.counts = new Float64Array(functions * WIDTH);
    this.throttles = new Float64Array(functions * REASONS.length);
    this.firstThrottle = new Float64Array(functions * REASONS.length);
    this.lastThrottle = new Float64Array(functions * REASONS.length);
  }

  finished(rows: Int32Array, count: number): void {
    const { times, marks } = this.observed.invocations;
    const { counts } = this;
    const { warmUp } = this.observed;
    for (let i = 0; i < count; i++) {
      const t = rows[i] << TIMES;
      const m = rows[i] << MARKS;
      if (times[t + STARTED_AT] < warmUp) {
        if (times[t + STARTED_AT] === NONE && times[t + ATTEMPT_AT] >= warmUp && marks[m + FN] !== NONE) this.refused(marks[m + FN], marks[m + OUTCOME], marks[m + REFUSAL], times[t + ATTEMPT_AT]);
        continue;
      }
      const at = marks[m + FN] * WIDTH;
      counts[at + INVOCATIONS]++;
      if (marks[m + KIND] === PROVISIONED) counts[at + ON_PROVISIONED]++;
      else if (marks[m + KIND] === COLD || marks[m + KIND] === COLD_RERUN) counts[at + COLD_STARTS]++;
      if (marks[m + OUTCOME] !== OK) {
        counts[at + ERRORS]++;
        if (marks[m + OUTCOME] === FUNCTION_TIMEOUT) counts[at + TIMEOUTS]++;
      }
    }
  }

  of(fn: FunctionId): FunctionCount {
    const row = this.counts.subarray(fn * WIDTH, (fn + 1) * WIDTH);
    return {
      invocations: row[INVOCATIONS],
      errors: row[ERRORS],
      timeouts: row[TIMEOUTS],
      serviceErrors: row[SERVICE_ERRORS],
      coldStarts: row[COLD_STARTS],
      onProvisioned: row[ON_PROVISIONED],
      onDemand: row[INVOCATIONS] - row[ON_PROVISIONED],
    };
  }

  private refused(fn: number, outcome: Outcome, reason: Admission, at: Micros): void {
    if (outcome === SERVICE_ERROR) this.counts[fn * WIDTH + SERVICE_ERRORS]++;
    if (outcome !== THROTTLED) return;
    const cell = fn * REASONS.length + reason;
    if (this.throttles[cell]++ === 0) this.firstThrottle[cell] = at;
    this.lastThrottle[cell] = at;
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
}
