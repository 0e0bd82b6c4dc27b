/**
 * The event source mapping of a queue. A poller receives messages, waits for its batch to fill where there is a window, has
 * the function run it, and deletes what was processed; then it polls again. What was not deleted becomes visible again by
 * itself.
 *
 *     WAITING ──► RECEIVING ──► INVOKING ──► RUNNING ──► DELETING ──► (next poll)
 *        ▲            │             ▲ │
 *        └── window ──┘   throttle: └─┘ until the messages are visible again
 */
import { widened } from '../../engine/columns.js';
import type { EventKind } from '../../engine/event-loop.js';
import type { Stream } from '../../engine/random-streams.js';
import type { Bytes, Micros } from '../../engine/units.js';
import type { Invoker } from '../../lambda/event-source.js';
import { type InvocationId, NONE, type ResourceId } from '../../lambda/ids.js';
import { ARRIVED_AT, MARKS, NOTE, TIMES } from '../../lambda/invocations.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import { ADMITTED, OK, type Outcome } from '../../lambda/outcome.js';
import type { World } from '../../lambda/world.js';
import { payloadLimits } from '../../rules/payload-limits.js';
import { recursionDetection } from '../../rules/recursion-detection.js';
import { type SqsBatching, sqsBatching } from '../../rules/sqs-batching.js';
import { type SqsPolling, sqsPolling } from '../../rules/sqs-polling.js';
import { sqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';
import { longestWait, type SqsThrottleBackoff, sqsThrottleBackoff } from '../../rules/sqs-throttle-backoff.js';
import { effectiveVisibility, sqsVisibility } from '../../rules/sqs-visibility.js';
import { loopLengths } from '../../scenario/loops.js';
import { FIGURES, type Figure } from '../../scenario/resource-figures.js';
import type { QueueMappingSettings } from '../../scenario/types.js';
import { BatchInvocation } from '../mapping/batch-invocation.js';
import { RecordChances } from '../mapping/record-chances.js';
import { COPY, FAILED, hopsOf, JUDGED, POISON, receivesOf, TRIED } from './message.js';
import { PollPace } from './poll-pace.js';
import { type Pollers, pollersOf } from './pollers.js';
import type { Queue, QueueReader } from './queue.js';
import { Receives } from './receives.js';

const WAITING = 1;
/** Waits for its turn to poll, in provisioned mode. */
const PACED = 6;
const RECEIVING = 2;
const INVOKING = 3;
const RUNNING = 4;
const DELETING = 5;
const MOST_HOPS = 255;

const figures = FIGURES.mappings;

export class QueueMapping implements QueueReader, Invoker {
  private readonly resource: ResourceId;
  private readonly receives: Receives;
  private readonly pollers: Pollers;
  private readonly batches: BatchInvocation;
  private readonly chances: RecordChances;
  private readonly batching: SqsBatching;
  private readonly polling: SqsPolling;
  private readonly backoff: SqsThrottleBackoff;
  private readonly waits: Stream;
  private readonly payloadLimit: Bytes;
  private readonly width: number;
  private readonly isFifo: boolean;
  private readonly hopLimit: number;
  /** In provisioned mode. */
  private readonly pace: PollPace | undefined;

  /** Columns by poller. */
  private state = new Uint8Array(16);
  private row = new Int32Array(16);
  private firstReceive = new Int32Array(16);
  private lastReceive = new Int32Array(16);
  private records = new Int32Array(16);
  private bytes = new Float64Array(16);
  private attempt = new Int32Array(16);
  /** Counts its batches, so that a wait that is no longer needed is known. */
  private serial = new Int32Array(16);
  /** Messages of the running batch that have become visible meanwhile. */
  private late = new Int32Array(16);
  /** When the window of its batch is over; and when it closes even if a poll still waits. */
  private windowEndsAt = new Float64Array(16);
  private closesAt = new Float64Array(16);
  /** When its poll ends, and for when its timer is armed; NONE where it is not. */
  private pollEndsAt = new Float64Array(16);
  private armedFor = new Float64Array(16);
  /** Pollers that wait, longest first; of a poller that does not poll the next that does not. */
  private before = new Int32Array(16);
  private after = new Int32Array(16);
  private firstWaiting: number = NONE;
  private lastWaiting: number = NONE;
  private waiting = 0;
  private resting: number = NONE;
  private used = 0;
  /** Pollers that wait or work. */
  private active = 0;
  private isOpening = false;
  private running = 0;
  private stated = 0;

  private readonly pollEnds: EventKind;
  private readonly turnComes: EventKind;
  private readonly hasReceived: EventKind;
  private readonly triesAgain: EventKind;
  private readonly hasDeleted: EventKind;

  constructor(
    private readonly queue: Queue,
    private readonly settings: QueueMappingSettings,
    private readonly fn: LambdaFunction,
    private readonly world: World,
  ) {
    const { loop, rules, streams, scenario } = world;
    const fnId = fn.settings.id;
    const name = `functions.${fnId}/${settings.queue}`;
    this.resource = world.resource('mappings', `${fnId}.${settings.queue}`);
    this.batching = rules.value(sqsBatching);
    this.polling = rules.value(sqsPolling);
    this.backoff = rules.value(sqsThrottleBackoff);
    this.waits = streams.named(`${name}/back-off`);
    this.chances = new RecordChances(streams, name, settings, fn.settings);
    this.batches = new BatchInvocation(world, fn, world.register(this), name);
    this.payloadLimit = rules.value(payloadLimits).request;
    this.isFifo = queue.settings.type === 'fifo';
    const visibility = effectiveVisibility(
      rules.value(sqsVisibility),
      queue.settings.visibilityTimeout,
      settings.maximumBatchingWindow,
      fn.timeout,
    );
    this.width = Math.min(this.batching.receive, settings.batchSize);
    this.receives = new Receives(loop, `${name}/visibility`, this.width, visibility, (receive) =>
      this.expired(receive),
    );
    this.pollers = pollersOf(
      loop,
      `${name}/scaling`,
      rules,
      queue.settings.type,
      settings,
      () => queue.isReady,
      () => this.open(),
    );
    const round = loopLengths(scenario).get(fnId) ?? 0;
    const recursion = rules.value(recursionDetection);
    this.hopLimit =
      round > 0 && recursion.enabled ? Math.min(MOST_HOPS, recursion.rounds * round) : Number.POSITIVE_INFINITY;
    this.pace =
      settings.provisionedPollers === undefined ? undefined : new PollPace(loop, rules.value(sqsProvisionedPollers));

    this.pollEnds = loop.define(`${name}/poll ends`, (poller) => this.pollEnded(poller));
    this.turnComes = loop.define(`${name}/turn`, (poller) => this.takeTurn(poller));
    this.hasReceived = loop.define(`${name}/received`, (poller) => this.gather(poller));
    this.triesAgain = loop.define(`${name}/try again`, (poller, serial) => this.tryAgain(poller, serial));
    this.hasDeleted = loop.define(`${name}/deleted`, (poller) => this.finishBatch(poller));
    queue.addReader(this);
  }

  start(): void {
    this.open();
  }

  get oldestSentAt(): Micros {
    return this.receives.oldestSentAt;
  }

  /** The poll that has waited longest gets what is visible, or a poller that rests begins one. */
  takeVisible(): boolean {
    let poller = this.firstWaiting;
    if (poller !== NONE) this.stopWaiting(poller);
    else if (this.active < this.pollers.most) poller = this.openPoller();
    else return false;
    this.look(poller);
    return this.state[poller] !== PACED;
  }

  settled(invocation: InvocationId, outcome: Outcome): void {
    const poller = this.world.invocations.marks[(invocation << MARKS) + NOTE];
    this.runs(-1);
    this.pollers.ended(outcome !== OK);
    if (outcome !== OK) {
      this.count(figures.failed, this.records[poller]);
      this.letGo(poller);
      this.rest(poller);
      return;
    }
    this.state[poller] = DELETING;
    if (this.polling.delete > 0) this.world.loop.after(this.polling.delete, this.hasDeleted, poller);
    else this.finishBatch(poller);
  }

  /** Opens the pollers that are missing. Those that are too many end with their poll or their batch. */
  private open(): void {
    this.statePollers();
    if (this.isOpening) return;
    this.isOpening = true;
    const { pollers } = this;
    while (this.active < pollers.most && (this.waiting < pollers.mostWaiting || this.queue.isReady))
      this.look(this.openPoller());
    this.isOpening = false;
  }

  /** The poller has nothing to do: it receives what is visible, or waits for it. */
  private look(poller: number): void {
    if (!this.queue.isReady) this.wait(poller);
    else if (this.pace === undefined) this.receive(poller);
    else {
      const at = this.pace.turn(this.pollers.provisioned);
      this.state[poller] = PACED;
      this.world.loop.at(at, this.turnComes, poller);
    }
  }

  private takeTurn(poller: number): void {
    if (this.queue.isReady) this.receive(poller);
    else this.wait(poller);
  }

  private wait(poller: number): void {
    const { now } = this.world.loop;
    const hasBatch = this.records[poller] > 0;
    if (!hasBatch && (this.active > this.pollers.most || this.waiting >= this.pollers.mostWaiting)) {
      this.closePoller(poller);
      return;
    }
    this.state[poller] = WAITING;
    this.before[poller] = this.lastWaiting;
    this.after[poller] = NONE;
    if (this.lastWaiting === NONE) this.firstWaiting = poller;
    else this.after[this.lastWaiting] = poller;
    this.lastWaiting = poller;
    this.waiting++;
    const endsAt = hasBatch ? Math.min(now + this.polling.wait, this.closesAt[poller]) : now + this.polling.wait;
    this.pollEndsAt[poller] = endsAt;
    if (this.armedFor[poller] === NONE || this.armedFor[poller] > endsAt) this.arm(poller, endsAt);
  }

  private stopWaiting(poller: number): void {
    const before = this.before[poller];
    const after = this.after[poller];
    if (before === NONE) this.firstWaiting = after;
    else this.after[before] = after;
    if (after === NONE) this.lastWaiting = before;
    else this.before[after] = before;
    this.waiting--;
    this.state[poller] = 0;
  }

  private arm(poller: number, at: Micros): void {
    this.armedFor[poller] = at;
    this.world.loop.at(at, this.pollEnds, poller);
  }

  /** A long poll has found nothing, unless its poller has got something since. */
  private pollEnded(poller: number): void {
    const { now } = this.world.loop;
    if (this.armedFor[poller] === now) this.armedFor[poller] = NONE;
    if (this.state[poller] !== WAITING) return;
    if (this.pollEndsAt[poller] > now) {
      if (this.armedFor[poller] === NONE) this.arm(poller, this.pollEndsAt[poller]);
      return;
    }
    this.stopWaiting(poller);
    this.queue.emptyReceive();
    if (this.records[poller] > 0 && now >= this.windowEndsAt[poller]) this.invoke(poller);
    else this.look(poller);
  }

  private receive(poller: number): void {
    const { queue, receives, chances, batching, settings } = this;
    const { waiting } = queue;
    const receive = receives.open();
    const most = Math.min(this.width, settings.batchSize - this.records[poller]);
    let room = this.payloadLimit - this.bytes[poller];
    let bytes = 0;
    let filtered = 0;
    let messages = 0;
    queue.beginReceive();
    while (messages < most && queue.take()) {
      const { sentAt, facts, place } = waiting;
      const size = queue.sizes.of(facts);
      room -= size + batching.metadata;
      if (room < 0 && this.records[poller] + receives.size[receive] > 0) {
        queue.leave(sentAt, facts, place);
        break;
      }
      messages++;
      bytes += size;
      if (hopsOf(facts) >= this.hopLimit) this.dropRecursive(sentAt, facts, place);
      else if (chances.canFilter && receivesOf(facts) === 0 && !chances.passes()) {
        queue.delete(sentAt, facts, place);
        filtered++;
      } else receives.put(receive, sentAt, facts, place);
    }
    queue.endReceive(messages, bytes);
    this.pace?.took(bytes, this.pollers.provisioned);
    this.pollers.received(messages);
    this.count(figures.polled, messages);
    if (filtered > 0) {
      this.count(figures.filtered, filtered);
      this.count(figures.deleted, filtered);
      queue.finishDelete(1);
    }
    if (receives.size[receive] > 0) this.addToBatch(poller, receive, room);
    else receives.close(receive);
    if (room < 0) this.bytes[poller] = this.payloadLimit;
    this.state[poller] = RECEIVING;
    if (this.polling.receive === 0 && this.isComplete(poller)) this.invoke(poller);
    else this.world.loop.after(this.polling.receive, this.hasReceived, poller);
    if (this.active < this.pollers.most) this.open();
  }

  /** `room` is what is left of the payload; below 0 where another message did not fit. */
  private addToBatch(poller: number, receive: number, room: Bytes): void {
    const { receives } = this;
    receives.owner[receive] = poller;
    if (this.records[poller] === 0) {
      const { now } = this.world.loop;
      const window = this.settings.maximumBatchingWindow;
      this.firstReceive[poller] = receive;
      this.windowEndsAt[poller] = now + window;
      this.closesAt[poller] = now + Math.max(window, this.polling.wait);
      this.pollers.works(1);
    } else receives.nextOfBatch[this.lastReceive[poller]] = receive;
    this.lastReceive[poller] = receive;
    this.records[poller] += receives.size[receive];
    this.bytes[poller] = this.payloadLimit - room;
  }

  /** A receive has come back. */
  private gather(poller: number): void {
    if (this.records[poller] === 0) this.rest(poller);
    else if (this.isComplete(poller)) this.invoke(poller);
    else this.look(poller);
  }

  /** Full, or its window is over. */
  private isComplete(poller: number): boolean {
    const records = this.records[poller];
    const isFull = records >= this.settings.batchSize || this.bytes[poller] >= this.payloadLimit;
    return records > 0 && (isFull || this.world.loop.now >= this.windowEndsAt[poller]);
  }

  private invoke(poller: number): void {
    const { batches, receives } = this;
    const first = this.firstReceive[poller] * receives.width;
    const records = this.records[poller];
    const row = batches.open(poller, records, receivesOf(receives.facts[first]), this.hopsIn(poller));
    this.world.invocations.times[(row << TIMES) + ARRIVED_AT] = receives.sentAt[first];
    this.row[poller] = row;
    this.attempt[poller] = 0;
    this.late[poller] = 0;
    this.serial[poller] = (this.serial[poller] + 1) | 0;
    if (this.chances.canFail && this.judge(poller) && !this.settings.reportBatchItemFailures) batches.failAll(row);
    this.tryInvoke(poller, row);
  }

  /** Whether a record of the batch fails on this try; those that do are marked. */
  private judge(poller: number): boolean {
    const { receives, chances, fn } = this;
    const hasPoison = fn.settings.poisonRate > 0;
    let failed = false;
    for (let receive = this.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive]) {
      const from = receive * receives.width;
      for (let at = from; at < from + receives.size[receive]; at++) {
        let facts = receives.facts[at];
        if (hasPoison && (facts & JUDGED) === 0) facts |= chances.isPoison() ? JUDGED | POISON : JUDGED;
        const fails = chances.fails() || (hasPoison && (facts & POISON) !== 0);
        // A FIFO function stops at the first failure and reports all that follow.
        if (fails) failed = true;
        if (fails || (failed && this.isFifo)) facts |= FAILED;
        receives.facts[at] = facts;
      }
    }
    return failed;
  }

  private hopsIn(poller: number): number {
    const { receives } = this;
    let most = 0;
    for (let receive = this.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive]) {
      const from = receive * receives.width;
      for (let at = from; at < from + receives.size[receive]; at++) most = Math.max(most, hopsOf(receives.facts[at]));
    }
    return most;
  }

  private tryInvoke(poller: number, row: InvocationId): void {
    if (this.batches.tryInvoke(row) === ADMITTED) {
      this.state[poller] = RUNNING;
      this.count(figures.invoked, this.records[poller]);
      this.markTried(poller);
      this.runs(1);
      return;
    }
    this.state[poller] = INVOKING;
    this.pollers.throttled();
    const longest = longestWait(this.backoff, this.attempt[poller]++);
    const wait = this.backoff.jitter === 'none' ? longest : Math.round(this.waits.uniform() * longest);
    // Later than that the messages are visible again, and the batch is no more.
    if (this.world.loop.now + wait < this.receives.dueAt[this.firstReceive[poller]])
      this.world.loop.after(wait, this.triesAgain, poller, this.serial[poller]);
  }

  private markTried(poller: number): void {
    const { receives } = this;
    for (let receive = this.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive]) {
      const from = receive * receives.width;
      for (let at = from; at < from + receives.size[receive]; at++) receives.facts[at] |= TRIED;
    }
  }

  private tryAgain(poller: number, serial: number): void {
    if (this.state[poller] === INVOKING && this.serial[poller] === serial)
      this.tryInvoke(poller, this.row[poller] as InvocationId);
  }

  /** The messages of a receive are visible again, whatever their batch is doing. */
  private expired(receive: number): void {
    const { receives, queue } = this;
    const poller = receives.owner[receive];
    let given: number = NONE;
    if (poller !== NONE) {
      if (this.state[poller] === RUNNING || this.state[poller] === DELETING) this.detach(poller, receive);
      else {
        // It was never invoked, or only gathered: what is left of it comes back in its own time.
        if (this.state[poller] === INVOKING) this.batches.giveUp(this.row[poller] as InvocationId);
        if (this.state[poller] === WAITING) this.stopWaiting(poller);
        const wasReceiving = this.state[poller] === RECEIVING;
        this.letGo(poller);
        if (!wasReceiving) given = poller;
      }
    }
    queue.putBack(receives.sentAt, receives.facts, receives.place, receive * receives.width, receives.size[receive]);
    receives.close(receive);
    if (given !== NONE) this.rest(given);
  }

  /** The receive leaves the batch that works on it still. */
  private detach(poller: number, receive: number): void {
    const { receives } = this;
    let previous: number = NONE;
    for (let one = this.firstReceive[poller]; one !== receive; one = receives.nextOfBatch[one]) previous = one;
    const next = receives.nextOfBatch[receive];
    if (previous === NONE) this.firstReceive[poller] = next;
    else receives.nextOfBatch[previous] = next;
    if (next === NONE) this.lastReceive[poller] = previous;
    this.late[poller] += receives.size[receive];
  }

  /** The batch is over for its poller; its receives, whichever are left, wait for their own time. */
  private letGo(poller: number): void {
    const { receives } = this;
    for (let receive = this.firstReceive[poller]; receive !== NONE; receive = receives.nextOfBatch[receive])
      receives.owner[receive] = NONE;
    if (this.records[poller] > 0) this.pollers.works(-1);
    this.firstReceive[poller] = NONE;
    this.records[poller] = 0;
    this.bytes[poller] = 0;
  }

  /** The function has processed the batch: what did not fail is deleted. */
  private finishBatch(poller: number): void {
    const { receives, queue } = this;
    let deleted = 0;
    let next: number;
    for (let receive = this.firstReceive[poller]; receive !== NONE; receive = next) {
      next = receives.nextOfBatch[receive];
      const gone = this.deleteFrom(receive);
      deleted += gone;
      if (receives.size[receive] === 0) receives.close(receive);
      else receives.owner[receive] = NONE;
    }
    this.firstReceive[poller] = NONE;
    this.letGo(poller);
    this.count(figures.deleted, deleted);
    if (this.late[poller] > 0) queue.countDuplicates(this.late[poller]);
    if (deleted > 0) {
      queue.finishDelete(Math.ceil(deleted / this.batching.receive));
      queue.offerRest();
    }
    this.rest(poller);
  }

  /** Deletes the messages of a receive that did not fail, and moves the others together. */
  private deleteFrom(receive: number): number {
    const { receives, queue } = this;
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

  private dropRecursive(sentAt: Micros, facts: number, place: number): void {
    this.queue.drop(sentAt, facts, place);
    this.world.recorder.counted(
      this.world.resource('async', this.fn.settings.id),
      FIGURES.async.recursiveDrops,
      (facts & COPY) === 0 ? 1 : 0,
    );
  }

  /** The poller is free: it polls again, unless there are too many. */
  private rest(poller: number): void {
    this.state[poller] = 0;
    if (this.active > this.pollers.most) this.closePoller(poller);
    else this.look(poller);
  }

  private openPoller(): number {
    let poller = this.resting;
    if (poller !== NONE) this.resting = this.after[poller];
    else {
      if (this.used === this.state.length) this.grow();
      poller = this.used++;
      this.armedFor[poller] = NONE;
    }
    this.state[poller] = 0;
    this.firstReceive[poller] = NONE;
    this.records[poller] = 0;
    this.bytes[poller] = 0;
    this.active++;
    return poller;
  }

  private closePoller(poller: number): void {
    this.state[poller] = 0;
    this.after[poller] = this.resting;
    this.resting = poller;
    this.active--;
  }

  private runs(change: number): void {
    this.running += change;
    this.world.recorder.stands(this.resource, figures.concurrency, this.running);
  }

  private statePollers(): void {
    const { most, provisioned } = this.pollers;
    if (most === this.stated) return;
    this.queue.pollersChanged(most - this.stated);
    this.stated = most;
    if (provisioned > 0) this.world.recorder.stands(this.resource, figures.provisioned, provisioned);
  }

  private count(figure: Figure, amount: number): void {
    this.world.recorder.counted(this.resource, figure, amount);
  }

  private grow(): void {
    const capacity = this.used * 2;
    this.state = widened(this.state, capacity);
    this.row = widened(this.row, capacity);
    this.firstReceive = widened(this.firstReceive, capacity);
    this.lastReceive = widened(this.lastReceive, capacity);
    this.records = widened(this.records, capacity);
    this.bytes = widened(this.bytes, capacity);
    this.attempt = widened(this.attempt, capacity);
    this.serial = widened(this.serial, capacity);
    this.late = widened(this.late, capacity);
    this.windowEndsAt = widened(this.windowEndsAt, capacity);
    this.closesAt = widened(this.closesAt, capacity);
    this.pollEndsAt = widened(this.pollEndsAt, capacity);
    this.armedFor = widened(this.armedFor, capacity);
    this.before = widened(this.before, capacity);
    this.after = widened(this.after, capacity);
  }
}
