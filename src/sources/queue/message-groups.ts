/**
 * The messages of a FIFO queue. Within a group they are received in order, and while one is in flight the others wait. Groups
 * are looked for among the first messages only: these are rows in two linked lists, of their group and of all in the order
 * they came; the others lie in a row of blocks, 16 bytes each, until messages before them are gone.
 *
 *     group   in flight ── in flight ── next ── ...        a message that was taken stays in its place, so that one
 *                                                          that comes back is the first of its group again
 */
import { widened } from '../../engine/columns.js';
import type { Micros } from '../../engine/units.js';
import { NONE } from '../../lambda/ids.js';
import { fifoMessageGroups } from '../../rules/fifo-message-groups.js';
import type { Rulebook } from '../../rules/rulebook.js';
import { BeyondHorizon } from './beyond-horizon.js';
import type { WaitingMessages } from './waiting-messages.js';

export class MessageGroups implements WaitingMessages {
  sentAt: Micros = 0;
  facts = 0;
  place: number = NONE;
  key: number = NONE;
  private readonly mixed: boolean;
  private readonly horizon: number;
  private readonly beyond = new BeyondHorizon();

  /** Rows of the first messages. */
  private rowSentAt = new Float64Array(16);
  private rowFacts = new Int32Array(16);
  private groupOf = new Int32Array(16);
  private nextOfGroup = new Int32Array(16);
  private before = new Int32Array(16);
  /** The message that came after it; of a free row the next that is free. */
  private after = new Int32Array(16);
  private taken = new Uint8Array(16);
  private first: number = NONE;
  private last: number = NONE;
  private freeRow: number = NONE;
  private usedRows = 0;
  private rows = 0;
  private inFlight = 0;

  /** Groups that have messages among the rows. */
  private groupFirst = new Int32Array(16);
  private groupLast = new Int32Array(16);
  private groupInFlight = new Int32Array(16);
  private groupKey = new Int32Array(16);
  /** The group after it among those that are free; of a group that is not used the next that is not. */
  private nextFree = new Int32Array(16);
  private isFree = new Uint8Array(16);
  private freeFirst: number = NONE;
  private freeLast: number = NONE;
  private unusedGroup: number = NONE;
  private usedGroups = 0;
  /** By key: its group, counted from 1; 0 where it has none. */
  private groupOfKey = new Int32Array(16);

  /** The group that the receive under way takes from. */
  private cursor: number = NONE;
  private cursorRow: number = NONE;
  private hasGroup = false;

  constructor(rules: Rulebook) {
    const { mixed, horizon } = rules.value(fifoMessageGroups);
    this.mixed = mixed;
    this.horizon = horizon;
  }

  get count(): number {
    return this.rows - this.inFlight + this.beyond.count;
  }

  get isReady(): boolean {
    return this.freeFirst !== NONE;
  }

  get oldestSentAt(): Micros {
    const row = this.oldestRow();
    return row !== NONE ? this.rowSentAt[row] : this.beyond.oldestSentAt;
  }

  add(sentAt: Micros, facts: number, key: number): void {
    if (this.rows >= this.horizon || this.beyond.count > 0) this.beyond.add(sentAt, facts, key);
    else this.enter(sentAt, facts, key);
  }

  beginReceive(): void {
    this.cursor = NONE;
    this.cursorRow = NONE;
    this.hasGroup = false;
  }

  endReceive(): void {
    const { cursor } = this;
    this.beginReceive();
    // All that was taken of it did not stay in flight.
    if (cursor !== NONE && this.groupFirst[cursor] !== NONE && this.groupInFlight[cursor] === 0) this.linkFree(cursor);
  }

  take(): boolean {
    if (this.cursorRow === NONE) {
      if (this.freeFirst === NONE || (this.hasGroup && !this.mixed)) return false;
      this.cursor = this.freeFirst;
      this.unlinkFree(NONE, this.cursor);
      this.cursorRow = this.groupFirst[this.cursor];
      this.hasGroup = true;
    }
    const row = this.cursorRow;
    this.cursorRow = this.nextOfGroup[row];
    this.taken[row] = 1;
    this.inFlight++;
    this.groupInFlight[this.cursor]++;
    this.sentAt = this.rowSentAt[row];
    this.facts = this.rowFacts[row];
    this.place = row;
    this.key = this.groupKey[this.cursor];
    return true;
  }

  takeOldest(): void {
    const row = this.oldestRow();
    if (row === NONE) {
      this.beyond.take();
      this.sentAt = this.beyond.sentAt;
      this.facts = this.beyond.facts;
      this.key = this.beyond.key;
      return;
    }
    this.sentAt = this.rowSentAt[row];
    this.facts = this.rowFacts[row];
    this.key = this.groupKey[this.groupOf[row]];
    this.remove(row);
    this.refill();
  }

  putBack(_sentAt: Micros, facts: number, row: number): void {
    this.rowFacts[row] = facts;
    this.taken[row] = 0;
    this.inFlight--;
    this.release(this.groupOf[row]);
  }

  forget(row: number): void {
    const group = this.groupOf[row];
    this.inFlight--;
    this.taken[row] = 0;
    this.remove(row);
    this.release(group);
    this.refill();
  }

  /** One message less of the group is in flight. */
  private release(group: number): void {
    if (--this.groupInFlight[group] > 0) return;
    if (this.groupFirst[group] === NONE) this.closeGroup(group);
    else if (this.cursor !== group || this.cursorRow === NONE) this.linkFree(group);
  }

