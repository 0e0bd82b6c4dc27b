/**
 * The pending events, in order of time, ties in scheduling order. Nothing is allocated per event: an event is a slot in
 * typed columns, and freed slots are used again. A few events lie in a short sorted row; more of them in a radix queue
 * (a timing wheel of wheels) over the digits of integer time:
 *
 *     level 0   1,024 buckets of 1 us     the rest of this ms
 *     level 1   1,024 buckets of 1 ms     the rest of this second
 *     level 2   1,024 buckets of 1 s      ...  six levels reach past 2^53 us
 *
 * (a ms of 1,024 us, and so on). A slot lies at the level of the highest base-1,024 digit in which its time differs from the
 * clock's, in that digit's bucket. So the first bucket of the lowest level in use holds what comes next: one slot alone in it
 * is the next event; a few are sorted into the row, and of many the bucket is dealt to the levels below. Buckets are first in,
 * first out, and sorting and dealing keep their order, so equal times leave in the order they came, without sequence numbers.
 * (Ahuja, Mehlhorn, Orlin, Tarjan 1990, "Faster algorithms for the shortest path problem", section 2; Varghese & Lauck 1987.)
 */
import { widened } from './columns.js';
import type { Micros } from './units.js';

const NONE = -1;
/** Bits of a digit, and the levels of digits: half of them in the lower bits of a time, half in the upper. */
const DIGIT = 10;
const BUCKETS = 2 ** DIGIT;
const LEVELS = 6;
const LOW_LEVELS = LEVELS / 2;
const LOW = 2 ** (DIGIT * LOW_LEVELS);
/** Words of 32 bits that tell which buckets of a level are in use, as a power of 2. */
const WORDS = DIGIT - 5;

/** A slot is four integers: the slot after it in its bucket, or in the list of free ones; the kind; the two payloads. */
const WIDTH = 2 ** 2;
const AT = 2;
const NEXT = 0;
const KIND = 1;
const FIRST = 2;
const SECOND = 3;

