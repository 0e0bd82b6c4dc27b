/**
 * The send rate of an SDK in adaptive mode: a token bucket whose rate follows a cubic curve, cut by every throttle
 * (CUBIC, RFC 8312, sections 4.1 and 4.5, applied to requests per second as the AWS SDKs do). A request that finds no
 * token waits, its first try included. Before the first throttle there is no limit.
 */
import type { EventLoop } from '../../engine/event-loop.js';
import { type Micros, SECOND } from '../../engine/units.js';
import type { ClientRetry } from '../../rules/client-retry.js';

export class SendRate {
  private enabled = false;
  /** Requests per second that may be sent. */
  private rate = 0;
  private tokens = 0;
  private filledAt: Micros = 0;
  /** Smoothed rate of what was sent, per second. */
  private measured = 0;
  private sent = 0;
  private measuredAt: Micros = 0;
  /** Rate and time of the last throttle, and the seconds the curve takes back to that rate. */
  private highest = 0;
  private throttledAt: Micros = 0;
  private recovery = 0;

  constructor(
    private readonly loop: EventLoop,
    private readonly rule: ClientRetry,
  ) {}

  /** Takes one token and returns how long to wait before sending: 0 while there is no limit. */
  delay(): Micros {
    if (!this.enabled) return 0;
    this.fill();
    this.tokens -= 1;
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens / this.rate) * SECOND);
  }

  /** The answer to a request is in. */
  answered(throttled: boolean): void {
    this.measure();
    let rate: number;
    if (throttled) {
      const present = this.enabled ? Math.min(this.measured, this.rate) : this.measured;
      this.highest = present;
      this.throttledAt = this.loop.now;
      this.recovery = Math.cbrt((this.highest * (1 - this.rule.adaptiveCut)) / this.rule.adaptiveGrowth);
      rate = present * this.rule.adaptiveCut;
      this.fill();
      this.enabled = true;
    } else {
      if (!this.enabled) return;
      const seconds = (this.loop.now - this.throttledAt) / SECOND;
      rate = this.rule.adaptiveGrowth * (seconds - this.recovery) ** 3 + this.highest;
    }
    this.fill();
    // Never more than twice what is really sent.
    this.rate = Math.max(this.rule.adaptiveMinimum, Math.min(rate, 2 * this.measured));
    this.tokens = Math.min(this.tokens, Math.max(1, this.rate));
  }

  private fill(): void {
    const { now } = this.loop;
    if (this.enabled)
      this.tokens = Math.min(Math.max(1, this.rate), this.tokens + ((now - this.filledAt) / SECOND) * this.rate);
    this.filledAt = now;
  }

  private measure(): void {
    const { adaptiveInterval: interval, adaptiveSmoothing: weight } = this.rule;
    this.sent++;
    const end = Math.floor(this.loop.now / interval) * interval;
    if (end <= this.measuredAt) return;
    const present = this.sent / ((end - this.measuredAt) / SECOND);
    this.measured = present * weight + this.measured * (1 - weight);
    this.sent = 0;
    this.measuredAt = end;
  }
}
