/** Two processes as one, in order of time; the first goes first at one instant. */
import type { ArrivalProcess } from './arrival-process.js';

const BLOCK = 64;

class Ahead {
  private readonly block = new Float64Array(BLOCK);
  private filled = 0;
  private used = 0;

  constructor(private readonly process: ArrivalProcess) {}

  /** The next instant, Infinity once there is none. */
  peek(): number {
    if (this.used === this.filled) {
      this.filled = this.process.fill(this.block);
      this.used = 0;
    }
    return this.filled === 0 ? Number.POSITIVE_INFINITY : this.block[this.used];
  }

  drop(): void {
    this.used++;
  }
}

export class MergedArrivals implements ArrivalProcess {
  private readonly first: Ahead;
  private readonly second: Ahead;

  constructor(first: ArrivalProcess, second: ArrivalProcess) {
    this.first = new Ahead(first);
    this.second = new Ahead(second);
  }

  fill(out: Float64Array): number {
    for (let count = 0; count < out.length; count++) {
      const one = this.first.peek();
      const other = this.second.peek();
      const next = Math.min(one, other);
      if (next === Number.POSITIVE_INFINITY) return count;
      out[count] = next;
      if (one <= other) this.first.drop();
      else this.second.drop();
    }
    return out.length;
  }
}
