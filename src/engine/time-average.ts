/** Integral of a step function over time, from an instant on: its time average and its highest value. */
import type { Micros } from './units.js';

export class TimeAverage {
  private level = 0;
  private highest = 0;
  private integral = 0;
  private since: Micros;

  /** Counts from `from` on; steps before it only set the level that is in force there. */
  constructor(private readonly from: Micros = 0) {
    this.since = from;
  }

  /** The function takes the value `level` at `now`; calls come in order of time. */
  set(level: number, now: Micros): void {
    if (now > this.since) {
      this.integral += this.level * (now - this.since);
      if (this.level > this.highest) this.highest = this.level;
      this.since = now;
    }
    this.level = level;
    if (now >= this.from && level > this.highest) this.highest = level;
  }

  get value(): number {
    return this.level;
  }

  /** Highest level from `from` to `now`. */
  max(now: Micros): number {
    return now > this.from ? Math.max(this.highest, this.level) : this.highest;
  }

  /** Time average from `from` to `now`; 0 when no time has passed. */
  mean(now: Micros): number {
    const span = now - this.from;
    return span > 0 ? (this.integral + this.level * (now - this.since)) / span : 0;
  }
}
