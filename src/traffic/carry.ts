/** Scales whole counts into whole counts: what rounding leaves over is carried on, so that every running total is right to a half. */
export class Carry {
  private total = 0;
  private given = 0;

  /** `scale` is 0 or more. */
  constructor(private readonly scale: number) {}

  take(count: number): number {
    this.total += count;
    // The tiny summand makes up for a product such as 0.1 * 25 that lies just below its half.
    const due = Math.floor(this.total * this.scale + 0.5 + 1e-9);
    const now = due - this.given;
    this.given = due;
    return now;
  }
}
