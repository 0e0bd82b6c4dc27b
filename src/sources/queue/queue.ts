/**
 * One queue: what was sent to it and has not left it. Messages wait in a store of their own order, or are in flight with one
 * of its readers; a message leaves by being deleted, by its age, to the dead-letter queue, or by a redrive.
 */
import type { Stream } from '../../engine/random-streams.js';
import { type Bytes, KB, MINUTE, type Micros } from '../../engine/units.js';
import { NONE, type ResourceId } from '../../lambda/ids.js';
import { TokenBucket } from '../../lambda/token-bucket.js';
import type { World } from '../../lambda/world.js';
import { messageLimits } from '../../rules/message-limits.js';
import { messagingCharge, partsOf } from '../../rules/messaging-charge.js';
import { sqsFifoThroughput } from '../../rules/sqs-fifo-throughput.js';
import { sqsQueueLimits } from '../../rules/sqs-queue-limits.js';
import { FIGURES, type Figure } from '../../scenario/resource-figures.js';
import type { QueueSettings } from '../../scenario/types.js';
import type { RunningResource } from '../resource.js';
import { COPY, FAILED, hopsOf, JUDGED, MessageSizes, POISON, received, receivesOf, TRIED } from './message.js';
import { MessageGroups } from './message-groups.js';
import { OldestFirst } from './oldest-first.js';
import { Redrive } from './redrive.js';
import type { WaitingMessages } from './waiting-messages.js';

const figures = FIGURES.queues;

/** Of a message of the initial backlog: the default of traffic. */
const BACKLOG_PAYLOAD: Bytes = 1 * KB;

/** Reads the queue: a mapping. */
export interface QueueReader {
  /** A message is visible; whether the reader took one. */
  takeVisible(): boolean;
  start(): void;
  /** When the oldest message it has in flight was sent; Infinity where it has none. */
  readonly oldestSentAt: Micros;
}

export class Queue implements RunningResource {
  readonly resource: ResourceId;
  readonly sizes = new MessageSizes();
  readonly waiting: WaitingMessages;
  private readonly readers: QueueReader[] = [];
  /** The reader that is offered the next message first. */
  private turn = 0;
  private readonly limit: Bytes;
  private readonly part: Bytes;
  private readonly inFlightLimit: number;
  /** Of calls that send, of a FIFO queue. */
  private readonly quota: TokenBucket | undefined;
  private readonly duplicates: Stream;
  private readonly redrives: readonly Redrive[];
  private deadLetters: Queue | undefined;
  /** Instant and facts of each copy that the receive under way has made: it can be received after it. */
  private readonly copied: number[] = [];
  /** Copies among those that wait, which are no messages of their own. */
  private copies = 0;
  private inFlight = 0;
  /** Deleted and not stated yet. */
  private deleted = 0;
  private oldestDeleted = Number.POSITIVE_INFINITY;
  private pollers = 0;
  private readonly expiry: number;
  /** When the oldest message that waits will be gone, as far as a timer is armed for it. */
  private expiresAt: Micros = Number.POSITIVE_INFINITY;

  constructor(
    readonly settings: QueueSettings,
    private readonly world: World,
  ) {
    const { id, type } = settings;
    const { loop, rules, streams } = world;
    this.resource = world.resource('queues', id);
    this.waiting = type === 'fifo' ? new MessageGroups(rules) : new OldestFirst();
    this.limit = rules.value(messageLimits).queue;
    this.part = rules.value(messagingCharge).part;
    const limits = rules.value(sqsQueueLimits);
    this.inFlightLimit = type === 'fifo' ? limits.inFlightFifo : limits.inFlight;
    const calls = type === 'fifo' ? rules.value(sqsFifoThroughput).calls : undefined;
    this.quota = calls === undefined ? undefined : new TokenBucket(loop, calls, calls);
    this.duplicates = streams.named(`queues.${id}/duplicates`);
    this.redrives = settings.redrive.map(
      (one, index) => new Redrive(this, one, `queues.${id}/redrive ${index}`, world),
    );
    this.expiry = loop.define(`queues.${id}/retention`, () => {
      this.expiresAt = Number.POSITIVE_INFINITY;
      this.expire();
      this.armExpiry(this.waiting.oldestSentAt);
    });
  }

