/**
 * Time and what happens in it: handlers registered by kind, events of two integers, run in order of time and, at one
 * instant, in the order they were scheduled. Nothing is ever cancelled: an owner whose deadline moved looks at its own
 * column when the event fires.
 */
import { assert } from './assert.js';
import { InvariantError } from './errors.js';
import { EventQueue } from './event-queue.js';
import { RingTimer } from './ring-timer.js';
import type { Micros } from './units.js';

/** Handed out by `define`. */
export type EventKind = number;
export type EventHandler = (a: number, b: number) => void;

export class EventLoop {
  /** Microseconds since the run began. */
  now: Micros = 0;
  /** Events run so far. */
  events = 0;
  private readonly queue = new EventQueue();
  private readonly handlers: EventHandler[] = [];
  private readonly names: string[] = [];

  define(name: string, handler: EventHandler): EventKind {
    this.names.push(name);
    return this.handlers.push(handler) - 1;
  }

  /** A timer for one fixed delay that holds any number of waiting entries at 12 bytes each and one pending event in all. */
  ring(name: string, delay: Micros, handler: (entry: number) => void): RingTimer {
    return new RingTimer(this, name, delay, handler);
  }

  /** `time` is whole microseconds, not in the past. */
  at(time: Micros, kind: EventKind, a = 0, b = 0): void {
    if (!(time >= this.now)) this.refuse(time, kind);
    this.queue.add(time, kind, a, b);
  }

  after(delay: Micros, kind: EventKind, a = 0, b = 0): void {
    this.at(this.now + delay, kind, a, b);
  }

  /**
   * Runs what is due at `until` or before, at most `most` events, and returns how many ran. The clock stands at the last
   * event run, or at `until` when all have.
   */
  run(until: Micros, most = Number.POSITIVE_INFINITY): number {
    const { queue, handlers } = this;
    let ran = 0;
    while (ran < most) {
      const slot = queue.takeDue(until);
      if (slot < 0) {
        assert(until >= this.now, 'the clock never goes back');
        this.now = until;
        break;
      }
      this.now = queue.timeOf(slot);
      ran++;
      handlers[queue.kindOf(slot)](queue.firstOf(slot), queue.secondOf(slot));
    }
    this.events += ran;
    return ran;
  }

  private refuse(time: Micros, kind: EventKind): never {
    throw new InvariantError(`event "${this.names[kind]}" is scheduled at ${time}, before ${this.now}`);
  }

  /** Events waiting, and the bytes held for them. */
  get pending(): { count: number; bytes: number } {
    return { count: this.queue.length, bytes: this.queue.bytes };
  }
}
