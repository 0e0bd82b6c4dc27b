/** The pollers of a mapping as columns: what each is doing, the batch it has, and which of them wait for messages, longest first. */
import { widened } from '../../engine/columns.js';
import { NONE } from '../../lambda/ids.js';

/** Between two states. */
export const IDLE = 0;
/** Its long poll has found nothing yet. */
export const WAITING = 1;
/** Its receive is on the way back. */
export const RECEIVING = 2;
/** Lambda has refused its batch, and it will try again. */
export const INVOKING = 3;
export const RUNNING = 4;
export const DELETING = 5;
/** Waits for its turn to poll, in provisioned mode. */
export const PACED = 6;

export class PollerTable {
  state = new Uint8Array(16);
  /** The invocation of its batch. */
  row = new Int32Array(16);
  firstReceive = new Int32Array(16);
  lastReceive = new Int32Array(16);
  records = new Int32Array(16);
  bytes = new Float64Array(16);
  /** Refusals of its batch. */
  attempt = new Int32Array(16);
  /** Counts its batches, so that a wait that is no longer needed is known. */
  serial = new Int32Array(16);
  /** Messages of the running batch that have become visible meanwhile. */
  late = new Int32Array(16);
  /** When the window of its batch is over; and when it closes even if a poll still waits. */
  windowEndsAt = new Float64Array(16);
  closesAt = new Float64Array(16);
  /** When its poll ends, and for when its timer is armed; NONE where it is not. */
  pollEndsAt = new Float64Array(16);
  armedFor = new Float64Array(16);

  /** Pollers that wait or work, and those that wait. */
  active = 0;
  waiting = 0;
  firstWaiting: number = NONE;
  private lastWaiting: number = NONE;
  private before = new Int32Array(16);
  /** Of one that waits the next that does; of one that is closed the next that is. */
  private after = new Int32Array(16);
  private closed: number = NONE;
  private used = 0;

  open(): number {
    let poller = this.closed;
    if (poller !== NONE) this.closed = this.after[poller];
    else {
      if (this.used === this.state.length) this.grow();
      poller = this.used++;
      this.armedFor[poller] = NONE;
    }
    this.state[poller] = IDLE;
    this.firstReceive[poller] = NONE;
    this.records[poller] = 0;
    this.bytes[poller] = 0;
    this.active++;
    return poller;
  }

  close(poller: number): void {
    this.state[poller] = IDLE;
    this.after[poller] = this.closed;
    this.closed = poller;
    this.active--;
  }

  beginWaiting(poller: number): void {
    this.state[poller] = WAITING;
    this.before[poller] = this.lastWaiting;
    this.after[poller] = NONE;
    if (this.lastWaiting === NONE) this.firstWaiting = poller;
    else this.after[this.lastWaiting] = poller;
    this.lastWaiting = poller;
    this.waiting++;
  }

  endWaiting(poller: number): void {
    const before = this.before[poller];
    const after = this.after[poller];
    if (before === NONE) this.firstWaiting = after;
    else this.after[before] = after;
    if (after === NONE) this.lastWaiting = before;
    else this.before[after] = before;
    this.waiting--;
    this.state[poller] = IDLE;
  }

  private grow(): void {
    const capacity = this.used * 2;
    this.state = widened(this.state, capacity);
    this.row = widened(this.row, capacity);
    this.firstReceive = widened(this.firstReceive, capacity);
    this.lastReceive = widened(this.lastReceive, capacity);
    this.records = widened(this.records, capacity);
    this.bytes = widened(this.bytes, capacity);
    this.attempt = widened(this.attempt, capacity);
    this.serial = widened(this.serial, capacity);
    this.late = widened(this.late, capacity);
    this.windowEndsAt = widened(this.windowEndsAt, capacity);
    this.closesAt = widened(this.closesAt, capacity);
    this.pollEndsAt = widened(this.pollEndsAt, capacity);
    this.armedFor = widened(this.armedFor, capacity);
    this.before = widened(this.before, capacity);
    this.after = widened(this.after, capacity);
  }
}
