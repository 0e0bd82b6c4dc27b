/**
 * Messages of a FIFO queue that receives do not reach yet, in the order they came, 12 bytes each. The instant at which one
 * was sent is kept from that of the first of its block, and a block holds what came within the 71 minutes that fit.
 */
import type { Micros } from '../../engine/units.js';

const SIZE = 16_384;
const LONGEST: Micros = 2 ** 32 - 1;

class Block {
  readonly sinceFirst = new Uint32Array(SIZE);
  readonly facts = new Int32Array(SIZE);
  readonly key = new Int32Array(SIZE);
  first = 0;
  end = 0;
  next: Block | undefined;

  constructor(readonly firstSentAt: Micros) {}

  sentAt(at: number): Micros {
    return this.firstSentAt + this.sinceFirst[at];
  }
}

export class BeyondHorizon {
  count = 0;
  /** Of the message last taken. */
  sentAt: Micros = 0;
  facts = 0;
  key = 0;
  private head: Block | undefined;
  private tail: Block | undefined;

  get oldestSentAt(): Micros {
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.head!.sentAt(this.head!.first);
  }

  /** Messages come in the order in which they were sent. */
  add(sentAt: Micros, facts: number, key: number): void {
    let block = this.tail;
    if (block === undefined || block.end === SIZE || sentAt - block.firstSentAt > LONGEST) {
      const next = new Block(sentAt);
      if (block === undefined) this.head = next;
      else block.next = next;
      block = next;
      this.tail = next;
    }
    const at = block.end++;
    block.sinceFirst[at] = sentAt - block.firstSentAt;
    block.facts[at] = facts;
    block.key[at] = key;
    this.count++;
  }

  /** Only where `count` is above 0. */
  take(): void {
    const block = this.head!;
    const at = block.first++;
    this.sentAt = block.sentAt(at);
    this.facts = block.facts[at];
    this.key = block.key[at];
    this.count--;
    if (block.first < block.end) return;
    this.head = block.next;
    if (block.next === undefined) this.tail = undefined;
  }
}
