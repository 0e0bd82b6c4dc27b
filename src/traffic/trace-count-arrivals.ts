/** Replay of counts per bucket: each bucket yields exactly its count, scaled with carry, spread as `arrivals` says. */
import type { Micros } from '../engine/units.js';
import type { ArrivalProcess } from './arrival-process.js';
import type { BucketSpread } from './bucket-spread.js';
import { Carry } from './carry.js';

export class TraceCountArrivals implements ArrivalProcess {
  private readonly carry: Carry;
  private bucket = -1;
  private left = 0;

  /** The last bucket is cut off where the run ends in it. */
  constructor(
    private readonly counts: readonly number[],
    private readonly every: Micros,
    scale: number,
    private readonly spread: BucketSpread,
    private readonly duration: Micros,
  ) {
    this.carry = new Carry(scale);
  }

  fill(out: Float64Array): number {
    let count = 0;
    while (count < out.length) {
      while (this.left === 0) if (!this.nextBucket()) return count;
      const some = Math.min(this.left, out.length - count);
      this.spread.fill(out, count, some);
      const start = this.bucket * this.every;
      for (let i = 0; i < some; i++, count++) {
        const at = start + Math.min(this.every - 1, Math.round(out[count] * this.every));
        if (at >= this.duration) return this.end(count);
        out[count] = at;
      }
      this.left -= some;
    }
    return count;
  }

  /** Nothing comes after the end of the run, not even the rest of this bucket. */
  private end(count: number): number {
    this.left = 0;
    this.bucket = this.counts.length;
    return count;
  }

  private nextBucket(): boolean {
    this.bucket++;
    const start = this.bucket * this.every;
    if (this.bucket >= this.counts.length || start >= this.duration) return false;
    this.left = this.carry.take(this.counts[this.bucket]);
    if (this.left > 0) this.spread.begin(this.left, start, start + this.every);
    return true;
  }
}
