/**
 * One shard as one consumer reads it: how far it has read, and which record belongs to which lane. Reading hands nothing
 * over: a record stays in the log, and its lane only counts it as ready.
 *
 *     log    |  done  | in batches of the lanes | ready |  written, not yet read  |
 *                      kept                             readTo                     end
 */
import type { Bytes, Micros } from '../../engine/units.js';
import type { StreamConsumer } from './consumer.js';
import { laneOf } from './hashes.js';
import type { Lane } from './lane.js';
import type { Shard } from './shard.js';
import { CHUNK } from './shard-log.js';

export class ShardReader {
  readonly lanes: readonly Lane[];
  /** Every record belongs to the one lane. */
  private readonly plain: boolean;
  /** First record that was not read. */
  private readTo: number;
  /** Whether a read is scheduled. */
  private armed = false;
  /** When enhanced fan-out may push again. */
  private pushableAt: Micros = 0;
  /** Parents of the shard that have not been read to their end. */
  private parents = 0;
  private children: ShardReader[] = [];
  private over = false;

  /** Reads from the record `from` on. */
  constructor(
    readonly consumer: StreamConsumer,
    readonly shard: Shard,
    from: number,
    /** Of the base rate. */
    private readonly phase: Micros,
    /** Among the consumer's readers. */
    private readonly index: number,
  ) {
    const { parallelizationFactor } = consumer.settings;
    this.readTo = from;
    this.plain = parallelizationFactor === 1 && !consumer.luck.canFilter;
    this.lanes = Array.from({ length: parallelizationFactor }, (_, lane) => consumer.addLane(this, lane, from));
  }

  /** Reads only once `parent` was read to its end. */
  waitFor(parent: ShardReader): void {
    if (parent.over) return;
    this.parents++;
    parent.children.push(this);
  }

  /** Looks for what was written, unless a read is scheduled or has to wait. */
  lookForRecords(): void {
    if (this.armed || this.parents > 0 || this.readTo === this.shard.log.end) return;
    const { loop, push, interval } = this.consumer;
    if (push === undefined) {
      const next = Math.floor((loop.now - this.phase) / interval) + 1;
      this.arm(this.phase + next * interval);
    } else this.arm(Math.max(loop.now, this.pushableAt, this.shard.log.at(this.readTo) + push));
  }

  /** A read is due. */
  read(): void {
    this.armed = false;
    const { consumer, shard } = this;
    const { loop, push, sharesReads } = consumer;
    if (sharesReads && !shard.isTurnOf(this, loop.now)) {
      if (this.standInLine() === 1) this.takeTurn();
      return;
    }
    const bytes = this.readOn(push === undefined ? Number.POSITIVE_INFINITY : loop.now - push);
    consumer.readBytes(bytes);
    if (push !== undefined) this.pushableAt = loop.now + consumer.pushTime(bytes);
    const isMore = this.readTo < shard.log.end;
    if (sharesReads) {
      shard.read(loop.now, bytes);
      if (isMore) this.standInLine();
      shard.line[0]?.takeTurn();
    } else if (isMore) {
      if (push === undefined) this.arm(loop.now);
      else this.lookForRecords();
    }
    for (const lane of this.lanes) lane.consider();
    shard.forget();
    this.lookForEnd();
  }

  /** Reads what one read gives of the records written at `until` or before, and returns its bytes. */
  private readOn(until: Micros): Bytes {
    const { consumer, shard, lanes, plain } = this;
    const { log } = shard;
    const { sizes } = log;
    const { recordsPerRead, bytesPerRead } = consumer;
    const end = Math.min(log.end, this.readTo + recordsPerRead);
    let sequence = this.readTo;
    let bytes = 0;
    let filtered = 0;
    scan: while (sequence < end) {
      const { at, key, size } = log.chunk(sequence);
      for (let place = sequence % CHUNK; place < CHUNK && sequence < end; place++, sequence++) {
        const own = sizes[size[place]];
        if (at[place] > until || (bytes > 0 && bytes + own > bytesPerRead)) break scan;
        bytes += own;
        if (plain) continue;
        if (consumer.luck.canFilter && !consumer.luck.passes(shard.id, sequence)) filtered++;
        else lanes[laneOf(key[place], lanes.length)].addReady(1, own, at[place]);
      }
    }
    const read = sequence - this.readTo;
    if (plain && read > 0) lanes[0].addReady(read, bytes, log.at(sequence - 1));
    if (read > 0 && log.at(this.readTo) <= consumer.loop.now - consumer.chargedAge) this.stateRetrieved(sequence);
    this.readTo = sequence;
    if (filtered > 0) consumer.filtered(filtered);
    return bytes;
  }

