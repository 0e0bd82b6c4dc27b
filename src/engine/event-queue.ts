/**
 * The pending events, in order of time, ties in scheduling order. Nothing is allocated per event: an event is a slot in
 * typed columns, and freed slots are used again. A few events lie in a short sorted row; more of them in a radix queue
 * (a timing wheel of wheels) over the digits of integer time:
 *
 *     level 0   256 buckets of 1 us      the rest of this 256 us
 *     level 1   256 buckets of 256 us    the rest of this 65 ms
 *     level 2   256 buckets of 65 ms     ...  seven levels reach past 2^53 us
 *
 * A slot lies at the level of the highest base-256 digit in which its time differs from the clock's, in that digit's bucket.
 * So the first bucket of the lowest level in use holds what comes next: one slot alone in it is the next event; of several,
 * the bucket is dealt to the levels below when the clock comes to it. Buckets are first in, first out and a deal keeps their
 * order, so equal times leave in the order they came, without sequence numbers. An event moves at most once a level.
 * (Ahuja, Mehlhorn, Orlin, Tarjan 1990, "Faster algorithms for the shortest path problem", section 2; Varghese & Lauck 1987.)
 */
import { widened } from './columns.js';
import type { Micros } from './units.js';

const NONE = -1;
const LEVELS = 7;
const WORDS = 8;
const HIGH = 2 ** -32;

/** A slot is four integers: the slot after it in its bucket, or in the list of free ones; the kind; the two payloads. */
const WIDTH = 2 ** 2;
const AT = 2;
const NEXT = 0;
const KIND = 1;
const FIRST = 2;
const SECOND = 3;

/** Most slots in the row. */
const ROW = 16;

export class EventQueue {
  // Doubles are handed over here: as an argument of a call that the compiler does not inline a double is a new object.
  /** Time of the event to `add`. */
  time: Micros = 0;
  /** What `takeDue` may take. */
  until: Micros = 0;
  /** What `findStart` found. */
  private start: Micros = 0;
  /** Nothing in the buckets comes earlier. */
  private notBefore: Micros = 0;

  /** Time of the last event taken from a bucket, or start of one dealt since, by its lower and upper 32 bits, signed: small integers. */
  private lowDigits = 0;
  private highDigits = 0;
  private size = 0;

  private capacity = 64;
  private times = new Float64Array(this.capacity);
  private slots = new Int32Array(this.capacity * WIDTH);
  private freeSlot: number = NONE;
  private used = 0;

  private readonly heads = new Int32Array(LEVELS * 256).fill(NONE);
  private readonly tails = new Int32Array(LEVELS * 256).fill(NONE);
  /** One bit a bucket, then one a word of those bits, then one a level. */
  private readonly occupied = new Int32Array(LEVELS * WORDS);
  private readonly words = new Int32Array(LEVELS);
  private levels = 0;

  /** Events from `rowStart` to `rowEnd`, earliest first, that all come before those in buckets. */
  private readonly rowTimes = new Float64Array(ROW * 4);
  private readonly rowSlots = new Int32Array(ROW * 4);
  private rowStart = 0;
  private rowEnd = 0;

  get length(): number {
    return this.size;
  }

  /** Bytes held for pending events, buckets included. */
  get bytes(): number {
    return this.capacity * (8 + WIDTH * 4) + LEVELS * (256 * 8 + WORDS * 4 + 4) + ROW * 4 * 12;
  }

