/**
 * Where in a trace bucket its arrivals lie: a known number of them, spread by the same word as arrivals at a rate. Which
 * file spreads which kind; one left out does not compile.
 */
import type { Stream } from '../engine/random-streams.js';
import type { Micros } from '../engine/units.js';
import type { ArrivalsSettings } from '../scenario/types.js';
import { EvenSpread } from './even-spread.js';
import { ModulatedSpread } from './modulated-spread.js';
import { Modulation } from './modulation.js';
import { RenewalSpread } from './renewal-spread.js';
import { spacingOf } from './spacing.js';
import { UniformSpread } from './uniform-spread.js';

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
