/**
 * The send rate of an SDK in adaptive mode: a bucket of tokens whose rate is cut by every throttle and comes back by the
 * formulas of src/rules/adaptive-send-rate.ts. Before the first throttle there is no limit. A request that finds no token
 * waits, its first try included: first come, first sent. The one in front sleeps for as long as its token takes at the rate
 * of that moment, then looks again, as the SDKs do; so one pending event is enough for all who wait.
 */
import type { EventKind, EventLoop } from '../../engine/event-loop.js';
import { IntegerQueue } from '../../engine/integer-queue.js';
import { type Micros, SECOND } from '../../engine/units.js';
import type { InvocationId } from '../../lambda/ids.js';
import { rateAfterSuccess, rateAfterThrottle, smoothedRate } from '../../rules/adaptive-send-rate.js';
import type { ClientRetry } from '../../rules/client-retry.js';

export class SendRate {
  private readonly waiting = new IntegerQueue();
  private readonly wake: EventKind;
  private asleep = false;
  private enabled = false;
  /** Requests per second that may be sent. */
  private rate = 0;
  private tokens = 0;
  private filledAt: Micros = 0;
  /** Smoothed rate of the answers, per second, and those not measured yet. */
  private measured = 0;
  private answers = 0;
  private measuredAt: Micros = 0;
  /** Rate and instant of the last throttle. */
  private throttledRate = 0;
  private throttledAt: Micros = 0;

  /** `name` is that of its event; `send` sends a request now. */
  constructor(
    private readonly loop: EventLoop,
    name: string,
    private readonly rule: ClientRetry,
    private readonly send: (invocation: InvocationId) => void,
  ) {
    this.wake = loop.define(name, () => {
      this.asleep = false;
      this.drain();
    });
  }

  /** Sends the request, now or when its turn has come. */
  sendInTurn(invocation: InvocationId): void {
    if (!this.enabled) {
      this.send(invocation);
      return;
    }
    this.waiting.add(invocation);
    if (!this.asleep) this.drain();
  }

  /** The answer to a request is in. */
  answered(throttled: boolean): void {
    const { now } = this.loop;
    this.measure();
    if (throttled) {
      this.throttledRate = this.enabled ? Math.min(this.measured, this.rate) : this.measured;
      this.throttledAt = now;
      this.follow(rateAfterThrottle(this.rule, this.throttledRate));
      this.enabled = true;
    } else if (this.enabled) {
      const elapsed = (now - this.throttledAt) / SECOND;
      this.follow(rateAfterSuccess(this.rule, this.throttledRate, elapsed, this.measured));
    }
  }

  private drain(): void {
    this.fill();
    while (this.tokens >= 1 && this.waiting.length > 0) {
      this.tokens--;
      this.send(this.waiting.take() as InvocationId);
    }
    if (this.waiting.length === 0 || this.asleep) return;
    this.asleep = true;
    this.loop.after(Math.max(1, Math.ceil(((1 - this.tokens) / this.rate) * SECOND)), this.wake);
  }

  /** From now on tokens come at `rate`; the bucket holds those of a second, and at least one. */
  private follow(rate: number): void {
    this.fill();
    this.rate = rate;
    this.tokens = Math.min(this.tokens, Math.max(1, rate));
  }

  private fill(): void {
    const seconds = (this.loop.now - this.filledAt) / SECOND;
    this.tokens = Math.min(Math.max(1, this.rate), this.tokens + seconds * this.rate);
    this.filledAt = this.loop.now;
  }

  private measure(): void {
    const { adaptiveInterval: interval } = this.rule;
    this.answers++;
    const end = Math.floor(this.loop.now / interval) * interval;
    if (end <= this.measuredAt) return;
    this.measured = smoothedRate(this.rule, this.measured, this.answers / ((end - this.measuredAt) / SECOND));
    this.answers = 0;
    this.measuredAt = end;
  }
}
