/**
 * A trace bucket of bursty arrivals: the gaps of the renewal process, all stretched alike so that the bucket holds exactly
 * its count. The gaps of one bucket are kept in a list, for their sum is known only at the end.
 */
import type { Stream } from '../engine/random-streams.js';
import type { BucketSpread } from './bucket-spread.js';
import type { Spacing } from './spacing.js';

export class RenewalSpread implements BucketSpread {
  private places = new Float64Array(0);
  private done = 0;

  constructor(
    private readonly spacing: Spacing,
    private readonly stream: Stream,
  ) {}

  begin(count: number): void {
    if (this.places.length < count) this.places = new Float64Array(count);
    const places = this.places;
    this.spacing.fill(this.stream, places, count - 1);
    let place = this.spacing.first(this.stream);
    for (let i = 0; i < count; i++) {
      const gap = places[i];
      places[i] = place;
      place += i < count - 1 ? gap : this.spacing.first(this.stream);
    }
    for (let i = 0; i < count; i++) places[i] /= place;
    this.done = 0;
  }

  fill(places: Float64Array, at: number, count: number): void {
    places.set(this.places.subarray(this.done, this.done + count), at);
    this.done += count;
  }
}
