/**
 * The waiting messages of a standard queue, the oldest first, 12 bytes each. Those that come in the order they were sent,
 * which is nearly all, lie in a row of blocks; those that come back later than younger ones lie in a binary heap.
 */
import { widened } from '../../engine/columns.js';
import type { Micros } from '../../engine/units.js';
import { NONE } from '../../lambda/ids.js';
import type { WaitingMessages } from './waiting-messages.js';

class Block {
  readonly sentAt: Float64Array;
  readonly facts: Int32Array;
  first = 0;
  end = 0;
  next: Block | undefined;

  constructor(readonly capacity: number) {
    this.sentAt = new Float64Array(capacity);
    this.facts = new Int32Array(capacity);
  }
}

const SMALLEST = 32;
const LARGEST = 32_768;

export class OldestFirst implements WaitingMessages {
  sentAt: Micros = 0;
  facts = 0;
  readonly place: number = NONE;
  readonly key: number = NONE;
  private head = new Block(SMALLEST);
  private tail = this.head;
  private inRow = 0;
  private latest: Micros = Number.NEGATIVE_INFINITY;

  private heapSentAt = new Float64Array(16);
  private heapFacts = new Int32Array(16);
  private inHeap = 0;

  get count(): number {
    return this.inRow + this.inHeap;
  }

  get isReady(): boolean {
    return this.inRow + this.inHeap > 0;
  }

  get oldestSentAt(): Micros {
    const inRow = this.inRow > 0 ? this.head.sentAt[this.head.first] : Number.POSITIVE_INFINITY;
    return this.inHeap > 0 && this.heapSentAt[0] <= inRow ? this.heapSentAt[0] : inRow;
  }

  add(sentAt: Micros, facts: number): void {
    if (sentAt < this.latest && this.inRow > 0) this.push(sentAt, facts);
    else this.append(sentAt, facts);
  }

  beginReceive(): void {}

  endReceive(): void {}

  take(): boolean {
    if (this.inRow + this.inHeap === 0) return false;
    this.takeOldest();
    return true;
  }

  takeOldest(): void {
    const { head } = this;
    if (this.inHeap > 0 && (this.inRow === 0 || this.heapSentAt[0] <= head.sentAt[head.first])) {
      this.pop();
      return;
    }
    const at = head.first++;
    this.sentAt = head.sentAt[at];
    this.facts = head.facts[at];
    this.inRow--;
    if (head.first === head.end) this.advance(head);
  }

  putBack(sentAt: Micros, facts: number): void {
    this.add(sentAt, facts);
  }

  forget(): void {}

  private append(sentAt: Micros, facts: number): void {
    let block = this.tail;
    if (block.end === block.capacity) {
      block.next = new Block(Math.min(LARGEST, block.capacity * 2));
      block = block.next;
      this.tail = block;
    }
    const at = block.end++;
    block.sentAt[at] = sentAt;
    block.facts[at] = facts;
    this.latest = sentAt;
    this.inRow++;
  }

  /** The first block has been emptied: the next takes its place, or it begins again. */
  private advance(block: Block): void {
    if (block.next !== undefined) {
      this.head = block.next;
    } else {
      block.first = 0;
      block.end = 0;
    }
  }

  private push(sentAt: Micros, facts: number): void {
    if (this.inHeap === this.heapFacts.length) {
      this.heapSentAt = widened(this.heapSentAt, this.inHeap * 2);
      this.heapFacts = widened(this.heapFacts, this.inHeap * 2);
    }
    const { heapSentAt, heapFacts } = this;
    let at = this.inHeap++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heapSentAt[parent] <= sentAt) break;
      heapSentAt[at] = heapSentAt[parent];
      heapFacts[at] = heapFacts[parent];
      at = parent;
    }
    heapSentAt[at] = sentAt;
    heapFacts[at] = facts;
  }

  private pop(): void {
    const { heapSentAt, heapFacts } = this;
    this.sentAt = heapSentAt[0];
    this.facts = heapFacts[0];
    const count = --this.inHeap;
    const sentAt = heapSentAt[count];
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && heapSentAt[child + 1] < heapSentAt[child]) child++;
      if (heapSentAt[child] >= sentAt) break;
      heapSentAt[at] = heapSentAt[child];
      heapFacts[at] = heapFacts[child];
      at = child;
    }
    heapSentAt[at] = sentAt;
    heapFacts[at] = heapFacts[count];
  }
}
