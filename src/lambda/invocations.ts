/**
 * The table of attempts under way: an attempt is an index, its facts are columns. The part that learns a fact writes it:
 * the invoker the request's own facts, Work what was drawn, Execution how the attempt runs. Slots are used again once
 * closed.
 */
import { widened } from '../engine/columns.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, type InvocationId, type InvokerId, NOBODY, NONE } from './ids.js';

export class Invocations {
  private capacity = 64;
  private used = 0;
  private free = NONE;
  /** Next free slot; meaningful for closed ones. */
  private next = new Int32Array(this.capacity);
  private open_ = new Uint8Array(this.capacity);

  fn = new Int32Array(this.capacity);
  /** Whom the end is told, or NOBODY. */
  invoker = new Int32Array(this.capacity);
  /** The invoker's own note, such as the user behind the request. */
  note = new Int32Array(this.capacity);
  /** 0 for the first try of a request. */
  attempt = new Int32Array(this.capacity);
  /** When the request was first made. */
  arrivedAt = new Float64Array(this.capacity);
  /** When this attempt was made. */
  attemptAt = new Float64Array(this.capacity);

  /** Handler time drawn for this attempt, on a warm environment, at the function's memory. */
  work = new Float64Array(this.capacity);
  /** 1 when the handler is drawn to fail. */
  fails = new Uint8Array(this.capacity);
  /** Time outside Lambda's own Duration: warm routing, or placement and download of a cold start. */
  overhead = new Float64Array(this.capacity);

  /** When Lambda admitted it; NONE before. */
  startedAt = new Float64Array(this.capacity);
  /** When the handler will end. */
  endsAt = new Float64Array(this.capacity);
  /** When the caller had the answer. */
  answeredAt = new Float64Array(this.capacity);
  kind = new Uint8Array(this.capacity);
  outcome = new Uint8Array(this.capacity);
  environment = new Int32Array(this.capacity);
  /** Init as REPORT shows it, apart from Duration; an init repeated or suppressed is inside the Duration. */
  init = new Float64Array(this.capacity);
  /** The part of `init` that restores a snapshot. */
  restore = new Float64Array(this.capacity);
  /** An init that was given up at its limit before the one inside the Duration. */
  abortedInit = new Float64Array(this.capacity);
  /** Share of the Duration that is init, repeated or suppressed. */
  hiddenInit = new Float64Array(this.capacity);
  /** Duration as REPORT shows it. */
  duration = new Float64Array(this.capacity);
  /** Extension time after the handler: billed, before the environment is used again. */
  after = new Float64Array(this.capacity);

  open(fn: FunctionId, invoker: InvokerId, note: number, arrivedAt: Micros, attemptAt: Micros, attempt: number): InvocationId {
    let slot = this.free;
    if (slot !== NONE) this.free = this.next[slot];
    else slot = this.used < this.capacity ? this.used++ : this.grow();
    this.open_[slot] = 1;
    this.fn[slot] = fn;
    this.invoker[slot] = invoker;
    this.note[slot] = note;
    this.attempt[slot] = attempt;
    this.arrivedAt[slot] = arrivedAt;
    this.attemptAt[slot] = attemptAt;
    this.startedAt[slot] = NONE;
    return slot as InvocationId;
  }

  close(invocation: InvocationId): void {
    this.open_[invocation] = 0;
    this.next[invocation] = this.free;
    this.free = invocation;
  }

  /** Attempts that Lambda is running, by slot. */
  *running(): Generator<InvocationId> {
    for (let slot = 0; slot < this.used; slot++) {
      if (this.open_[slot] === 1 && this.startedAt[slot] !== NONE) yield slot as InvocationId;
    }
  }

  /** Nobody waits for this attempt any more. */
  abandon(invocation: InvocationId): void {
    this.invoker[invocation] = NOBODY;
  }

  private grow(): number {
    const capacity = this.capacity * 2;
    this.next = widened(this.next, capacity);
    this.open_ = widened(this.open_, capacity);
    for (const column of INTEGERS) this[column] = widened(this[column], capacity);
    for (const column of MARKS) this[column] = widened(this[column], capacity);
    for (const column of TIMES) this[column] = widened(this[column], capacity);
    this.capacity = capacity;
    return this.used++;
  }
}

const INTEGERS = ['fn', 'invoker', 'note', 'attempt', 'environment'] as const;
const MARKS = ['fails', 'kind', 'outcome'] as const;
const TIMES = [
  'arrivedAt', 'attemptAt', 'work', 'overhead', 'startedAt', 'endsAt', 'answeredAt', 'init', 'restore', 'abortedInit', 'hiddenInit',
  'duration', 'after',
] as const;
