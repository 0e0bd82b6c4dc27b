/**
 * Arrivals at a rate that may change, by exact change of time: points are spaced on the line of expected arrivals, and
 * each lies where the cumulated rate reaches it (Çinlar, "Introduction to Stochastic Processes", chapter 4). Nothing is
 * drawn and thrown away. The cumulated rate is linear or quadratic on each piece, so its inverse is a formula.
 */
import type { Stream } from '../engine/random-streams.js';
import { type Micros, SECOND } from '../engine/units.js';
import type { ArrivalProcess } from './arrival-process.js';
import { expectedIn, type RatePiece, type RateProfile } from './rate-profile.js';
import type { Spacing } from './spacing.js';

const FIRST_BLOCK = 16;
const LARGEST_BLOCK = 512;
const NOTHING: RatePiece = { start: 0, end: 0, from: 0, to: 0 };

export class RateDrivenArrivals implements ArrivalProcess {
  private readonly pieces: Iterator<RatePiece>;
  private piece = NOTHING;
  /** Expected arrivals up to the start and the end of the piece. */
  private before = 0;
  private after = 0;
  /** Where the next arrival lies on the line of expected arrivals. */
  private point: number;
  private gaps = new Float64Array(0);
  private used = 0;

  constructor(
    profile: RateProfile,
    private readonly spacing: Spacing,
    private readonly stream: Stream,
    private readonly duration: Micros,
  ) {
    this.pieces = profile[Symbol.iterator]();
    this.point = spacing.first(stream);
  }

  fill(out: Float64Array): number {
    let count = 0;
    while (count < out.length) {
      if (this.point >= this.after) {
        if (!this.nextPiece()) return count;
        continue;
      }
      if (this.used === this.gaps.length) this.drawGaps();
      const written = this.fillFromPiece(out, count);
      if (written === count) return count;
      count = written;
    }
    return count;
  }

  /** Goes on while block, gaps and piece last; returns how much of `out` is filled, unchanged at the end of the run. */
  private fillFromPiece(out: Float64Array, from: number): number {
    const { piece, before, after, gaps, duration } = this;
    const isLevel = piece.from === piece.to;
    let { point, used } = this;
    let count = from;
    while (count < out.length && used < gaps.length && point < after) {
      const at = isLevel ? piece.start + ((point - before) * SECOND) / piece.from : instantIn(piece, point - before);
      const whole = Math.floor(Math.min(at, piece.end) + 0.5);
      if (whole >= duration) break;
      out[count++] = whole;
      point += gaps[used++];
    }
    this.point = point;
    this.used = used;
    return count;
  }

  private nextPiece(): boolean {
    const next = this.pieces.next();
    if (next.done === true) return false;
    this.piece = next.value;
    this.before = this.after;
    this.after = settled(this.before + expectedIn(this.piece));
    return true;
  }

  private drawGaps(): void {
    const length = this.gaps.length;
    if (length < LARGEST_BLOCK) this.gaps = new Float64Array(length === 0 ? FIRST_BLOCK : length * 2);
    this.spacing.fill(this.stream, this.gaps, this.gaps.length);
    this.used = 0;
  }
}

/** Where `expected` arrivals have been reached on a piece whose rate rises or falls. */
function instantIn({ start, end, from, to }: RatePiece, expected: number): Micros {
  if (expected === 0) return start;
  const rise = ((to - from) * SECOND) / (end - start);
  // The root of the quadratic in the form that loses no digits, whichever way the rate goes.
  const seconds = (2 * expected) / (from + Math.sqrt(Math.max(0, from * from + 2 * rise * expected)));
  return start + seconds * SECOND;
}

/** Takes a sum that is a whole number but for rounding as that number, lest a regular arrival slip over the edge of a piece. */
function settled(sum: number): number {
  const whole = Math.round(sum);
  return Math.abs(sum - whole) < 1e-9 + 1e-13 * sum ? whole : sum;
}
