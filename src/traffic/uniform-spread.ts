/**
 * A trace bucket of Poisson arrivals. When their number is known they are independent uniform instants; these are drawn in
 * rising order, one after the other, so that a bucket of millions needs no list.
 */
import type { Stream } from '../engine/random-streams.js';
import { exponential } from '../engine/ziggurat.js';
import type { BucketSpread } from './bucket-spread.js';

export class UniformSpread implements BucketSpread {
  private left = 0;
  private place = 0;

  constructor(private readonly stream: Stream) {}

  begin(count: number): void {
    this.left = count;
    this.place = 0;
  }

  /** The least of `left` uniform numbers in what remains lies a share 1 - U^(1/left) into it. */
  fill(places: Float64Array, at: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.place -= (1 - this.place) * Math.expm1(-exponential(this.stream) / this.left--);
      places[at + i] = this.place;
    }
  }
}