  /** Adds an event at `this.time`: whole microseconds, not before the clock. */
  add(kind: number, a: number, b: number): void {
    let slot = this.freeSlot;
    if (slot !== NONE) this.freeSlot = this.slots[(slot << AT) | NEXT];
    else slot = this.used < this.capacity ? this.used++ : this.grow();
    const { slots } = this;
    const at = slot << AT;
    slots[at | KIND] = kind;
    slots[at | FIRST] = a;
    slots[at | SECOND] = b;
    this.times[slot] = this.time;
    this.size++;
    const inRow = this.rowEnd - this.rowStart;
    if (inRow > 0 && this.time < this.rowTimes[this.rowEnd - 1]) {
      this.insert(slot);
      if (inRow === ROW) this.placeFirst(this.rowSlots[--this.rowEnd]);
    } else if (this.levels === 0 && inRow < ROW) {
      this.insert(slot);
    } else {
      if (this.time < this.notBefore) this.notBefore = this.time;
      this.place(slot);
    }
  }

  /**
   * Takes out the earliest event if it is due at `this.until` or before, and returns its slot, valid until the next `add`.
   * Else returns -1, and the clock is to move on to `until`: later events may not precede that.
   */
  takeDue(): number {
    if (this.rowStart === this.rowEnd) {
      if (this.size > ROW / 2) return this.until < this.notBefore ? NONE : this.takeFromBuckets();
      this.gather();
      if (this.rowStart === this.rowEnd) return NONE;
    }
    if (this.rowTimes[this.rowStart] > this.until) return NONE;
    const slot = this.rowSlots[this.rowStart++];
    this.free(slot);
    return slot;
  }

  timeOf(slot: number): Micros {
    return this.times[slot];
  }
  kindOf(slot: number): number {
    return this.slots[(slot << AT) | KIND];
  }
  firstOf(slot: number): number {
    return this.slots[(slot << AT) | FIRST];
  }
  secondOf(slot: number): number {
    return this.slots[(slot << AT) | SECOND];
  }

  /** Sorts a slot into the row, behind those of the same time. */
  private insert(slot: number): void {
    const { rowTimes, rowSlots } = this;
    const time = this.times[slot];
    if (this.rowEnd === rowTimes.length) {
      rowTimes.copyWithin(0, this.rowStart, this.rowEnd);
      rowSlots.copyWithin(0, this.rowStart, this.rowEnd);
      this.rowEnd -= this.rowStart;
      this.rowStart = 0;
    }
    const start = this.rowStart;
    let at = this.rowEnd++;
    for (; at > start && rowTimes[at - 1] > time; at--) {
      rowTimes[at] = rowTimes[at - 1];
      rowSlots[at] = rowSlots[at - 1];
    }
    rowTimes[at] = time;
    rowSlots[at] = slot;
  }

  /** Few are left: they go back into the row. */
  private gather(): void {
    while (this.levels !== 0) {
      const level = lowestBit(this.levels);
      const bucket = this.firstBucket(level);
      let slot = this.heads[bucket];
      this.empty(level, bucket);
      while (slot !== NONE) {
        const next = this.slots[(slot << AT) | NEXT];
        this.insert(slot);
        slot = next;
      }
    }
  }

  private firstBucket(level: number): number {
    const word = lowestBit(this.words[level]);
    return (level << 8) + (word << 5) + lowestBit(this.occupied[(level << 3) + word]);
  }

  private takeFromBuckets(): number {
    while (this.levels !== 0) {
      const level = lowestBit(this.levels);
      const bucket = this.firstBucket(level);
      const slot = this.heads[bucket];
      const next = this.slots[(slot << AT) | NEXT];
      const time = this.times[slot];
      if (next === NONE || level === 0) {
        if (time > this.until) {
          this.notBefore = time;
          return NONE;
        }
        if (next === NONE) this.empty(level, bucket);
        else this.heads[bucket] = next;
        this.moveTo(time);
        this.free(slot);
        return slot;
      }
      this.findStart(slot, level);
      if (this.start > this.until) {
        this.notBefore = this.start;
        return NONE;
      }
      this.empty(level, bucket);
      const taken = this.deal(slot);
      if (taken !== NONE) return taken;
    }
    return NONE;
  }

