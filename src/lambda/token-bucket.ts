/** A token bucket, refilled continuously or in steps at minute marks. It starts full and never holds more than its capacity. */
import type { EventLoop } from '../engine/event-loop.js';
import { MINUTE, type Micros, SECOND } from '../engine/units.js';

/** Instants of tokens are sums of doubles: one that comes later by less than this share of its interval counts as there. */
const ROUNDING = 1e-6;
/** 142 years: what takes this long never comes. */
const NEVER: Micros = 2 ** 52;

/**
 * Kept as one instant, that at which it would be full: each token taken moves it on by an interval (the virtual scheduling of
 * ITU-T I.371, appendix on the generic cell rate algorithm).
 */
export class TokenBucket {
  private fullAt = 0;
  /** Time in which one token flows in. */
  private readonly interval: Micros;
  /** With this long to go until it is full, one token is left. */
  private readonly leavesOne: Micros;

  /** `perSecond` tokens flow in continuously, none where it is 0. Of less than one token nothing can be taken. */
  constructor(
    private readonly loop: EventLoop,
    capacity: number,
    perSecond: number,
  ) {
    this.interval = Math.min(NEVER, SECOND / perSecond);
    this.leavesOne = capacity < 1 ? -NEVER : (capacity - 1 + ROUNDING) * this.interval;
  }

  has(): boolean {
    return this.fullAt - this.loop.now <= this.leavesOne;
  }

  /** After `has()` said yes at this instant. */
  take(): void {
    const { now } = this.loop;
    this.fullAt = (this.fullAt > now ? this.fullAt : now) + this.interval;
  }
}

export class StepBucket {
  private tokens: number;
  private minute = 0;

  /** `perMinute` tokens arrive at each whole minute of simulated time. */
  constructor(
    private readonly loop: EventLoop,
    private readonly capacity: number,
    private readonly perMinute: number,
  ) {
    this.tokens = capacity;
  }

  has(): boolean {
    const minute = Math.floor(this.loop.now / MINUTE);
    if (minute > this.minute) {
      this.tokens = Math.min(this.capacity, this.tokens + (minute - this.minute) * this.perMinute);
      this.minute = minute;
    }
    return this.tokens >= 1;
  }

  take(): void {
    this.tokens -= 1;
  }
}
