/**
 * A timer with one fixed delay: entries fall due in the order they were added, so a ring of (instant, entry) and one
 * pending event for its head do what a pending event an entry would do, at 12 bytes each.
 * Against other events of the same microsecond an entry counts as scheduled when it came to the head of the ring.
 */
import type { EventKind, EventLoop } from './event-loop.js';
import type { Micros } from './units.js';

export class RingTimer {
  private dueAt = new Float64Array(16);
  private entries = new Int32Array(16);
  private head = 0;
  private count = 0;
  private readonly kind: EventKind;

  constructor(
    private readonly loop: EventLoop,
    name: string,
    readonly delay: Micros,
    private readonly handler: (entry: number) => void,
  ) {
    this.kind = loop.define(name, () => this.fire());
  }

  get waiting(): number {
    return this.count;
  }

  /** `entry` falls due one delay from now. */
  add(entry: number): void {
    if (this.count === this.entries.length) this.grow();
    const at = (this.head + this.count) & (this.entries.length - 1);
    const due = this.loop.now + this.delay;
    this.dueAt[at] = due;
    this.entries[at] = entry;
    if (this.count++ === 0) this.loop.at(due, this.kind);
  }

  private fire(): void {
    const now = this.loop.now;
    // Entries added while firing with a delay of 0 wait for their own event.
    let due = 0;
    while (due < this.count && this.dueAt[(this.head + due) & (this.entries.length - 1)] <= now) due++;
    for (let i = 0; i < due; i++) {
      const entry = this.entries[this.head];
      this.head = (this.head + 1) & (this.entries.length - 1);
      this.count--;
      if (i === due - 1 && this.count > 0) this.loop.at(this.dueAt[this.head], this.kind);
      this.handler(entry);
    }
  }

  private grow(): void {
    const size = this.entries.length;
    const dueAt = new Float64Array(size * 2);
    const entries = new Int32Array(size * 2);
    for (let i = 0; i < this.count; i++) {
      const at = (this.head + i) & (size - 1);
      dueAt[i] = this.dueAt[at];
      entries[i] = this.entries[at];
    }
    this.dueAt = dueAt;
    this.entries = entries;
    this.head = 0;
  }
}