  private oldestRow(): number {
    let row = this.first;
    while (row !== NONE && this.taken[row] === 1) row = this.after[row];
    return row;
  }

  /** Messages from beyond the horizon take the places of those that are gone. */
  private refill(): void {
    while (this.rows < this.horizon && this.beyond.count > 0) {
      this.beyond.take();
      this.enter(this.beyond.sentAt, this.beyond.facts, this.beyond.key);
    }
  }

  private enter(sentAt: Micros, facts: number, key: number): void {
    const row = this.openRow();
    const group = this.groupFor(key);
    this.rowSentAt[row] = sentAt;
    this.rowFacts[row] = facts;
    this.groupOf[row] = group;
    this.nextOfGroup[row] = NONE;
    this.before[row] = this.last;
    this.after[row] = NONE;
    if (this.last === NONE) this.first = row;
    else this.after[this.last] = row;
    this.last = row;
    this.rows++;
    if (this.groupFirst[group] === NONE) {
      this.groupFirst[group] = row;
      if (this.groupInFlight[group] === 0) this.linkFree(group);
    } else this.nextOfGroup[this.groupLast[group]] = row;
    this.groupLast[group] = row;
  }

  /** Takes a row out of both lists. It is among the first of its group, so the search is short. */
  private remove(row: number): void {
    const group = this.groupOf[row];
    let previous: number = NONE;
    for (let one = this.groupFirst[group]; one !== row; one = this.nextOfGroup[one]) previous = one;
    const next = this.nextOfGroup[row];
    if (previous === NONE) this.groupFirst[group] = next;
    else this.nextOfGroup[previous] = next;
    if (next === NONE) this.groupLast[group] = previous;

    const before = this.before[row];
    const after = this.after[row];
    if (before === NONE) this.first = after;
    else this.after[before] = after;
    if (after === NONE) this.last = before;
    else this.before[after] = before;
    this.after[row] = this.freeRow;
    this.freeRow = row;
    this.rows--;
    if (this.groupFirst[group] === NONE && this.groupInFlight[group] === 0 && this.isFree[group] === 1) {
      this.unlinkFree(this.freeBefore(group), group);
      this.closeGroup(group);
    }
  }

  private groupFor(key: number): number {
    if (key !== NONE) {
      if (key >= this.groupOfKey.length)
        this.groupOfKey = widened(this.groupOfKey, Math.max(key + 1, this.groupOfKey.length * 2));
      const known = this.groupOfKey[key] - 1;
      if (known !== NONE) return known;
    }
    let group = this.unusedGroup;
    if (group !== NONE) this.unusedGroup = this.nextFree[group];
    else {
      if (this.usedGroups === this.groupFirst.length) this.growGroups();
      group = this.usedGroups++;
    }
    this.groupFirst[group] = NONE;
    this.groupLast[group] = NONE;
    this.groupInFlight[group] = 0;
    this.groupKey[group] = key;
    this.isFree[group] = 0;
    if (key !== NONE) this.groupOfKey[key] = group + 1;
    return group;
  }

  private closeGroup(group: number): void {
    if (this.groupKey[group] !== NONE) this.groupOfKey[this.groupKey[group]] = 0;
    this.nextFree[group] = this.unusedGroup;
    this.unusedGroup = group;
  }

  private linkFree(group: number): void {
    if (this.isFree[group] === 1) return;
    this.isFree[group] = 1;
    this.nextFree[group] = NONE;
    if (this.freeLast === NONE) this.freeFirst = group;
    else this.nextFree[this.freeLast] = group;
    this.freeLast = group;
  }

  private unlinkFree(previous: number, group: number): void {
    const next = this.nextFree[group];
    if (previous === NONE) this.freeFirst = next;
    else this.nextFree[previous] = next;
    if (next === NONE) this.freeLast = previous;
    this.isFree[group] = 0;
  }

  /** Only where a message expires or is redriven out of a free group. */
  private freeBefore(group: number): number {
    let previous: number = NONE;
    for (let one = this.freeFirst; one !== group; one = this.nextFree[one]) previous = one;
    return previous;
  }

  private openRow(): number {
    const row = this.freeRow;
    if (row !== NONE) {
      this.freeRow = this.after[row];
      return row;
    }
    if (this.usedRows === this.rowFacts.length) this.growRows();
    return this.usedRows++;
  }

  private growRows(): void {
    const capacity = this.usedRows * 2;
    this.rowSentAt = widened(this.rowSentAt, capacity);
    this.rowFacts = widened(this.rowFacts, capacity);
    this.groupOf = widened(this.groupOf, capacity);
    this.nextOfGroup = widened(this.nextOfGroup, capacity);
    this.before = widened(this.before, capacity);
    this.after = widened(this.after, capacity);
    this.taken = widened(this.taken, capacity);
  }

  private growGroups(): void {
    const capacity = this.usedGroups * 2;
    this.groupFirst = widened(this.groupFirst, capacity);
    this.groupLast = widened(this.groupLast, capacity);
    this.groupInFlight = widened(this.groupInFlight, capacity);
    this.groupKey = widened(this.groupKey, capacity);
    this.nextFree = widened(this.nextFree, capacity);
    this.isFree = widened(this.isFree, capacity);
  }
}
