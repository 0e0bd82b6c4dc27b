/**
 * Sequences of instants that are known ahead, merged: the earliest first, at one instant in the order of the feeds. Each
 * keeps a block of its next instants; a heap of feeds by their next instant finds the earliest.
 */
import { InvariantError } from './errors.js';
import type { Micros } from './units.js';

export interface Instants {
  /** Writes the next instants, never falling, into `out` from index 0 and returns how many; 0 at the end. */
  fill(out: Float64Array): number;
}

const FIRST_BLOCK = 16;
const LARGEST_BLOCK = 512;

class Feed {
  next: Micros = 0;
  private block = new Float64Array(FIRST_BLOCK);
  private length = 0;
  private at = 0;

  constructor(
    readonly order: number,
    private readonly instants: Instants,
    readonly handler: () => void,
  ) {
    this.advance();
  }

  /** Moves on to the next instant, Infinity at the end. */
  advance(): void {
    if (this.at === this.length) this.refill();
    const next = this.at < this.length ? this.block[this.at++] : Number.POSITIVE_INFINITY;
    if (!(next >= this.next)) throw new InvariantError(`a feed goes back from ${this.next} to ${next}`);
    this.next = next;
  }

  private refill(): void {
    if (this.length > 0 && this.block.length < LARGEST_BLOCK) this.block = new Float64Array(this.block.length * 2);
    this.length = this.instants.fill(this.block);
    this.at = 0;
  }
}

export class Feeds {
  /** When the earliest is due; Infinity without any. */
  nextAt: Micros = Number.POSITIVE_INFINITY;
  private readonly heap: Feed[] = [];

  add(instants: Instants, handler: () => void): void {
    const feed = new Feed(this.heap.length, instants, handler);
    let child = this.heap.push(feed) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!precedes(feed, this.heap[parent])) break;
      this.heap[child] = this.heap[parent];
      child = parent;
    }
    this.heap[child] = feed;
    this.nextAt = this.heap[0].next;
  }

  /** The handler of the earliest, which moves on to its next instant. */
  take(): () => void {
    const feed = this.heap[0];
    feed.advance();
    if (this.heap.length > 1) this.sink(feed);
    this.nextAt = this.heap[0].next;
    return feed.handler;
  }

  private sink(feed: Feed): void {
    const { heap } = this;
    let parent = 0;
    for (let child = 1; child < heap.length; child = 2 * parent + 1) {
      if (child + 1 < heap.length && precedes(heap[child + 1], heap[child])) child++;
      if (!precedes(heap[child], feed)) break;
      heap[parent] = heap[child];
      parent = child;
    }
    heap[parent] = feed;
  }
}

function precedes(a: Feed, b: Feed): boolean {
  return a.next < b.next || (a.next === b.next && a.order < b.order);
}
