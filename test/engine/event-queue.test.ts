import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../src/engine/event-queue.js';
import { randomStreams } from '../../src/engine/random-streams.js';

interface Entry {
  readonly time: number;
  readonly order: number;
}

/** What the queue must do, done slowly: a list kept in order of time, ties in the order they came. */
class SortedReference {
  private readonly entries: Entry[] = [];
  add(entry: Entry): void {
    let at = this.entries.length;
    while (at > 0 && this.entries[at - 1]!.time > entry.time) at--;
    this.entries.splice(at, 0, entry);
  }
  takeDue(until: number): Entry | undefined {
    return this.entries.length > 0 && this.entries[0]!.time <= until ? this.entries.shift() : undefined;
  }
  get length(): number {
    return this.entries.length;
  }
}

function add(queue: EventQueue, time: number, kind: number, a: number, b: number): void {
  queue.time = time;
  queue.add(kind, a, b);
}

function take(
  queue: EventQueue,
  until = Number.MAX_SAFE_INTEGER,
): [time: number, kind: number, a: number, b: number] | undefined {
  queue.until = until;
  const slot = queue.takeDue();
  return slot < 0 ? undefined : [queue.timeOf(slot), queue.kindOf(slot), queue.firstOf(slot), queue.secondOf(slot)];
}

describe('the event queue', () => {
  // Spans from ties at every step to times that differ in the highest digit.
  it.each([0, 1, 3, 300, 70_000, 2 ** 24 + 1, 2 ** 33, 2 ** 47])(
    'agrees with a sorted list over 30,000 random operations that look up to %d us ahead',
    (span) => {
      const random = randomStreams(7).named(`span ${span}`);
      const below = (n: number) => Math.floor(random.uniform() * n);
      const queue = new EventQueue();
      const reference = new SortedReference();
      let now = 0;
      for (let order = 0; order < 30_000; order++) {
        // Waves: it fills up to a few hundred, then drains, so that slots are used again.
        const adds =
          reference.length < 5 || (reference.length < 300 && below(100) < ((order >> 10) % 2 === 0 ? 60 : 40));
        if (adds) {
          const time = now + below(span + 1);
          add(queue, time, order % 7, order, -order);
          reference.add({ time, order });
        } else {
          const until = below(10) === 0 ? now + below(span + 1) : Number.MAX_SAFE_INTEGER;
          const expected = reference.takeDue(until);
          const taken = take(queue, until);
          expect(taken).toEqual(
            expected && [
              expected.time,
              expected.order % 7,
              expected.order,
              expected.order === 0 ? -0 + 0 : -expected.order,
            ],
          );
          // The clock moves to what was taken, or on to where nothing was due.
          if (expected !== undefined) now = expected.time;
          else if (until < Number.MAX_SAFE_INTEGER) now = until;
        }
        if (queue.length !== reference.length)
          throw new Error(`seed 7, span ${span}, operation ${order}: the lengths differ`);
      }
    },
  );

  it('hands out events of one instant in the order they were added, also when they were added at different times', () => {
    const queue = new EventQueue();
    add(queue, 1_000_000, 0, 1, 0);
    add(queue, 10, 0, 99, 0);
    add(queue, 1_000_000, 0, 2, 0);
    expect(take(queue)?.[2]).toBe(99);
    add(queue, 1_000_000, 0, 3, 0);
    add(queue, 999_999, 0, 98, 0);
    expect(take(queue)?.[2]).toBe(98);
    add(queue, 1_000_000, 0, 4, 0);
    expect([take(queue), take(queue), take(queue), take(queue), take(queue)].map((event) => event?.[2])).toEqual([
      1,
      2,
      3,
      4,
      undefined,
    ]);
  });

  it('keeps times up to 2^53 - 1 exact', () => {
    const last = Number.MAX_SAFE_INTEGER;
    const times = [last, last - 1, 2 ** 52, 2 ** 52 - 1, 2 ** 32, 2 ** 32 - 1, 2 ** 31, 2 ** 31 - 1, 0];
    const queue = new EventQueue();
    for (const time of times) add(queue, time, 0, 0, 0);
    expect(times.map(() => take(queue)?.[0])).toEqual([...times].reverse());
    expect(take(queue)).toBeUndefined();
  });

  it('leaves what is due later where it is, and takes what comes before it afterwards', () => {
    const queue = new EventQueue();
    add(queue, 500, 1, 0, 0);
    add(queue, 700, 2, 0, 0);
    expect(take(queue, 499)).toBeUndefined();
    add(queue, 400, 3, 0, 0);
    expect([take(queue, 499)?.[1], take(queue, 500)?.[1], take(queue, 699), queue.length]).toEqual([
      3,
      1,
      undefined,
      1,
    ]);
  });

  it('keeps both payloads whole from the smallest to the largest 32-bit integer', () => {
    const queue = new EventQueue();
    add(queue, 1, 3, -(2 ** 31), 2 ** 31 - 1);
    expect(take(queue)).toEqual([1, 3, -(2 ** 31), 2 ** 31 - 1]);
  });

  it('uses freed slots again: a million events that pass through add no bytes', () => {
    const queue = new EventQueue();
    for (let i = 0; i < 50; i++) add(queue, i, 0, 0, 0);
    const before = queue.bytes;
    for (let i = 50; i < 1_000_000; i++) {
      take(queue);
      add(queue, i, 0, 0, 0);
    }
    expect([queue.bytes, queue.length]).toEqual([before, 50]);
  });

  it('holds a pending event in less than 40 bytes, at its fullest and just after it grew', () => {
    const bytesEach = (count: number): number => {
      const queue = new EventQueue();
      for (let i = 0; i < count; i++) add(queue, i * 7919, 0, 0, 0);
      return queue.bytes / count;
    };
    expect(bytesEach(2 ** 20)).toBeLessThan(40);
    // A column that doubles is half empty in the worst case: twice the width, and no more.
    expect(bytesEach(2 ** 20 + 1)).toBeLessThan(50);
  });
});
