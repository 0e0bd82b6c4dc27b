/** The buckets of a timeline: which an instant falls into, and where each begins and ends. Without a timeline there is one. */
import type { Micros } from '../engine/units.js';

export class Buckets {
  readonly last: number;

  /** `width` is Infinity without a timeline; the run counts from `from` to `until`. */
  constructor(
    readonly width: Micros,
    private readonly from: Micros,
    until: Micros,
  ) {
    this.last = Math.max(0, Math.ceil(until / width) - 1);
  }

  get isOne(): boolean {
    return this.width === Number.POSITIVE_INFINITY;
  }

  /** What falls due at the very end, or is answered later, belongs to the last. */
  of(at: Micros): number {
    const bucket = Math.floor(at / this.width) | 0;
    return bucket < this.last ? bucket : this.last;
  }

  /** First instant of a bucket that counts. */
  startOf(bucket: number): Micros {
    return bucket === 0 ? this.from : Math.max(this.from, bucket * this.width);
  }

  /** First instant after it; the last has no end. */
  endOf(bucket: number): Micros {
    return bucket === this.last ? Number.POSITIVE_INFINITY : (bucket + 1) * this.width;
  }
}