  addReader(reader: QueueReader): void {
    this.readers.push(reader);
  }

  connect(): void {
    const { deadLetterQueue } = this.settings;
    if (deadLetterQueue !== undefined) this.deadLetters = this.world.targets.named(deadLetterQueue) as Queue;
    for (const redrive of this.redrives) redrive.connect();
  }

  start(): void {
    const { loop, scenario } = this.world;
    const { id, backlog } = this.settings;
    for (const redrive of this.redrives) redrive.start();
    if (backlog > 0) this.addBacklog(backlog);
    for (const reader of this.readers) reader.start();
    // CloudWatch gets the age of the oldest message once a minute: here as it is when the minute ends.
    const { duration } = scenario.run;
    const look = loop.define(`queues.${id}/age`, (minute) => {
      this.stateAge();
      const next = (minute + 1) * MINUTE - 1;
      if (next < duration) loop.at(next, look, minute + 1);
      else if (loop.now < duration) loop.at(duration, look, minute + 1);
    });
    loop.at(Math.min(MINUTE - 1, duration), look, 1);
  }

  receive(payload: Bytes, key: number, hops: number): boolean {
    if (payload > this.limit) return false;
    this.count(figures.requests, partsOf(this.part, payload));
    if (this.quota !== undefined) this.useQuota(this.quota);
    this.enter(this.world.loop.now, this.sizes.newMessage(payload, hops), key);
    return true;
  }

  /** Nothing is refused: with high throughput a queue takes more. */
  private useQuota(quota: TokenBucket): void {
    if (quota.has()) quota.take();
    else this.count(figures.aboveQuota, 1);
  }

  /** A message of another queue, with what is known of it. */
  takeOver(sentAt: Micros, facts: number, payload: Bytes, key: number): void {
    const known = facts & (JUDGED | POISON);
    this.enter(sentAt, this.sizes.newMessage(payload, hopsOf(facts)) | known, key);
  }

  private enter(sentAt: Micros, facts: number, key: number): void {
    this.waiting.add(sentAt, facts, key);
    this.count(figures.sent, 1);
    this.stateVisible();
    this.armExpiry(sentAt);
    this.offerRest();
  }

  /** Sent at time 0, in one go. */
  private addBacklog(count: number): void {
    const { waiting, sizes, world } = this;
    const facts = sizes.newMessage(BACKLOG_PAYLOAD);
    for (let i = 0; i < count; i++) waiting.add(world.loop.now, facts, NONE);
    this.count(figures.sent, count);
    this.count(figures.requests, count * partsOf(this.part, BACKLOG_PAYLOAD));
    this.stateVisible();
    this.armExpiry(world.loop.now);
  }

  /** Whether a receive would get something now. */
  get isReady(): boolean {
    return this.inFlight < this.inFlightLimit && this.waiting.isReady;
  }

  get visible(): number {
    return this.waiting.count - this.copies;
  }

  /** Offers what is visible to the readers in turn, until none wants more. */
  private offer(): void {
    const { readers } = this;
    let refused = 0;
    while (this.isReady && refused < readers.length) {
      const reader = readers[this.turn]!;
      this.turn = (this.turn + 1) % readers.length;
      refused = reader.takeVisible() ? 0 : refused + 1;
    }
  }

  beginReceive(): void {
    this.waiting.beginReceive();
  }

