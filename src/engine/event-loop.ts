/**
 * Time and what happens in it: handlers registered by kind, events of two integers, run in order of time and, at one
 * instant, in the order they were scheduled. Nothing is ever cancelled: an owner whose deadline moved looks at its own
 * column when the event fires.
 *
 * What comes in a known sequence from outside, such as arrivals, is a feed and needs no pending event. At one instant feeds
 * come after the events, in the order in which they were defined.
 */
import { assert } from './assert.js';
import { InvariantError } from './errors.js';
import { EventQueue } from './event-queue.js';
import { Feeds, type Instants } from './feeds.js';
import type { Micros } from './units.js';

/** Handed out by `define`. */
export type EventKind = number;
export type EventHandler = (a: number, b: number) => void;

const NONE: EventKind = -1;

export class EventLoop {
  /** Microseconds since the run began. */
  now: Micros = 0;
  /** Events run so far, those of feeds included. */
  events = 0;
  private readonly queue = new EventQueue();
  private readonly feeds = new Feeds();
  private readonly handlers: EventHandler[] = [];
  private readonly names: string[] = [];
  private frequent: EventKind = NONE;

  define(name: string, handler: EventHandler): EventKind {
    this.names.push(name);
    return this.handlers.push(handler) - 1;
  }

  /** The kind of most events of a run: it has a call of its own in the loop, which the compiler sees through. One at most. */
  defineFrequent(name: string, handler: EventHandler): EventKind {
    assert(this.frequent === NONE, 'one kind is the most frequent');
    this.frequent = this.define(name, handler);
    return this.frequent;
  }

  /** Runs `handler` at each of the instants, none of which may lie in the past. */
  feed(instants: Instants, handler: () => void): void {
    this.feeds.add(instants, handler);
  }

  /** `time` is whole microseconds, not in the past. */
  at(time: Micros, kind: EventKind, a = 0, b = 0): void {
    if (!(time >= this.now)) this.refuse(time, kind);
    this.queue.time = time;
    this.queue.add(kind, a, b);
  }

  after(delay: Micros, kind: EventKind, a = 0, b = 0): void {
    this.at(this.now + delay, kind, a, b);
  }

  /**
   * Runs what is due at `until` or before, at most `most` events, and returns how many ran. The clock stands at the last
   * event run, or at `until` when all have.
   */
  run(until: Micros, most = Number.POSITIVE_INFINITY): number {
    assert(until >= this.now, 'the clock never goes back');
    const { queue, handlers, feeds, frequent } = this;
    const handleFrequent = handlers[frequent];
    let ran = 0;
    for (; ran < most; ran++) {
      const fedAt = feeds.nextAt;
      queue.until = until;
      if (fedAt < until) queue.until = fedAt;
      const slot = queue.takeDue();
      if (slot >= 0) {
        this.now = queue.timeOf(slot);
        const kind = queue.kindOf(slot);
        if (kind === frequent) handleFrequent(queue.firstOf(slot), queue.secondOf(slot));
        else handlers[kind](queue.firstOf(slot), queue.secondOf(slot));
      } else if (fedAt <= until) {
        this.now = fedAt;
        feeds.take()();
      } else {
        this.now = until;
        break;
      }
    }
    this.events += ran;
    return ran;
  }

  private refuse(time: Micros, kind: EventKind): never {
    throw new InvariantError(`event "${this.names[kind]}" is scheduled at ${time}, before ${this.now}`);
  }
}
