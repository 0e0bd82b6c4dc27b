/**
 * A histogram of whole microseconds with log-linear buckets: 128 to an octave unless told otherwise, so a percentile is off
 * by at most 0.4%, while count, sum, minimum and maximum are exact. The bucket is read from the double's own bits (4 ns); the table covers
 * only the octaves that were seen.
 */
import type { Micros } from './units.js';

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
const one = new Float64Array(1);
/** Index of the half that holds sign, exponent and the upper mantissa. */
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
/** Bits of mantissa in the upper half. */
const MANTISSA = 20;

export class Histogram {
  count = 0;
  /** Exact as long as it stays below 2^53 us. */
  sum = 0;
  min: Micros = Number.POSITIVE_INFINITY;
  max: Micros = 0;
  private zeros = 0;
  /** Leaves the exponent and as many bits of mantissa as tell the buckets of an octave apart. */
  private readonly shift: number;
  /** The bucket of `buckets[0]`. */
  private low = 0;
  private buckets = new Float64Array(0);

  /** `perOctave` buckets, a power of 2: a percentile is off by at most 1 / (2 x perOctave). */
  constructor(private readonly perOctave = 128) {
    this.shift = MANTISSA - Math.log2(perOctave);
  }

  record(value: Micros): void {
    one[0] = value;
    this.recordAll(one, 1);
  }

  /** Records the first `count` of `values`: in blocks a value costs half of what it costs alone. */
  recordAll(values: Float64Array, count: number): void {
    const { shift } = this;
    let { sum, min, max, buckets, low } = this;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
      if (value < 1) {
        this.zeros++;
        continue;
      }
      bits[0] = value;
      const bucket = words[HIGH_WORD] >>> shift;
      const index = bucket - low;
      if (index >= 0 && index < buckets.length) {
        buckets[index]++;
      } else {
        this.cover(bucket);
        ({ buckets, low } = this);
        buckets[bucket - low]++;
      }
    }
    this.count += count;
    this.sum = sum;
    this.min = min;
    this.max = max;
  }

  /** The value at rank ceil(share x count), within 0.4%; NaN when empty. `share` in [0, 1]. */
  quantile(share: number): number {
    if (this.count === 0) return Number.NaN;
    // A product such as 0.07 x 100 = 7.000000000000001 must not slip to the next rank.
    const rank = Math.max(1, Math.ceil(share * this.count * (1 - 1e-12)));
    if (rank === this.count) return this.max;
    if (rank === 1) return this.min;
    if (rank <= this.zeros) return 0;
    const bucket = 2 * rank < this.count ? this.bucketFromBelow(rank) : this.bucketFromAbove(rank);
    return Math.min(this.max, Math.max(this.min, this.middleOf(this.low + bucket)));
  }

  /** Index of the bucket that holds the value at a rank, looked for from the least. */
  private bucketFromBelow(rank: number): number {
    let index = this.indexOf(this.min);
    for (let seen = this.zeros + this.buckets[index]; seen < rank; ) seen += this.buckets[++index];
    return index;
  }

  /** The same, from the greatest. */
  private bucketFromAbove(rank: number): number {
    let index = this.indexOf(this.max);
    for (let below = this.count - this.buckets[index]; below >= rank; ) below -= this.buckets[--index];
    return index;
  }

  get mean(): number {
    return this.sum / this.count;
  }

  clear(): void {
    if (this.max >= 1) this.buckets.fill(0, this.indexOf(this.min), this.indexOf(this.max) + 1);
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = 0;
    this.zeros = 0;
  }

  /** Middle of each bucket in use with its count, smallest first. */
  *entries(): Generator<[value: Micros, count: number]> {
    if (this.zeros > 0) yield [0, this.zeros];
    for (let i = 0; i < this.buckets.length; i++) {
      if (this.buckets[i] > 0) yield [this.middleOf(this.low + i), this.buckets[i]];
    }
  }

  /** Widens the table by whole octaves until it holds `bucket`. */
  private cover(bucket: number): void {
    const octave = bucket - (bucket % this.perOctave);
    const empty = this.buckets.length === 0;
    const low = empty ? octave : Math.min(this.low, octave);
    const end = empty ? octave + this.perOctave : Math.max(this.low + this.buckets.length, octave + this.perOctave);
    if (!empty && low === this.low && end === this.low + this.buckets.length) return;
    const grown = new Float64Array(end - low);
    if (!empty) grown.set(this.buckets, this.low - low);
    this.low = low;
    this.buckets = grown;
  }

  /** Index of the bucket of a value, or the first where the table begins above it. */
  private indexOf(value: Micros): number {
    bits[0] = value;
    return Math.max(0, (words[HIGH_WORD] >>> this.shift) - this.low);
  }

  private middleOf(bucket: number): Micros {
    words[1 - HIGH_WORD] = 0;
    words[HIGH_WORD] = bucket << this.shift;
    const from = bits[0];
    words[HIGH_WORD] = (bucket + 1) << this.shift;
    return (from + bits[0]) / 2;
  }
}
