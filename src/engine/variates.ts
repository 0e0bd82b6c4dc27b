/**
 * Draws from one distribution as whole microseconds, one at a time for the caller and in blocks underneath. A model holds
 * thousands of these, most of them seldom used: the block begins small and grows with use.
 */
import type { Distribution } from './distribution.js';
import { ConstantDistribution } from './distributions/constant.js';
import type { Stream } from './random-streams.js';
import type { Micros } from './units.js';

const FIRST_BLOCK = 16;
const LARGEST_BLOCK = 128;
/** 142 years. A heavy tail may draw more, even Infinity; beyond this, sums of instants would stop being exact. */
const LONGEST: Micros = 2 ** 52;
const EMPTY = new Float64Array(0);

export class Variates {
  readonly isConstant: boolean;
  /** The one value of a constant distribution; of any other its rounded mean. */
  readonly constant: Micros;
  private block: Float64Array = EMPTY;
  private used = 0;

  constructor(
    private readonly distribution: Distribution,
    private readonly stream: Stream,
  ) {
    this.isConstant = distribution instanceof ConstantDistribution;
    this.constant = wholeMicros(distribution.mean);
  }

  /** Whole microseconds, from 0 to 142 years. A constant draws nothing from its stream. */
  next(): Micros {
    if (this.isConstant) return this.constant;
    if (this.used === this.block.length) this.refill();
    return this.block[this.used++];
  }

  private refill(): void {
    const length = this.block.length;
    if (length < LARGEST_BLOCK) this.block = new Float64Array(length === 0 ? FIRST_BLOCK : length * 2);
    const block = this.block;
    this.distribution.fill(this.stream, block, block.length);
    for (let i = 0; i < block.length; i++) block[i] = wholeMicros(block[i]);
    this.used = 0;
  }
}

function wholeMicros(value: number): Micros {
  if (!(value < LONGEST)) return LONGEST;
  return value > 0 ? Math.floor(value + 0.5) : 0;
}