/** Most slots in the row. */
const ROW = 32;
/** Where no more than this are pending, or in a bucket whose time has come, all of them go to the row. */
const FEW = 16;

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

  /** Time of the last event taken from a bucket, or start of one dealt since, by its lower 30 and its upper 23 bits. */
  private lowDigits = 0;
  private highDigits = 0;
  private size = 0;

  private capacity = 64;
  private times = new Float64Array(this.capacity);
  private slots = new Int32Array(this.capacity * WIDTH);
  private freeSlot: number = NONE;
  private used = 0;

  private readonly heads = new Int32Array(LEVELS * BUCKETS).fill(NONE);
  private readonly tails = new Int32Array(LEVELS * BUCKETS).fill(NONE);
  /** One bit a bucket, then one a word of those bits, then one a level. */
  private readonly occupied = new Int32Array(LEVELS << WORDS);
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
    return this.capacity * (8 + WIDTH * 4) + LEVELS * (BUCKETS * 8 + (4 << WORDS) + 4) + ROW * 4 * 12;
  }

  /** Adds an event at `this.time`: whole microseconds, not before the clock. */
  add(kind: number, a: number, b: number): void {
    let slot = this.freeSlot;
    if (slot === NONE) slot = this.fresh();
    else this.freeSlot = this.slots[(slot << AT) + NEXT];
    const { slots } = this;
    const at = slot << AT;
    slots[at + KIND] = kind;
    slots[at + FIRST] = a;
    slots[at + SECOND] = b;
    this.times[slot] = this.time;
    this.size++;
    const inRow = this.rowEnd - this.rowStart;
    if (inRow > 0 && this.time < this.rowTimes[this.rowEnd - 1]) {
      this.insert(slot);
      if (inRow === ROW) this.placeFirst(this.rowSlots[--this.rowEnd]);
    } else if (this.levels === 0 && inRow < FEW) {
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
      if (this.size > FEW / 2) return this.until < this.notBefore ? NONE : this.takeFromBuckets();
      this.gather();
      if (this.rowStart === this.rowEnd) return NONE;
    }
    return this.takeFromRow();
  }

  timeOf(slot: number): Micros {
    return this.times[slot];
  }
  kindOf(slot: number): number {
    return this.slots[(slot << AT) + KIND];
  }
  firstOf(slot: number): number {
    return this.slots[(slot << AT) + FIRST];
  }
  secondOf(slot: number): number {
    return this.slots[(slot << AT) + SECOND];
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
      this.empty(level, bucket);
      this.sortIntoRow(this.heads[bucket]);
    }
  }

  private takeFromRow(): number {
    if (this.rowTimes[this.rowStart] > this.until) return NONE;
    const slot = this.rowSlots[this.rowStart++];
    this.free(slot);
    return slot;
  }

  /** Whether the slots from `head` on are few enough that sorting them is cheaper than dealing them. */
  private fitsRow(head: number): boolean {
    let count = 0;
    for (let slot = head; slot !== NONE; slot = this.slots[(slot << AT) + NEXT]) {
      if (++count > FEW) return false;
    }
    return true;
  }

  private sortIntoRow(head: number): void {
    for (let slot = head; slot !== NONE; ) {
      const next = this.slots[(slot << AT) + NEXT];
      this.insert(slot);
      slot = next;
    }
  }

  private firstBucket(level: number): number {
    const word = lowestBit(this.words[level]);
    return (level << DIGIT) + (word << 5) + lowestBit(this.occupied[(level << WORDS) + word]);
  }

  private takeFromBuckets(): number {
    while (this.levels !== 0) {
      const level = lowestBit(this.levels);
      const bucket = this.firstBucket(level);
      const slot = this.heads[bucket];
      const next = this.slots[(slot << AT) + NEXT];
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
      if (this.fitsRow(slot)) {
        this.moveTo(this.start);
        this.sortIntoRow(slot);
        return this.takeFromRow();
      }
      const taken = this.deal(slot);
      if (taken !== NONE) return taken;
    }
    return NONE;
  }

  /** First instant of the bucket in which a slot lies. */
  private findStart(slot: number, level: number): void {
    const time = this.times[slot];
    if (level < LOW_LEVELS) {
      this.start = time - (time & ((1 << (level * DIGIT)) - 1));
    } else {
      const high = (time / LOW) | 0;
      this.start = (high - (high & ((1 << ((level - LOW_LEVELS) * DIGIT)) - 1))) * LOW;
    }
  }

  private free(slot: number): void {
    this.slots[(slot << AT) + NEXT] = this.freeSlot;
    this.freeSlot = slot;
    this.size--;
  }

  private moveTo(time: Micros): void {
    this.lowDigits = time & (LOW - 1);
    this.highDigits = (time / LOW) | 0;
  }

  private place(slot: number): void {
    const bucket = this.bucketOf(slot);
    const tail = this.tails[bucket];
    this.slots[(slot << AT) + NEXT] = NONE;
    this.tails[bucket] = slot;
    if (tail !== NONE) {
      this.slots[(tail << AT) + NEXT] = slot;
      return;
    }
    this.heads[bucket] = slot;
    this.occupy(bucket >> DIGIT, bucket);
  }

  /** Puts back what was in the row before all that is not. */
  private placeFirst(slot: number): void {
    if (this.times[slot] < this.notBefore) this.notBefore = this.times[slot];
    const bucket = this.bucketOf(slot);
    if (this.tails[bucket] === NONE) {
      this.tails[bucket] = slot;
      this.slots[(slot << AT) + NEXT] = NONE;
      this.occupy(bucket >> DIGIT, bucket);
    } else {
      this.slots[(slot << AT) + NEXT] = this.heads[bucket];
    }
    this.heads[bucket] = slot;
  }

  private bucketOf(slot: number): number {
    const time = this.times[slot];
    const high = (time / LOW) | 0;
    if (high === this.highDigits) return bucketAt(time & (LOW - 1), this.lowDigits);
    return LOW_LEVELS * BUCKETS + bucketAt(high, this.highDigits);
  }

  private occupy(level: number, bucket: number): void {
    const word = (bucket >> 5) & ((1 << WORDS) - 1);
    this.occupied[(level << WORDS) + word] |= 1 << (bucket & 31);
    this.words[level] |= 1 << word;
    this.levels |= 1 << level;
  }

  private empty(level: number, bucket: number): void {
    this.tails[bucket] = NONE;
    const word = (bucket >> 5) & ((1 << WORDS) - 1);
    const left = this.occupied[(level << WORDS) + word] & ~(1 << (bucket & 31));
    this.occupied[(level << WORDS) + word] = left;
    if (left !== 0) return;
    this.words[level] &= ~(1 << word);
    if (this.words[level] === 0) this.levels &= ~(1 << level);
  }

  /** The clock has come to a bucket: takes its earliest slot if that is due, else NONE, and places the others anew, in order. */
  private deal(head: number): number {
    const { times, slots } = this;
    let earliest = head;
    let least = times[head];
    for (let slot = slots[(head << AT) + NEXT]; slot !== NONE; slot = slots[(slot << AT) + NEXT]) {
      if (times[slot] < least) {
        least = times[slot];
        earliest = slot;
      }
    }
    const due = least <= this.until;
    if (due) this.moveTo(least);
    else this.moveTo(this.start);
    for (let slot = head; slot !== NONE; ) {
      const next = slots[(slot << AT) + NEXT];
      if (slot !== earliest || !due) this.place(slot);
      slot = next;
    }
    if (!due) return NONE;
    this.free(earliest);
    return earliest;
  }

  private fresh(): number {
    if (this.used === this.capacity) this.grow();
    return this.used++;
  }

  private grow(): void {
    this.capacity *= 2;
    this.times = widened(this.times, this.capacity);
    this.slots = widened(this.slots, this.capacity * WIDTH);
  }
}

/** Bucket of three digits by the highest in which they differ from the clock's. */
function bucketAt(digits: number, clock: number): number {
  const differ = digits ^ clock;
  if (differ < BUCKETS) return digits & (BUCKETS - 1);
  if (differ < BUCKETS * BUCKETS) return BUCKETS + ((digits >> DIGIT) & (BUCKETS - 1));
  return 2 * BUCKETS + (digits >> (2 * DIGIT));
}

/** Index of the lowest bit that is set; `bits` is not 0. */
function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