  /**
   * The next message of a receive, in `sentAt`, `facts` and `place` of `waiting`: it is in flight from now on. Those that were
   * received as often as they may be go to the dead-letter queue instead.
   */
  take(): boolean {
    const { waiting, settings } = this;
    while (this.inFlight < this.inFlightLimit && waiting.take()) {
      const { facts } = waiting;
      if (settings.maxReceiveCount !== undefined && receivesOf(facts) >= settings.maxReceiveCount) {
        this.deadLetter(waiting.sentAt, facts, waiting.place);
        continue;
      }
      if ((facts & COPY) !== 0) this.copies--;
      else {
        this.inFlight++;
        if (settings.duplicateRate > 0 && receivesOf(facts) === 0) this.maybeCopy(waiting.sentAt, facts);
      }
      return true;
    }
    return false;
  }

  /** The receive is over: what it has changed is stated once. */
  endReceive(messages: number, bytes: Bytes): void {
    this.waiting.endReceive();
    for (let at = 0; at < this.copied.length; at += 2) {
      this.copies++;
      this.waiting.add(this.copied[at]!, this.copied[at + 1]!, NONE);
    }
    this.copied.length = 0;
    // A poll that has found dead letters only goes on, and is counted when it ends.
    if (messages > 0) {
      this.count(figures.received, messages);
      this.count(figures.requests, Math.max(1, Math.ceil(bytes / this.part)));
    }
    this.stateVisible();
    this.stateInFlight();
  }

  emptyReceive(): void {
    this.count(figures.emptyReceives, 1);
    this.count(figures.requests, 1);
  }

  /** A message in flight was processed, or did not pass the filter. `finishDelete` states what was deleted together. */
  delete(sentAt: Micros, facts: number, place: number): void {
    this.waiting.forget(place);
    if ((facts & COPY) !== 0) return;
    this.inFlight--;
    this.deleted++;
    if (sentAt < this.oldestDeleted) this.oldestDeleted = sentAt;
    this.world.recorder.took(this.resource, figures.delay, this.world.loop.now - sentAt, sentAt);
  }

  /** What was deleted since the last call is stated, with the requests that it took. */
  finishDelete(requests: number): void {
    const { now } = this.world.loop;
    this.count(figures.requests, requests);
    if (this.deleted > 0) {
      this.count(figures.deleted, this.deleted);
      this.world.recorder.took(this.resource, figures.age, now - this.oldestDeleted, now);
      this.deleted = 0;
      this.oldestDeleted = Number.POSITIVE_INFINITY;
    }
    this.stateInFlight();
  }

  /** Room was made: groups that are free again, or below the limit of messages in flight. */
  offerRest(): void {
    if (this.isReady) this.offer();
  }

  /** A message that was just taken did not fit: it stays where it was. */
  leave(sentAt: Micros, facts: number, place: number): void {
    if ((facts & COPY) !== 0) this.copies++;
    else this.inFlight--;
    this.waiting.putBack(sentAt, facts, place);
  }

  /** Messages in flight are visible again, the first `count` from `from` on. */
  putBack(sentAt: Float64Array, facts: Int32Array, place: Int32Array, from: number, count: number): void {
    const { inFlight } = this;
    for (let at = from; at < from + count; at++) {
      const again = received(facts[at] & ~FAILED);
      if ((again & COPY) !== 0) this.copies++;
      else this.inFlight--;
      this.waiting.putBack(sentAt[at], again, place[at]);
    }
    this.count(figures.cameBack, inFlight - this.inFlight);
    // Its time may have passed while it was in flight.
    if (this.waiting.oldestSentAt + this.settings.retention <= this.world.loop.now) this.expire();
    this.armExpiry(this.waiting.oldestSentAt);
    this.stateVisible();
    this.stateInFlight();
    this.offerRest();
  }

  /** A message in flight was processed although it has become visible again: somebody will get it once more. */
  countDuplicates(count: number): void {
    this.count(figures.duplicates, count);
  }

