/** The batches of the pollers of a mapping: what their messages are, which of them fail, and what is left when one is over. */
import { NONE } from '../../lambda/ids.js';
import type { RecordChances } from '../mapping/record-chances.js';
import { FAILED, hopsOf, JUDGED, POISON, TRIED } from './message.js';
import type { PollerTable } from './poller-table.js';
import type { Queue } from './queue.js';
import type { Receives } from './receives.js';

export class Batches {
  constructor(
    private readonly pollers: PollerTable,
    private readonly receives: Receives,
    private readonly chances: RecordChances,
    /** Whether its function has poison messages. */
    private readonly hasPoison: boolean,
    /** A FIFO function stops at the first failure and reports all that follow. */
    private readonly stopsAtFailure: boolean,
  ) {}

  /** What a receive returned joins the batch of the poller, or begins it. */
  add(poller: number, receive: number): void {
    const { pollers, receives } = this;
    receives.owner[receive] = poller;
    if (pollers.records[poller] === 0) pollers.firstReceive[poller] = receive;
    else receives.nextOfBatch[pollers.lastReceive[poller]] = receive;
    pollers.lastReceive[poller] = receive;
    pollers.records[poller] += receives.size[receive];
  }

  /** Whether a record of the batch fails on this try; those that do are marked. */
  judge(poller: number): boolean {
    const { receives, chances, hasPoison } = this;
    let failed = false;
    for (let receive = this.pollers.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive]) {
      const from = receive * receives.width;
      for (let at = from; at < from + receives.size[receive]; at++) {
        let facts = receives.facts[at];
        if (hasPoison && (facts & JUDGED) === 0) facts |= chances.isPoison() ? JUDGED | POISON : JUDGED;
        const fails = chances.fails() || (hasPoison && (facts & POISON) !== 0);
        if (fails) failed = true;
        if (fails || (failed && this.stopsAtFailure)) facts |= FAILED;
        receives.facts[at] = facts;
      }
    }
    return failed;
  }

  /** The most hops of its messages. */
  hopsIn(poller: number): number {
    const { receives } = this;
    let most = 0;
    for (let receive = this.pollers.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive]) {
      const from = receive * receives.width;
      for (let at = from; at < from + receives.size[receive]; at++) most = Math.max(most, hopsOf(receives.facts[at]));
    }
    return most;
  }

  markTried(poller: number): void {
    const { receives } = this;
    for (let receive = this.pollers.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive]) {
      const from = receive * receives.width;
      for (let at = from; at < from + receives.size[receive]; at++) receives.facts[at] |= TRIED;
    }
  }

  /** The receive leaves the batch that works on it still. */
  detach(poller: number, receive: number): void {
    const { receives } = this;
    let previous: number = NONE;
    for (let one = this.pollers.firstReceive[poller]; one !== receive; one = receives.nextOfBatch[one]) previous = one;
    const next = receives.nextOfBatch[receive];
    if (previous === NONE) this.pollers.firstReceive[poller] = next;
    else receives.nextOfBatch[previous] = next;
    if (next === NONE) this.pollers.lastReceive[poller] = previous;
    this.pollers.late[poller] += receives.size[receive];
  }

  /** The batch is over for its poller; its receives, whichever are left, wait for their own time. */
  letGo(poller: number): void {
    const { receives } = this;
    for (let receive = this.pollers.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive])
      receives.owner[receive] = NONE;
    this.pollers.firstReceive[poller] = NONE;
    this.pollers.records[poller] = 0;
    this.pollers.bytes[poller] = 0;
  }

  /** Deletes the messages of a receive that did not fail, and moves the others together. */
  deleteFrom(receive: number, queue: Queue): number {
    const { receives } = this;
    const { sentAt, facts, place } = receives;
    const from = receive * receives.width;
    const end = from + receives.size[receive];
    let kept = from;
    for (let at = from; at < end; at++) {
      if ((facts[at] & FAILED) === 0) {
        queue.delete(sentAt[at], facts[at], place[at]);
        continue;
      }
      sentAt[kept] = sentAt[at];
      facts[kept] = facts[at];
      place[kept++] = place[at];
    }
    receives.size[receive] = kept - from;
    return end - kept;
  }
}
