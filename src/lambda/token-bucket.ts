/** A token bucket, refilled continuously or in steps at minute marks. It starts full and never holds more than its capacity. */
import type { EventLoop } from '../engine/event-loop.js';
import { MINUTE, SECOND } from '../engine/units.js';

/** Refills are sums of doubles: a token short by less than this counts as whole. */
const ROUNDING = 1e-6;

export class TokenBucket {
  private tokens: number;
  private refilledAt = 0;
  private readonly perMicro: number;

  /** `perSecond` tokens flow in continuously. */
  constructor(
    private readonly loop: EventLoop,
    private readonly capacity: number,
    perSecond: number,
  ) {
    this.perMicro = perSecond / SECOND;
    this.tokens = capacity;
  }

  has(): boolean {
    const now = this.loop.now;
    if (now > this.refilledAt) {
      const tokens = this.tokens + (now - this.refilledAt) * this.perMicro;
      this.tokens = tokens < this.capacity ? tokens : this.capacity;
      this.refilledAt = now;
    }
    return this.tokens >= 1 - ROUNDING;
  }

  /** After `has()` said yes at this instant. */
  take(): void {
    this.tokens -= 1;
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
