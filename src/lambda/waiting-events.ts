/**
 * Asynchronous events that wait for an instant of their own, 16 bytes each: the instant (8), the age the event will have
 * then (4, its high bits in the facts), and the facts (4). Those that fall due in the order they came, which is all of them
 * where the wait is fixed, share one pending event; the rest have one each.
 */
import { widened } from '../engine/columns.js';
import type { EventKind, EventLoop } from '../engine/event-loop.js';
import type { Micros } from '../engine/units.js';
import { NONE } from './ids.js';

/** Bits of `facts` that belong to the sender; the others hold the high bits of the age. */
export const FACT_BITS = 23;
const FACTS = (1 << FACT_BITS) - 1;
const LOW = 2 ** 32;
/** Ages from here on, 25 days, have no room in a row of two words. */
const LONGEST: Micros = LOW * 2 ** (32 - FACT_BITS);

/** Hears of each event that is due, and before and after all that are due at once. */
export interface DueEvents {
  beginDue(): void;
  due(receivedAt: Micros, facts: number, level: number): void;
  endDue(): void;
}

class Block {
  readonly dueAt: Float64Array;
  /** Two an event: low bits of the age; facts and high bits. */
  readonly rest: Int32Array;
  first = 0;
  end = 0;
  next: Block | undefined;

  constructor(readonly capacity: number) {
    this.dueAt = new Float64Array(capacity);
    this.rest = new Int32Array(capacity * 2);
  }
}

/** Events handled in one event of the loop: enough to be cheap, few enough for the limit on events to hold. */
const AT_ONCE = 32;

const SMALLEST = 32;
const LARGEST = 32_768;

export class WaitingEvents {
  private head = new Block(SMALLEST);
  private tail = this.head;
  private count = 0;
  private latest: Micros = Number.NEGATIVE_INFINITY;
  private readonly kind: EventKind;
  private readonly strayKind: EventKind;

  /** Events that came out of order, by slot. */
  private strays = 0;
  private free: number = NONE;
  private strayReceivedAt = new Float64Array(0);
  /** Facts of a stray; the next free slot where there is none. */
  private strayFacts = new Int32Array(0);

  constructor(
    private readonly loop: EventLoop,
    name: string,
    /** Handed back with each event. */
    private readonly level: number,
    private readonly owner: DueEvents,
  ) {
    this.kind = loop.define(name, () => this.fire());
    this.strayKind = loop.define(`${name}, out of order`, (slot) => this.fireStray(slot));
  }

  /** `facts` has FACT_BITS bits. */
  add(dueAt: Micros, receivedAt: Micros, facts: number): void {
    const age = dueAt - receivedAt;
    if ((this.count > 0 && dueAt < this.latest) || age >= LONGEST) {
      this.addStray(dueAt, receivedAt, facts);
      return;
    }
    let block = this.tail;
    if (block.end === block.capacity) block = this.extend();
    const at = block.end++;
    block.dueAt[at] = dueAt;
    block.rest[at * 2] = (age % LOW) | 0;
    block.rest[at * 2 + 1] = facts | (Math.floor(age / LOW) << FACT_BITS);
    this.latest = dueAt;
    if (this.count++ === 0) this.loop.at(dueAt, this.kind);
  }

  private fire(): void {
    const { now } = this.loop;
    // What is added meanwhile, even where its wait is 0, and what is more than a handful, waits for another event.
    let due = this.countDue(now);
    this.loop.events += due - 1;
    this.owner.beginDue();
    for (; due > 0; due--) {
      const block = this.head;
      const at = block.first++;
      const dueAt = block.dueAt[at];
      const low = block.rest[at * 2] >>> 0;
      const packed = block.rest[at * 2 + 1];
      this.count--;
      if (block.first === block.end) this.advance(block);
      if (due === 1 && this.count > 0) this.loop.at(this.head.dueAt[this.head.first], this.kind);
      this.owner.due(dueAt - ((packed >>> FACT_BITS) * LOW + low), packed & FACTS, this.level);
    }
    this.owner.endDue();
  }

  private countDue(now: Micros): number {
    let due = 0;
    for (let block: Block | undefined = this.head; block !== undefined; block = block.next) {
      for (let at = block.first; at < block.end; at++) {
        if (block.dueAt[at] > now || due === AT_ONCE) return due;
        due++;
      }
    }
    return due;
  }

  private extend(): Block {
    const block = new Block(Math.min(LARGEST, this.tail.capacity * 2));
    this.tail.next = block;
    this.tail = block;
    return block;
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

  private addStray(dueAt: Micros, receivedAt: Micros, facts: number): void {
    let slot = this.free;
    if (slot !== NONE) this.free = this.strayFacts[slot];
    else {
      slot = this.strays++;
      if (slot === this.strayFacts.length) {
        const capacity = Math.max(16, slot * 2);
        this.strayReceivedAt = widened(this.strayReceivedAt, capacity);
        this.strayFacts = widened(this.strayFacts, capacity);
      }
    }
    this.strayReceivedAt[slot] = receivedAt;
    this.strayFacts[slot] = facts;
    this.loop.at(dueAt, this.strayKind, slot);
  }

  private fireStray(slot: number): void {
    const receivedAt = this.strayReceivedAt[slot];
    const facts = this.strayFacts[slot];
    this.strayFacts[slot] = this.free;
    this.free = slot;
    this.owner.beginDue();
    this.owner.due(receivedAt, facts, this.level);
    this.owner.endDue();
  }
}
