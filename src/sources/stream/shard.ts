/** One shard: its part of the hash range, its records, and how much it takes and gives. */
import type { Bytes, Micros } from '../../engine/units.js';
import { SECOND } from '../../engine/units.js';
import { NONE } from '../../lambda/ids.js';
import { ShardLog } from './shard-log.js';
import type { ShardReader } from './shard-reader.js';

/** What a shard takes and gives in a second. */
export interface ShardLimits {
  readonly recordsIn: number;
  readonly bytesIn: Bytes;
  readonly readsOut: number;
  readonly bytesOut: Bytes;
}

export class Shard {
  readonly log = new ShardLog();
  /** One for each consumer of the stream. */
  readonly readers: ShardReader[] = [];
  /** Takes no more writes: its children do. */
  closed = false;
  /** When its standard consumers may read again, and those that wait for it, in the order of their turns. */
  readableAt: Micros = 0;
  readonly line: ShardReader[] = [];
  /** Records before this one have expired. */
  expiredTo = 0;
  /** When what was written would have been taken at the limits: a second ahead of the clock the shard is full. */
  private recordsUntil: Micros = 0;
  private bytesUntil: Micros = 0;

  constructor(
    /** From 0 in the order in which shards were made. */
    readonly id: number,
    /** Of the hash range, from 0 to 1. */
    readonly from: number,
    readonly to: number,
    private readonly limits: ShardLimits,
  ) {}

  /** Whether it takes a record of this size now; if so, that is used up. */
  tryTake(now: Micros, size: Bytes): boolean {
    const records = Math.max(now, this.recordsUntil) + SECOND / this.limits.recordsIn;
    const bytes = Math.max(now, this.bytesUntil) + (size * SECOND) / this.limits.bytesIn;
    // The tolerance is what sums of thousandths of a second lose.
    if (records > now + SECOND + 0.01 || bytes > now + SECOND + 0.01) return false;
    this.recordsUntil = records;
    this.bytesUntil = bytes;
    return true;
  }

  /** Whether a standard consumer may read now. The first in line leaves it then. */
  isTurnOf(reader: ShardReader, now: Micros): boolean {
    if (this.line[0] !== reader) return this.line.length === 0 && this.readableAt <= now;
    this.line.shift();
    return true;
  }

  /** A standard consumer read `bytes` now: until when that used up what the shard gives. */
  read(now: Micros, bytes: Bytes): void {
    const { readsOut, bytesOut } = this.limits;
    this.readableAt = now + Math.ceil(SECOND * Math.max(1 / readsOut, bytes / bytesOut));
  }

  /** The first record that has not expired where those written at `before` or earlier have. */
  expiredAt(before: Micros): number {
    let sequence = Math.max(this.expiredTo, this.log.start);
    while (sequence < this.log.end && this.log.at(sequence) <= before) sequence++;
    return sequence;
  }

  /** The oldest record that somebody may still read, or NONE. */
  get oldest(): number {
    const kept = this.kept;
    return kept < this.log.end ? kept : NONE;
  }

  /** Lets go of records that no reader asks for again. */
  forget(): void {
    this.log.forget(this.kept);
  }

  private get kept(): number {
    if (this.readers.length === 0) return Math.max(this.expiredTo, this.log.start);
    let kept = this.log.end;
    for (const reader of this.readers) kept = Math.min(kept, reader.kept);
    return kept;
  }
}
