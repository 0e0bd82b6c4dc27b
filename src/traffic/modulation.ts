/**
 * A two-state Markov modulation: the rate is `factor` times as high in the high state as in the low one, the states last
 * exponential times with the means `high` and `low`, and over a long time the mean rate is what it was. It begins in
 * either state with the probability that state has at a random instant.
 */
import type { Stream } from '../engine/random-streams.js';
import type { Micros } from '../engine/units.js';
import { exponential } from '../engine/ziggurat.js';
import type { ArrivalsSettings } from '../scenario/types.js';
import { cut, type RatePiece, type RateProfile } from './rate-profile.js';

type Modulated = Extract<ArrivalsSettings, { kind: 'modulated' }>;

export class Modulation {
  /** When the present state ends; fractions of a microsecond count. */
  until: Micros;
  private isHigh: boolean;
  private readonly low: number;

  constructor(
    private readonly settings: Modulated,
    private readonly stream: Stream,
  ) {
    const { factor, high, low } = settings;
    this.low = (high + low) / (factor * high + low);
    this.isHigh = stream.uniform() < high / (high + low);
    this.until = this.lasts();
  }

  /** What the rate is multiplied with in the present state. */
  get multiplier(): number {
    return this.isHigh ? this.low * this.settings.factor : this.low;
  }

  change(): void {
    this.isHigh = !this.isHigh;
    this.until += this.lasts();
  }

  private lasts(): Micros {
    return exponential(this.stream) * (this.isHigh ? this.settings.high : this.settings.low);
  }
}

export function* modulated(profile: RateProfile, modulation: Modulation): Generator<RatePiece> {
  for (const piece of profile) {
    let start = piece.start;
    while (start < piece.end) {
      while (modulation.until <= start) modulation.change();
      const end = Math.min(piece.end, modulation.until);
      const part = cut(piece, start, end);
      yield { ...part, from: part.from * modulation.multiplier, to: part.to * modulation.multiplier };
      start = end;
    }
  }
}
