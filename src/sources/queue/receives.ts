/**
 * Messages in flight, as one reader of a queue received them: what one receive returned becomes visible again at one
 * instant, and since the visibility timeout is the same for all, receives fall due in the order they were made. So they
 * stand in one list with one pending event for its head, and a receive that is done with leaves it from any place.
 */
import { widened } from '../../engine/columns.js';
import type { EventKind, EventLoop } from '../../engine/event-loop.js';
import type { Micros } from '../../engine/units.js';
import { NONE } from '../../lambda/ids.js';

export class Receives {
  /** Messages of receive r from `r * width` on, `size[r]` of them. */
  sentAt: Float64Array;
  facts: Int32Array;
  place: Int32Array;
  size = new Int32Array(16);
  dueAt = new Float64Array(16);
  /** The reader's own note: who works on it. */
  owner = new Int32Array(16);
  /** The reader's own list: the receive after it in its batch. */
  nextOfBatch = new Int32Array(16);

  private before = new Int32Array(16);
  /** The receive after it in time; of a free one the next that is free. */
  private after = new Int32Array(16);
  private first: number = NONE;
  private last: number = NONE;
  private free: number = NONE;
  private used = 0;
  private isArmed = false;
  private readonly kind: EventKind;

  /** `expired` hears of each receive whose messages are visible again, and closes it. */
  constructor(
    private readonly loop: EventLoop,
    name: string,
    /** Most messages of one receive. */
    readonly width: number,
    private readonly visibility: Micros,
    private readonly expired: (receive: number) => void,
  ) {
    this.sentAt = new Float64Array(16 * width);
    this.facts = new Int32Array(16 * width);
    this.place = new Int32Array(16 * width);
    this.kind = loop.define(name, () => this.fire());
  }

  /** A receive that is made now, still empty. */
  open(): number {
    let receive = this.free;
    if (receive !== NONE) this.free = this.after[receive];
    else {
      if (this.used === this.size.length) this.grow();
      receive = this.used++;
    }
    this.size[receive] = 0;
    this.owner[receive] = NONE;
    this.nextOfBatch[receive] = NONE;
    this.dueAt[receive] = this.loop.now + this.visibility;
    this.before[receive] = this.last;
    this.after[receive] = NONE;
    if (this.last === NONE) this.first = receive;
    else this.after[this.last] = receive;
    this.last = receive;
    if (!this.isArmed) this.arm();
    return receive;
  }

  put(receive: number, sentAt: Micros, facts: number, place: number): void {
    const at = receive * this.width + this.size[receive]++;
    this.sentAt[at] = sentAt;
    this.facts[at] = facts;
    this.place[at] = place;
  }

  /** Nothing of it is in flight any more. */
  close(receive: number): void {
    const before = this.before[receive];
    const after = this.after[receive];
    if (before === NONE) this.first = after;
    else this.after[before] = after;
    if (after === NONE) this.last = before;
    else this.before[after] = before;
    this.after[receive] = this.free;
    this.free = receive;
  }

  /** When the oldest message in flight was sent; Infinity where none is. */
  get oldestSentAt(): Micros {
    let oldest = Number.POSITIVE_INFINITY;
    for (let receive = this.first; receive !== NONE; receive = this.after[receive]) {
      const end = receive * this.width + this.size[receive];
      for (let at = receive * this.width; at < end; at++) if (this.sentAt[at] < oldest) oldest = this.sentAt[at];
    }
    return oldest;
  }

  /** The event stays armed for the head it was armed for, and looks again when it fires. */
  private arm(): void {
    this.isArmed = true;
    this.loop.at(this.dueAt[this.first], this.kind);
  }

  private fire(): void {
    this.isArmed = false;
    const { now } = this.loop;
    while (this.first !== NONE && this.dueAt[this.first] <= now) this.expired(this.first);
    if (this.first !== NONE && !this.isArmed) this.arm();
  }

  private grow(): void {
    const capacity = this.used * 2;
    this.sentAt = widened(this.sentAt, capacity * this.width);
    this.facts = widened(this.facts, capacity * this.width);
    this.place = widened(this.place, capacity * this.width);
    this.size = widened(this.size, capacity);
    this.dueAt = widened(this.dueAt, capacity);
    this.owner = widened(this.owner, capacity);
    this.nextOfBatch = widened(this.nextOfBatch, capacity);
    this.before = widened(this.before, capacity);
    this.after = widened(this.after, capacity);
  }
}
