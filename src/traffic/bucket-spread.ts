/**
 * Where in a trace bucket its arrivals lie: a known number of them, spread by the same word as arrivals at a rate. Poisson
 * arrivals of a known number are independent uniform instants, drawn here in rising order without a list of them.
 */
import type { Stream } from '../engine/random-streams.js';
import type { Micros } from '../engine/units.js';
import { exponential } from '../engine/ziggurat.js';
import type { ArrivalsSettings } from '../scenario/types.js';
import { Modulation } from './modulation.js';
import { type Spacing, spacingOf } from './spacing.js';

export interface BucketSpread {
  /** Begins a bucket of `count` arrivals, at least one. */
  begin(count: number, start: Micros, end: Micros): void;
  /** Writes the next `count` places, shares of the bucket in [0, 1] that never fall, from `at` on. */
  fill(places: Float64Array, at: number, count: number): void;
}

/** Draws from `arrivals` and, for the states of a modulation, from `modulation`. */
export function bucketSpread(settings: ArrivalsSettings, arrivals: Stream, modulation: () => Stream): BucketSpread {
  switch (settings.kind) {
    case 'poisson':
      return new UniformSpread(arrivals);
    case 'regular':
      return new EvenSpread();
    case 'bursty':
      return new RenewalSpread(spacingOf(settings), arrivals);
    case 'modulated':
      return new ModulatedSpread(new UniformSpread(arrivals), new Modulation(settings, modulation()));
  }
}

class EvenSpread implements BucketSpread {
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

class UniformSpread implements BucketSpread {
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

/** Gaps of the renewal process, stretched so that the bucket holds exactly its count; a list of one bucket is kept. */
class RenewalSpread implements BucketSpread {
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

/** Uniform places on a line that is stretched where the rate is high. */
class ModulatedSpread implements BucketSpread {
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
