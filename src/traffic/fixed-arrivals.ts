/** Arrivals at known instants, any number at each: schedules, bursts and traces of timestamps. */
import type { Micros } from '../engine/units.js';
import type { ArrivalProcess } from './arrival-process.js';
import { Carry } from './carry.js';

export interface FixedArrival {
  readonly at: Micros;
  readonly count: number;
}

export class FixedArrivals implements ArrivalProcess {
  private readonly arrivals: Iterator<FixedArrival>;
  private readonly carry: Carry;
  private at = 0;
  private left = 0;

  /** `arrivals` never fall. What comes at the end of the run or later does not come. */
  constructor(
    arrivals: Iterable<FixedArrival>,
    scale: number,
    private readonly duration: Micros,
  ) {
    this.arrivals = arrivals[Symbol.iterator]();
    this.carry = new Carry(scale);
  }

  fill(out: Float64Array): number {
    let count = 0;
    while (count < out.length) {
      while (this.left === 0) if (!this.nextArrival()) return count;
      const some = Math.min(this.left, out.length - count);
      out.fill(this.at, count, count + some);
      this.left -= some;
      count += some;
    }
    return count;
  }

  private nextArrival(): boolean {
    const next = this.arrivals.next();
    if (next.done === true || next.value.at >= this.duration) return false;
    this.at = next.value.at;
    this.left = this.carry.take(next.value.count);
    return true;
  }
}

export function* onceEach(instants: Iterable<Micros>): Generator<FixedArrival> {
  for (const at of instants) yield { at, count: 1 };
}