  /** Goes to the dead-letter queue before its time, or away where there is none. */
  drop(sentAt: Micros, facts: number, place: number): void {
    if ((facts & COPY) !== 0) {
      this.waiting.forget(place);
      return;
    }
    this.inFlight--;
    if (this.deadLetters !== undefined) this.deadLetter(sentAt, facts, place);
    else {
      this.waiting.forget(place);
      this.count(figures.deleted, 1);
    }
  }

  /** The oldest message leaves for `to`, as a new one; false where none is visible. */
  redriveOldest(to: Queue, requests: number): boolean {
    const { waiting } = this;
    if (waiting.count === 0) return false;
    waiting.takeOldest();
    const { facts, key } = waiting;
    if ((facts & COPY) !== 0) {
      this.copies--;
      return true;
    }
    const payload = this.sizes.of(facts);
    this.count(figures.redriven, 1);
    this.count(figures.requests, requests);
    this.stateVisible();
    to.takeBack(facts, payload, key);
    return true;
  }

  private takeBack(facts: number, payload: Bytes, key: number): void {
    this.count(figures.requests, partsOf(this.part, payload));
    this.takeOver(this.world.loop.now, facts, payload, key);
  }

  /** The pollers of a reader have become more or fewer. */
  pollersChanged(change: number): void {
    this.pollers += change;
    this.world.recorder.stands(this.resource, figures.pollers, this.pollers);
  }

  private deadLetter(sentAt: Micros, facts: number, place: number): void {
    const { world, settings } = this;
    const { key } = this.waiting;
    this.waiting.forget(place);
    if ((facts & COPY) !== 0) {
      this.copies--;
      return;
    }
    this.count(figures.deadLettered, 1);
    if ((facts & TRIED) === 0) this.count(figures.neverTried, 1);
    world.recorder.took(this.resource, figures.age, world.loop.now - sentAt, world.loop.now);
    // A FIFO queue stamps what it gets anew, a standard queue keeps the instant at which it was sent.
    const stamp = settings.type === 'fifo' ? world.loop.now : sentAt;
    this.deadLetters!.takeOver(stamp, facts, this.sizes.of(facts), key);
  }

  private maybeCopy(sentAt: Micros, facts: number): void {
    if (this.duplicates.uniform() >= this.settings.duplicateRate) return;
    this.count(figures.duplicates, 1);
    this.copied.push(sentAt, facts | COPY);
  }

  /** A message that was sent then waits now. An older one may come back before a younger: then there are two timers. */
  private armExpiry(sentAt: Micros): void {
    const at = sentAt + this.settings.retention;
    if (at >= this.expiresAt || at > this.world.scenario.run.duration) return;
    this.expiresAt = at;
    this.world.loop.at(Math.max(at, this.world.loop.now), this.expiry);
  }

  private expire(): void {
    const { waiting, world } = this;
    const last = world.loop.now - this.settings.retention;
    let expired = 0;
    while (waiting.oldestSentAt <= last) {
      waiting.takeOldest();
      if ((waiting.facts & COPY) !== 0) this.copies--;
      else expired++;
    }
    if (expired > 0) {
      this.count(figures.expired, expired);
      world.recorder.took(this.resource, figures.age, this.settings.retention, world.loop.now);
      this.stateVisible();
    }
  }

  private stateAge(): void {
    let oldest = this.waiting.oldestSentAt;
    for (const reader of this.readers) oldest = Math.min(oldest, reader.oldestSentAt);
    const { now } = this.world.loop;
    if (oldest < Number.POSITIVE_INFINITY) this.world.recorder.took(this.resource, figures.age, now - oldest, now);
  }

  private stateVisible(): void {
    this.world.recorder.stands(this.resource, figures.visible, this.visible);
  }

  private stateInFlight(): void {
    this.world.recorder.stands(this.resource, figures.inFlight, this.inFlight);
  }

  private count(figure: Figure, amount: number): void {
    this.world.recorder.counted(this.resource, figure, amount);
  }
}