  /** States what is charged of a read of the records before `end`: those that are old come first. */
  private stateRetrieved(end: number): void {
    const { log } = this.shard;
    const { consumer } = this;
    const before = consumer.loop.now - consumer.chargedAge;
    let bytes = 0;
    for (let sequence = this.readTo; sequence < end && log.at(sequence) <= before; sequence++)
      bytes += log.size(sequence);
    consumer.retrieved(bytes);
  }

  /** The first record of a lane from `sequence` on, of those that were read and passed; only where there is one. */
  next(lane: number, sequence: number): number {
    if (this.plain) return sequence;
    const { log, id } = this.shard;
    const { luck } = this.consumer;
    let found = sequence;
    for (;;) {
      const { key } = log.chunk(found);
      for (let place = found % CHUNK; place < CHUNK; place++, found++) {
        if (this.isOf(lane, key[place]) && (!luck.canFilter || luck.passes(id, found))) return found;
      }
    }
  }

  /** The record after the next `count` records of a lane. */
  after(lane: number, sequence: number, count: number): number {
    if (this.plain) return sequence + count;
    let after = sequence;
    for (let left = count; left > 0; left--) after = this.next(lane, after) + 1;
    return after;
  }

  /** The first record that may be asked for again. */
  get kept(): number {
    let kept = this.readTo;
    for (const lane of this.lanes) kept = Math.min(kept, lane.kept);
    return kept;
  }

  /** Records before this one have expired: those that are in no batch are gone. */
  expire(before: number): void {
    let expired = 0;
    for (const lane of this.lanes) expired += this.expireOf(lane, before);
    if (before > this.readTo) this.readTo = before;
    if (expired > 0) this.consumer.expired(expired);
    this.lookForEnd();
  }

  private expireOf(lane: Lane, before: number): number {
    const { log, id } = this.shard;
    const { luck } = this.consumer;
    let expired = 0;
    for (let sequence = lane.next; sequence < before; sequence++) {
      if (!this.isOf(lane.index, log.key(sequence))) continue;
      if (sequence < this.readTo) {
        // What the filter kept out was done with when it was read.
        if (luck.canFilter && !luck.passes(id, sequence)) continue;
        lane.loseReady(log.size(sequence));
      }
      expired++;
    }
    lane.next = Math.max(lane.next, before);
    return expired;
  }

  private isOf(lane: number, key: number): boolean {
    return this.lanes.length === 1 || laneOf(key, this.lanes.length) === lane;
  }

  /** Everything of a closed shard is read and done: whoever waited for that may begin. */
  lookForEnd(): void {
    if (this.over || !this.isRead || this.parents > 0) return;
    if (this.lanes.some((lane) => !lane.isDone)) return;
    this.over = true;
    for (const child of this.children) {
      child.parents--;
      child.lookForRecords();
      child.lookForEnd();
    }
    this.children = [];
  }

  /** A closed shard was read to its end. */
  get isRead(): boolean {
    return this.shard.closed && this.readTo >= this.shard.log.end;
  }

  /** Waits behind the other standard consumers that wait, and returns its place, from 1. */
  private standInLine(): number {
    this.armed = true;
    return this.shard.line.push(this);
  }

  /** First in line: reads as soon as the shard can be read. */
  private takeTurn(): void {
    this.arm(Math.max(this.consumer.loop.now, this.shard.readableAt));
  }

  private arm(at: Micros): void {
    this.armed = true;
    this.consumer.readAt(at, this.index);
  }
}
