/**
 * Sequences of instants that are known ahead, merged: the earliest first, at one instant in the order of the feeds. Each
 * keeps a block of its next instants; a heap of feeds by their next instant finds the earliest.
 */
import { widened } from './columns.js';
import { InvariantError } from './errors.js';
import type { Micros } from './units.js';

export interface Instants {
  /** Writes the next instants, never falling, into `out` from index 0 and returns how many; 0 at the end. */
  fill(out: Float64Array): number;
}

const FIRST_BLOCK = 16;
const LARGEST_BLOCK = 128;

class Feed {
  private block = new Float64Array(FIRST_BLOCK);
  private length = 0;
  private at = 0;

  constructor(
    private readonly instants: Instants,
    readonly handler: () => void,
  ) {}

  /** The next instant, Infinity at the end. */
  next(): Micros {
    if (this.at === this.length) this.refill();
    return this.at < this.length ? this.block[this.at++] : Number.POSITIVE_INFINITY;
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
  private readonly feeds: Feed[] = [];
  /** The heap: next instants, and whose each is. Columns, because a step down it reads what lies together. */
  private dueAt = new Float64Array(4);
  private owners = new Int32Array(4);

  add(instants: Instants, handler: () => void): void {
    const feed = new Feed(instants, handler);
    const order = this.feeds.push(feed) - 1;
    if (order === this.dueAt.length) this.grow();
    const { dueAt, owners } = this;
    const next = feed.next();
    checkOrder(0, next);
    let child = order;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (dueAt[parent] <= next) break;
      dueAt[child] = dueAt[parent];
      owners[child] = owners[parent];
      child = parent;
    }
    dueAt[child] = next;
    owners[child] = order;
    this.nextAt = dueAt[0];
  }

  /** The handler of the earliest, which moves on to its next instant. */
  take(): () => void {
    const feed = this.feeds[this.owners[0]];
    const next = feed.next();
    if (!(next >= this.nextAt)) checkOrder(this.nextAt, next);
    this.dueAt[0] = next;
    if (this.feeds.length > 1) this.sink();
    this.nextAt = this.dueAt[0];
    return feed.handler;
  }

  /** The first has moved on: it goes down to its place. */
  private sink(): void {
    const { dueAt, owners } = this;
    const count = this.feeds.length;
    const at = dueAt[0];
    const owner = owners[0];
    let parent = 0;
    for (let child = 1; child < count; child = 2 * parent + 1) {
      if (child + 1 < count && precedes(dueAt[child + 1], owners[child + 1], dueAt[child], owners[child])) child++;
      if (!precedes(dueAt[child], owners[child], at, owner)) break;
      dueAt[parent] = dueAt[child];
      owners[parent] = owners[child];
      parent = child;
    }
    dueAt[parent] = at;
    owners[parent] = owner;
  }

  private grow(): void {
    this.dueAt = widened(this.dueAt, this.dueAt.length * 2);
    this.owners = widened(this.owners, this.owners.length * 2);
  }
}

function precedes(at: Micros, order: number, otherAt: Micros, otherOrder: number): boolean {
  return at < otherAt || (at === otherAt && order < otherOrder);
}

function checkOrder(last: Micros, next: Micros): void {
  if (!(next >= last)) throw new InvariantError(`a feed goes back from ${last} to ${next}`);
}
