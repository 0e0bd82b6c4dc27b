/** A trace bucket of regular arrivals: evenly spaced, the first at its start. */
import type { BucketSpread } from './bucket-spread.js';

export class EvenSpread implements BucketSpread {
  private count = 0;
  private done = 0;

  begin(count: number): void {
    this.count = count;
    this.done = 0;
  }

  fill(places: Float64Array, at: number, count: number): void {
    for (let i = 0; i < count; i++) places[at + i] = this.done++ / this.count;
  }
}
