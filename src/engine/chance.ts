/**
 * Events of a fixed chance, each independent of the others: how many fail before the next one happens is drawn once
 * (geometric), so that a rare event costs a subtraction a try.
 */
import type { Stream } from './random-streams.js';

export class Chance {
  /** Tries that will still fail; drawn when it is first asked. */
  private left = -1;
  private readonly logOfRest: number;

  /** `share` from 0 to 1. */
  constructor(
    readonly share: number,
    private readonly stream: Stream,
  ) {
    this.logOfRest = Math.log1p(-share);
  }

  /** Whether it happens this time. 0 and 1 draw nothing. */
  happens(): boolean {
    if (this.share <= 0) return false;
    if (this.share >= 1) return true;
    if (this.left < 0) this.left = this.draw();
    return this.left-- === 0;
  }

  /** Failures before the next success: inverse of the geometric distribution. */
  private draw(): number {
    return Math.floor(Math.log(this.stream.uniform()) / this.logOfRest);
  }
}
