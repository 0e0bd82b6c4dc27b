/**
 * The table of attempts: an attempt is a row of `times` (microseconds) and a row of `marks` (integers), and the part that
 * learns a fact writes it: the source what the request is and how it was answered, Work what was drawn, Execution how the
 * attempt runs. Rows rather than columns, because whoever touches one field of an attempt touches ten: they lie in two
 * cache lines. A row that is over waits with others until a block of them is stated to the recorder; then it is used again.
 */
import { widened } from '../engine/columns.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, type InvocationId, type InvokerId, NONE } from './ids.js';
import { NO_ANSWER } from './outcome.js';
import type { Recorder } from './recorder.js';

/** A row of `times` is 2^4 wide: `invocation << TIMES` is where it begins. */
export const TIMES = 4;
/** When the request was first made. */
export const ARRIVED_AT = 0;
/** When this attempt was made; NONE while it waits. */
export const ATTEMPT_AT = 1;
/** Time outside Lambda's own Duration: warm routing, or placement and download of a cold start. */
export const OVERHEAD = 3;
/** When Lambda admitted it; NONE before, and where it never did. */
export const STARTED_AT = 4;
/** When the handler ends. */
export const ENDS_AT = 5;
/** Duration as REPORT shows it; before the start, the handler time drawn, on a warm environment at the function's memory. */
export const DURATION = 6;
/** Extension time after the handler: billed, before the environment is used again. */
export const AFTER = 7;
/** When the client knew how this attempt ended. */
export const ANSWERED_AT = 8;
/** Before the start, of a function that takes time for each record: the part of DURATION that is theirs. */
export const RECORDS_TIME = 8;
// The next four are written, and to be read, only where KIND is not WARM.
/** Init as REPORT shows it, apart from Duration; an init repeated or suppressed is inside the Duration. */
export const INIT = 9;
/** The part of the init that restores a snapshot. */
export const RESTORE = 10;
/** An init that was given up at its limit before the one inside the Duration. */
export const ABORTED_INIT = 11;
/** Part of the Duration that is init, repeated or suppressed. */
export const HIDDEN_INIT = 12;

// The next four are written, and to be read, only where the function makes calls.
/** When the Duration begins; NONE while calls of the init run. */
export const BEGAN_AT = 2;
/** Part of the Duration that waited for calls. */
export const DOWNSTREAM = 13;
/** When the call that is waited for was made. */
export const CALLED_AT = 14;
/** When the function's timeout ends it. */
export const TIMES_OUT_AT = 15;

/** A row of `marks` is 2^4 wide: `invocation << MARKS` is where it begins. */
export const MARKS = 4;
/** The function, or NONE for a client that waits for an attempt of which another row tells. */
export const FN = 0;
/** Who made the request. */
export const SOURCE = 1;
/** Who is told of the end: the source, or NOBODY any more. */
export const INVOKER = 2;
/** The source's own note, such as the user behind the request. */
export const NOTE = 3;
/** 0 for the first try of a request. */
export const ATTEMPT = 4;
export const ENVIRONMENT = 5;
/** 1 when the handler is drawn to fail. */
export const FAILS = 6;
/** StartKind. */
export const KIND = 7;
/** How the attempt ended or will end. */
export const OUTCOME = 8;
/** Why it was refused, of a throttled attempt. */
export const REFUSAL = 9;
/** How the request ended for its client, where this attempt decided that; else NO_ANSWER. */
export const ANSWER = 10;
// The next four are written, and to be read, only where the function makes calls; HOPS by whoever invokes but traffic.
/** The next call. */
export const CALL = 11;
/** Functions of a loop that its chain has passed. */
export const HOPS = 12;
/** The call that is waited for, or NONE. */
export const PENDING = 13;
/** Connections held to the end of the invocation, a bit a call. */
export const HELD = 14;

/** Rows that are stated at once: few enough to be in the nearest cache still. */
export const BLOCK = 64;

export class Invocations {
  times = new Float64Array(64 << TIMES);
  marks = new Int32Array(64 << MARKS);
  private capacity = 64;
  private used = 0;
  /** Rows to use again. */
  private free = new Int32Array(this.capacity);
  private freeCount = 0;
  private readonly over = new Int32Array(BLOCK);
  private overCount = 0;
  private recorder: Recorder | undefined;

  /** Who hears of attempts that are over. */
  stateTo(recorder: Recorder): void {
    this.recorder = recorder;
  }

  open(
    fn: FunctionId | typeof NONE,
    source: InvokerId,
    note: number,
    arrivedAt: Micros,
    attempt: number,
  ): InvocationId {
    const row = this.freeCount > 0 ? this.free[--this.freeCount] : this.fresh();
    const { times, marks } = this;
    const m = row << MARKS;
    marks[m + FN] = fn;
    marks[m + SOURCE] = source;
    marks[m + INVOKER] = source;
    marks[m + NOTE] = note;
    marks[m + ATTEMPT] = attempt;
    marks[m + ANSWER] = NO_ANSWER;
    const t = row << TIMES;
    times[t + ARRIVED_AT] = arrivedAt;
    times[t + ATTEMPT_AT] = NONE;
    times[t + STARTED_AT] = NONE;
    return row as InvocationId;
  }

  /** The attempt is over for everybody. Its row stays readable until the block is stated. */
  close(invocation: InvocationId): void {
    this.over[this.overCount++] = invocation;
    if (this.overCount === BLOCK) this.state();
  }

  /** The row was never used for an attempt: nothing is stated of it. */
  drop(invocation: InvocationId): void {
    this.free[this.freeCount++] = invocation;
  }

  /** The run is over: what is still under way is stated as well, with the end it was going to have. */
  finish(): void {
    const open = new Uint8Array(this.used).fill(1);
    for (let i = 0; i < this.freeCount; i++) open[this.free[i]] = 0;
    for (let i = 0; i < this.overCount; i++) open[this.over[i]] = 0;
    for (let row = 0; row < open.length; row++) {
      if (open[row] === 1) this.close(row as InvocationId);
    }
    this.state();
  }

  private state(): void {
    this.recorder?.finished(this.over, this.overCount);
    for (let i = 0; i < this.overCount; i++) this.free[this.freeCount++] = this.over[i];
    this.overCount = 0;
  }

  private fresh(): number {
    if (this.used === this.capacity) this.grow();
    return this.used++;
  }

  private grow(): void {
    this.capacity *= 2;
    this.times = widened(this.times, this.capacity << TIMES);
    this.marks = widened(this.marks, this.capacity << MARKS);
    this.free = widened(this.free, this.capacity);
  }
}
