/**
 * The pending events, in order of time, ties in scheduling order: a radix queue (a timing wheel of wheels) over the digits
 * of integer time. Nothing is allocated per event: an event is a slot in typed columns, and freed slots are used again.
 *
 * A slot lies at the level of the highest base-256 digit in which its time differs from `now`, in the bucket of that digit:
 *
 *     level 0   256 buckets of 1 us      the rest of this 256 us
 *     level 1   256 buckets of 256 us    the rest of this 65 ms
 *     level 2   256 buckets of 65 ms     ...  seven levels reach past 2^53 us
 *
 * The first bucket of the lowest level in use holds the minimum. A bucket with one slot is the minimum; a fuller one is
 * dealt to lower levels first. Buckets are first in, first out and a deal keeps their order, so equal times leave in the
 * order they came, without sequence numbers. An event moves at most once a level; with thousands pending, about twice in all.
 * (Ahuja, Mehlhorn, Orlin, Tarjan 1990, "Faster algorithms for the shortest path problem", section 2; Varghese & Lauck 1987.)
 */
import { widened } from './columns.js';
import { InvariantError } from './errors.js';
import type { Micros } from './units.js';

const NONE = -1;
const LEVELS = 7;
const WORDS = 8;
const HIGH = 2 ** -32;

export class EventQueue {
  /** Time of the last event taken, which no later one may precede. */
  private lowDigits = 0;
  private highDigits = 0;
  private size = 0;

  private capacity = 64;
  private times = new Float64Array(this.capacity);
  private next = new Int32Array(this.capacity);
  private kinds = new Int32Array(this.capacity);
  private first = new Int32Array(this.capacity);
  private second = new Int32Array(this.capacity);
  private freeSlot = NONE;
  private used = 0;

  private readonly heads = new Int32Array(LEVELS * 256).fill(NONE);
  private readonly tails = new Int32Array(LEVELS * 256).fill(NONE);
  /** One bit a bucket. */
  private readonly occupied = new Int32Array(LEVELS * WORDS);
  /** One bit a level. */
  private levels = 0;

  get length(): number {
    return this.size;
  }

  /** Bytes held for pending events, buckets included. */
  get bytes(): number {
    return this.capacity * 24 + LEVELS * (256 * 8 + WORDS * 4);
  }

  /** `time` is whole microseconds and not before the last event taken. */
  add(time: Micros, kind: number, a: number, b: number): void {
    let slot = this.freeSlot;
    if (slot !== NONE) this.freeSlot = this.next[slot];
    else slot = this.used < this.capacity ? this.used++ : this.grow();
    this.times[slot] = time;
    this.kinds[slot] = kind;
    this.first[slot] = a;
    this.second[slot] = b;
    this.size++;
    this.place(slot, time);
  }

  /** Takes out the earliest event if it is due at `until` or before, and returns its slot, valid until the next `add`; else -1. */
  takeDue(until: Micros): number {
    if (this.levels === 0) return NONE;
    const level = 31 - Math.clz32(this.levels & -this.levels);
    const bucket = (level << 8) + this.firstBucket(level);
    const slot = this.heads[bucket];
    if (this.next[slot] === NONE || level === 0) {
      const time = this.times[slot];
      if (time > until) return NONE;
      this.unlinkHead(level, bucket, slot);
      this.advance(time);
      this.free(slot);
      return slot;
    }
    return this.dealAndTake(level, bucket, until);
  }

  timeOf(slot: number): Micros {
    return this.times[slot];
  }
  kindOf(slot: number): number {
    return this.kinds[slot];
  }
  firstOf(slot: number): number {
    return this.first[slot];
  }
  secondOf(slot: number): number {
    return this.second[slot];
  }

  private free(slot: number): void {
    this.next[slot] = this.freeSlot;
    this.freeSlot = slot;
    this.size--;
  }

  private advance(time: Micros): void {
    this.lowDigits = time >>> 0;
    this.highDigits = (time * HIGH) >>> 0;
  }

  private place(slot: number, time: Micros): void {
    const low = time >>> 0;
    const high = (time * HIGH) >>> 0;
    let level: number;
    let digit: number;
    if (high === this.highDigits) {
      const shift = (31 - Math.clz32(low ^ this.lowDigits | 1)) & 24;
      level = shift >> 3;
      digit = (low >>> shift) & 255;
    } else {
      const shift = (31 - Math.clz32(high ^ this.highDigits)) & 24;
      level = 4 + (shift >> 3);
      digit = (high >>> shift) & 255;
    }
    const bucket = (level << 8) + digit;
    const tail = this.tails[bucket];
    this.next[slot] = NONE;
    this.tails[bucket] = slot;
    if (tail !== NONE) {
      this.next[tail] = slot;
      return;
    }
    this.heads[bucket] = slot;
    this.occupied[(level << 3) + (digit >> 5)] |= 1 << (digit & 31);
    this.levels |= 1 << level;
  }

  private firstBucket(level: number): number {
    const base = level << 3;
    for (let word = 0; word < WORDS; word++) {
      const bits = this.occupied[base + word];
      if (bits !== 0) return (word << 5) + 31 - Math.clz32(bits & -bits);
    }
    throw new InvariantError('a level in use has a bucket in use');
  }

  private unlinkHead(level: number, bucket: number, slot: number): void {
    const next = this.next[slot];
    this.heads[bucket] = next;
    if (next === NONE) this.empty(level, bucket);
  }

  private empty(level: number, bucket: number): void {
    this.heads[bucket] = NONE;
    this.tails[bucket] = NONE;
    const digit = bucket & 255;
    const word = (level << 3) + (digit >> 5);
    this.occupied[word] &= ~(1 << (digit & 31));
    if (this.occupied[word] !== 0) return;
    for (let i = level << 3, end = i + WORDS; i < end; i++) if (this.occupied[i] !== 0) return;
    this.levels &= ~(1 << level);
  }

  /** The bucket holds several slots above level 0: its minimum leaves, the others are dealt to the levels below. */
  private dealAndTake(level: number, bucket: number, until: Micros): number {
    let minimum = this.heads[bucket];
    let least = this.times[minimum];
    for (let slot = this.next[minimum]; slot !== NONE; slot = this.next[slot]) {
      const time = this.times[slot];
      if (time < least) {
        least = time;
        minimum = slot;
      }
    }
    if (least > until) return NONE;
    let slot = this.heads[bucket];
    this.empty(level, bucket);
    this.advance(least);
    while (slot !== NONE) {
      const next = this.next[slot];
      if (slot !== minimum) this.place(slot, this.times[slot]);
      slot = next;
    }
    this.free(minimum);
    return minimum;
  }

  private grow(): number {
    const capacity = this.capacity * 2;
    this.times = widened(this.times, capacity);
    this.next = widened(this.next, capacity);
    this.kinds = widened(this.kinds, capacity);
    this.first = widened(this.first, capacity);
    this.second = widened(this.second, capacity);
    this.capacity = capacity;
    return this.used++;
  }
}
