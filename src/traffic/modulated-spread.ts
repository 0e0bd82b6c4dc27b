/**
 * A trace bucket of modulated arrivals: uniform instants on a line that is stretched where the rate is high. The states go
 * on from one bucket to the next, the count of each bucket is kept.
 */
import type { Micros } from '../engine/units.js';
import type { BucketSpread } from './bucket-spread.js';
import type { Modulation } from './modulation.js';
import type { UniformSpread } from './uniform-spread.js';

export class ModulatedSpread implements BucketSpread {
  /** Ends of the states in the bucket, as shares of the time and of the arrivals expected. */
  private readonly times: number[] = [];
  private readonly weights: number[] = [];
  private state = 0;

  constructor(
    private readonly uniform: UniformSpread,
    private readonly modulation: Modulation,
  ) {}

  begin(count: number, start: Micros, end: Micros): void {
    this.uniform.begin(count);
    this.times.length = 1;
    this.weights.length = 1;
    this.times[0] = 0;
    this.weights[0] = 0;
    this.state = 1;
    let at = start;
    let weight = 0;
    while (at < end) {
      while (this.modulation.until <= at) this.modulation.change();
      const until = Math.min(end, this.modulation.until);
      weight += (until - at) * this.modulation.multiplier;
      this.times.push((until - start) / (end - start));
      this.weights.push(weight);
      at = until;
    }
    for (let i = 1; i < this.weights.length; i++) this.weights[i] /= weight;
  }

  fill(places: Float64Array, at: number, count: number): void {
    this.uniform.fill(places, at, count);
    const { times, weights } = this;
    for (let i = at; i < at + count; i++) {
      const place = places[i];
      while (this.state < weights.length - 1 && place > weights[this.state]) this.state++;
      const state = this.state;
      const part = (place - weights[state - 1]) / (weights[state] - weights[state - 1]);
      places[i] = times[state - 1] + part * (times[state] - times[state - 1]);
    }
  }
}