  /** First instant of the bucket in which a slot lies. */
  private findStart(slot: number, level: number): void {
    const time = this.times[slot];
    const low = time >>> 0;
    if (level < 4) {
      this.start = time - (low & ((1 << (level << 3)) - 1));
    } else {
      const high = (time * HIGH) >>> 0;
      this.start = (high - (high & ((1 << ((level - 4) << 3)) - 1))) * 2 ** 32;
    }
  }

  private free(slot: number): void {
    this.slots[(slot << AT) | NEXT] = this.freeSlot;
    this.freeSlot = slot;
    this.size--;
  }

  private moveTo(time: Micros): void {
    this.lowDigits = time | 0;
    this.highDigits = (time * HIGH) | 0;
  }

  private place(slot: number): void {
    const bucket = this.bucketOf(slot);
    const tail = this.tails[bucket];
    this.slots[(slot << AT) | NEXT] = NONE;
    this.tails[bucket] = slot;
    if (tail !== NONE) {
      this.slots[(tail << AT) | NEXT] = slot;
      return;
    }
    this.heads[bucket] = slot;
    this.occupy(bucket >> 8, bucket);
  }

  /** Puts back what was in the row before all that is not. */
  private placeFirst(slot: number): void {
    if (this.times[slot] < this.notBefore) this.notBefore = this.times[slot];
    const bucket = this.bucketOf(slot);
    if (this.tails[bucket] === NONE) {
      this.tails[bucket] = slot;
      this.slots[(slot << AT) | NEXT] = NONE;
      this.occupy(bucket >> 8, bucket);
    } else {
      this.slots[(slot << AT) | NEXT] = this.heads[bucket];
    }
    this.heads[bucket] = slot;
  }

  private bucketOf(slot: number): number {
    const time = this.times[slot];
    const low = time | 0;
    const high = (time * HIGH) | 0;
    if (high === this.highDigits) {
      const shift = (31 - Math.clz32((low ^ this.lowDigits) | 1)) & 24;
      return (shift << 5) + ((low >>> shift) & 255);
    }
    const shift = (31 - Math.clz32(high ^ this.highDigits)) & 24;
    return 1024 + (shift << 5) + ((high >>> shift) & 255);
  }

  private occupy(level: number, bucket: number): void {
    const digit = bucket & 255;
    this.occupied[(level << 3) + (digit >> 5)] |= 1 << (digit & 31);
    this.words[level] |= 1 << (digit >> 5);
    this.levels |= 1 << level;
  }

  private empty(level: number, bucket: number): void {
    this.tails[bucket] = NONE;
    const digit = bucket & 255;
    const word = digit >> 5;
    const left = this.occupied[(level << 3) + word] & ~(1 << (digit & 31));
    this.occupied[(level << 3) + word] = left;
    if (left !== 0) return;
    this.words[level] &= ~(1 << word);
    if (this.words[level] === 0) this.levels &= ~(1 << level);
  }

  /** The clock has come to a bucket: takes its earliest slot if that is due, else NONE, and places the others anew, in order. */
  private deal(head: number): number {
    const { times, slots } = this;
    let earliest = head;
    let least = times[head];
    for (let slot = slots[(head << AT) | NEXT]; slot !== NONE; slot = slots[(slot << AT) | NEXT]) {
      if (times[slot] < least) {
        least = times[slot];
        earliest = slot;
      }
    }
    const due = least <= this.until;
    if (due) this.moveTo(least);
    else this.moveTo(this.start);
    for (let slot = head; slot !== NONE; ) {
      const next = slots[(slot << AT) | NEXT];
      if (slot !== earliest || !due) this.place(slot);
      slot = next;
    }
    if (!due) return NONE;
    this.free(earliest);
    return earliest;
  }

  private grow(): number {
    this.capacity *= 2;
    this.times = widened(this.times, this.capacity);
    this.slots = widened(this.slots, this.capacity * WIDTH);
    return this.used++;
  }
}

/** Index of the lowest bit that is set; `bits` is not 0. */
function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
