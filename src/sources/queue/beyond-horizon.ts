/** Messages of a FIFO queue that receives do not reach yet, in the order they came, 16 bytes each. */
import type { Micros } from '../../engine/units.js';

const SIZE = 16_384;

class Block {
  readonly sentAt = new Float64Array(SIZE);
  readonly facts = new Int32Array(SIZE);
  readonly key = new Int32Array(SIZE);
  first = 0;
  end = 0;
  next: Block | undefined;
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
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.head!.sentAt[this.head!.first];
  }

  add(sentAt: Micros, facts: number, key: number): void {
    let block = this.tail;
    if (block === undefined || block.end === SIZE) {
      const next = new Block();
      if (block === undefined) this.head = next;
      else block.next = next;
      block = next;
      this.tail = next;
    }
    const at = block.end++;
    block.sentAt[at] = sentAt;
    block.facts[at] = facts;
    block.key[at] = key;
    this.count++;
  }

  /** Only where `count` is above 0. */
  take(): void {
    const block = this.head!;
    const at = block.first++;
    this.sentAt = block.sentAt[at];
    this.facts = block.facts[at];
    this.key = block.key[at];
    this.count--;
    if (block.first < block.end) return;
    this.head = block.next;
    if (block.next === undefined) this.tail = undefined;
  }
}
