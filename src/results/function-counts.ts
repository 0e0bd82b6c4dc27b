/** How often things happened to each function, from the end of the warm-up on; and when it was first and last throttled, by reason. */
import type { Micros } from '../engine/units.js';
import type { FunctionId, InvocationId } from '../lambda/ids.js';
import { type Admission, COLD, COLD_RERUN, FUNCTION_ERROR, FUNCTION_TIMEOUT, PROVISIONED, REASONS } from '../lambda/outcome.js';
import type { Observed } from './observed.js';

/** Columns of one function. */
const INVOCATIONS = 0;
const ERRORS = 1;
const TIMEOUTS = 2;
const SERVICE_ERRORS = 3;
const COLD_STARTS = 4;
const ON_PROVISIONED = 5;
const ON_DEMAND = 6;
const WIDTH = 7;

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

  started(fn: FunctionId, invocation: InvocationId): void {
    const { loop, warmUp, invocations } = this.observed;
    if (loop.now < warmUp) return;
    const row = fn * WIDTH;
    const kind = invocations.kind[invocation];
    this.counts[row + INVOCATIONS]++;
    this.counts[row + (kind === PROVISIONED ? ON_PROVISIONED : ON_DEMAND)]++;
    if (kind === COLD || kind === COLD_RERUN) this.counts[row + COLD_STARTS]++;
  }

  ended(fn: FunctionId, invocation: InvocationId): void {
    const { warmUp, invocations } = this.observed;
    const outcome = invocations.outcome[invocation];
    if (outcome < FUNCTION_ERROR || invocations.startedAt[invocation] < warmUp) return;
    const row = fn * WIDTH;
    this.counts[row + ERRORS]++;
    if (outcome === FUNCTION_TIMEOUT) this.counts[row + TIMEOUTS]++;
  }

  throttled(fn: FunctionId, reason: Admission): void {
    const now = this.observed.loop.now;
    if (now < this.observed.warmUp) return;
    const cell = fn * REASONS.length + reason;
    if (this.throttles[cell]++ === 0) this.firstThrottle[cell] = now;
    this.lastThrottle[cell] = now;
  }

  serviceError(fn: FunctionId): void {
    if (this.observed.loop.now >= this.observed.warmUp) this.counts[fn * WIDTH + SERVICE_ERRORS]++;
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
      onDemand: row[ON_DEMAND],
    };
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
