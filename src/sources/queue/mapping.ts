/**
 * The event source mapping of a queue. A poller receives messages, waits for its batch to fill where there is a window, has
 * the function run it, and deletes what was processed; then it polls again. What was not deleted becomes visible again by
 * itself.
 *
 *     WAITING ──► RECEIVING ──► INVOKING ──► RUNNING ──► DELETING ──► (next poll)
 *        ▲            │             ▲ │
 *        └── window ──┘   throttle: └─┘ until the messages are visible again
 */
import type { EventKind } from '../../engine/event-loop.js';
import type { Stream } from '../../engine/random-streams.js';
import type { Bytes, Micros } from '../../engine/units.js';
import type { Invoker } from '../../lambda/event-source.js';
import { type InvocationId, NONE, type ResourceId } from '../../lambda/ids.js';
import { ARRIVED_AT, MARKS, NOTE, TIMES } from '../../lambda/invocations.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import { ADMITTED, OK, type Outcome } from '../../lambda/outcome.js';
import { type Recursion, recursionOf } from '../../lambda/recursion.js';
import type { World } from '../../lambda/world.js';
import { payloadLimits } from '../../rules/payload-limits.js';
import { type SqsBatching, sqsBatching } from '../../rules/sqs-batching.js';
import { type SqsPolling, sqsPolling } from '../../rules/sqs-polling.js';
import { sqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';
import { longestWait, type SqsThrottleBackoff, sqsThrottleBackoff } from '../../rules/sqs-throttle-backoff.js';
import { effectiveVisibility, sqsVisibility } from '../../rules/sqs-visibility.js';
import { FIGURES, type Figure, mappingId } from '../../scenario/resource-figures.js';
import type { QueueMappingSettings } from '../../scenario/types.js';
import { BatchInvocation } from '../mapping/batch-invocation.js';
import { RecordChances } from '../mapping/record-chances.js';
import { Batches } from './batches.js';
import { COPY, hopsOf, receivesOf } from './message.js';
import { PollPace } from './poll-pace.js';
import { DELETING, IDLE, INVOKING, PACED, PollerTable, RECEIVING, RUNNING, WAITING } from './poller-table.js';
import { type Pollers, pollersOf } from './pollers.js';
import type { Queue, QueueReader } from './queue.js';
import { Receives } from './receives.js';

const figures = FIGURES.mappings;

export class QueueMapping implements QueueReader, Invoker {
  private readonly resource: ResourceId;
  private readonly receives: Receives;
  private readonly pollers: Pollers;
  private readonly invocations: BatchInvocation;
  private readonly batches: Batches;
  private readonly chances: RecordChances;
  private readonly batching: SqsBatching;
  private readonly polling: SqsPolling;
  private readonly backoff: SqsThrottleBackoff;
  private readonly waits: Stream;
  private readonly payloadLimit: Bytes;
  private readonly width: number;
  private readonly recursion: Recursion;
  /** In provisioned mode. */
  private readonly pace: PollPace | undefined;

  private readonly table = new PollerTable();
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
    const { loop, rules, streams } = world;
    const fnId = fn.settings.id;
    const name = `functions.${fnId}/${settings.queue}`;
    this.resource = world.resource('mappings', mappingId(settings.queue, fnId));
    this.batching = rules.value(sqsBatching);
    this.polling = rules.value(sqsPolling);
    this.backoff = rules.value(sqsThrottleBackoff);
    this.waits = streams.named(`${name}/back-off`);
    this.chances = new RecordChances(streams, name, settings, fn.settings);
    this.invocations = new BatchInvocation(world, fn, world.register(this), name);
    this.payloadLimit = rules.value(payloadLimits).request;
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
    this.batches = new Batches(
      this.table,
      this.receives,
      this.chances,
      fn.settings.poisonRate > 0,
      queue.settings.type === 'fifo',
    );
    this.pollers = pollersOf(queue.settings.type, {
      loop,
      rules,
      name: `${name}/scaling`,
      settings,
      isReady: () => queue.isReady,
      changed: () => this.open(),
    });
    this.recursion = recursionOf(fnId, world);
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
    let poller = this.table.firstWaiting;
    if (poller !== NONE) this.table.endWaiting(poller);
    else if (this.table.active < this.pollers.most) poller = this.openPoller();
    else return false;
    this.look(poller);
    return this.table.state[poller] !== PACED;
  }

  settled(invocation: InvocationId, outcome: Outcome): void {
    const poller = this.world.invocations.marks[(invocation << MARKS) + NOTE];
    this.runs(-1);
    this.pollers.ended(outcome !== OK);
    if (outcome !== OK) {
      this.count(figures.failed, this.table.records[poller]);
      this.letGo(poller);
      this.rest(poller);
      return;
    }
    this.table.state[poller] = DELETING;
    if (this.polling.delete > 0) this.world.loop.after(this.polling.delete, this.hasDeleted, poller);
    else this.finishBatch(poller);
  }

  /** Opens the pollers that are missing. Those that are too many end with their poll or their batch. */
  private open(): void {
    this.statePollers();
    if (this.isOpening) return;
    this.isOpening = true;
    const { pollers } = this;
    while (this.table.active < pollers.most && (this.table.waiting < pollers.mostWaiting || this.queue.isReady))
      this.look(this.openPoller());
    this.isOpening = false;
  }

  /** The poller has nothing to do: it receives what is visible, or waits for it. */
  private look(poller: number): void {
    if (!this.queue.isReady) this.wait(poller);
    else if (this.pace === undefined) this.receive(poller);
    else {
      const at = this.pace.turn(this.pollers.provisioned);
      this.table.state[poller] = PACED;
      this.world.loop.at(at, this.turnComes, poller);
    }
  }

  private takeTurn(poller: number): void {
    if (this.queue.isReady) this.receive(poller);
    else this.wait(poller);
  }

  private wait(poller: number): void {
    const { now } = this.world.loop;
    const hasBatch = this.table.records[poller] > 0;
    if (!hasBatch && (this.table.active > this.pollers.most || this.table.waiting >= this.pollers.mostWaiting)) {
      this.closePoller(poller);
      return;
    }
    this.table.beginWaiting(poller);
    const endsAt = hasBatch ? Math.min(now + this.polling.wait, this.table.closesAt[poller]) : now + this.polling.wait;
    this.table.pollEndsAt[poller] = endsAt;
    if (this.table.armedFor[poller] === NONE || this.table.armedFor[poller] > endsAt) this.arm(poller, endsAt);
  }

  private arm(poller: number, at: Micros): void {
    this.table.armedFor[poller] = at;
    this.world.loop.at(at, this.pollEnds, poller);
  }

  /** A long poll has found nothing, unless its poller has got something since. */
  private pollEnded(poller: number): void {
    const { now } = this.world.loop;
    if (this.table.armedFor[poller] === now) this.table.armedFor[poller] = NONE;
    if (this.table.state[poller] !== WAITING) return;
    if (this.table.pollEndsAt[poller] > now) {
      if (this.table.armedFor[poller] === NONE) this.arm(poller, this.table.pollEndsAt[poller]);
      return;
    }
    this.table.endWaiting(poller);
    this.queue.emptyReceive();
    if (this.table.records[poller] > 0 && now >= this.table.windowEndsAt[poller]) this.invoke(poller);
    else this.look(poller);
  }

  private receive(poller: number): void {
    const { queue, receives, chances, batching, settings } = this;
    const { waiting } = queue;
    const receive = receives.open();
    const most = Math.min(this.width, settings.batchSize - this.table.records[poller]);
    let room = this.payloadLimit - this.table.bytes[poller];
    let bytes = 0;
    let filtered = 0;
    let messages = 0;
    let isFull = false;
    queue.beginReceive();
    while (messages < most && queue.take()) {
      const { sentAt, facts, place } = waiting;
      const size = queue.sizes.of(facts);
      const inBatch = size + batching.metadata;
      if (inBatch > room && this.table.records[poller] + receives.size[receive] > 0) {
        queue.leave(sentAt, facts, place);
        isFull = true;
        break;
      }
      messages++;
      bytes += size;
      if (hopsOf(facts) >= this.recursion.hopLimit) this.dropRecursive(sentAt, facts, place);
      else if (chances.canFilter && receivesOf(facts) === 0 && !chances.passes()) {
        queue.delete(sentAt, facts, place);
        filtered++;
      } else {
        receives.put(receive, sentAt, facts, place);
        room -= inBatch;
      }
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
    if (isFull) this.table.bytes[poller] = this.payloadLimit;
    this.table.state[poller] = RECEIVING;
    if (this.polling.receive === 0 && this.isComplete(poller)) this.invoke(poller);
    else this.world.loop.after(this.polling.receive, this.hasReceived, poller);
    if (this.table.active < this.pollers.most) this.open();
  }

  /** `room` is what is left of the payload. */
  private addToBatch(poller: number, receive: number, room: Bytes): void {
    if (this.table.records[poller] === 0) {
      const { now } = this.world.loop;
      const window = this.settings.maximumBatchingWindow;
      this.table.windowEndsAt[poller] = now + window;
      this.table.closesAt[poller] = now + Math.max(window, this.polling.wait);
      this.pollers.works(1);
    }
    this.batches.add(poller, receive);
    this.table.bytes[poller] = this.payloadLimit - room;
  }

  /** A receive has come back. */
  private gather(poller: number): void {
    if (this.table.records[poller] === 0) this.rest(poller);
    else if (this.isComplete(poller)) this.invoke(poller);
    else this.look(poller);
  }

  /** Full, or its window is over. */
  private isComplete(poller: number): boolean {
    const records = this.table.records[poller];
    const isFull = records >= this.settings.batchSize || this.table.bytes[poller] >= this.payloadLimit;
    return records > 0 && (isFull || this.world.loop.now >= this.table.windowEndsAt[poller]);
  }

  private invoke(poller: number): void {
    const { invocations, batches, receives } = this;
    const first = this.table.firstReceive[poller] * receives.width;
    const records = this.table.records[poller];
    const row = invocations.open(poller, records, receivesOf(receives.facts[first]), batches.hopsIn(poller));
    this.world.invocations.times[(row << TIMES) + ARRIVED_AT] = receives.sentAt[first];
    this.table.row[poller] = row;
    this.table.attempt[poller] = 0;
    this.table.late[poller] = 0;
    this.table.serial[poller] = (this.table.serial[poller] + 1) | 0;
    if (this.chances.canFail && batches.judge(poller) && !this.settings.reportBatchItemFailures)
      invocations.failAll(row);
    this.tryInvoke(poller, row);
  }

  private tryInvoke(poller: number, row: InvocationId): void {
    if (this.invocations.tryInvoke(row) === ADMITTED) {
      this.table.state[poller] = RUNNING;
      this.count(figures.invoked, this.table.records[poller]);
      this.batches.markTried(poller);
      this.runs(1);
      const { round } = this.recursion;
      if (round > 0 && this.batches.hopsIn(poller) >= round) this.countForFunction(FIGURES.async.rounds, 1);
      return;
    }
    this.table.state[poller] = INVOKING;
    this.pollers.throttled();
    const longest = longestWait(this.backoff, this.table.attempt[poller]++);
    const wait = this.backoff.jitter === 'none' ? longest : Math.round(this.waits.uniform() * longest);
    // Later than that the messages are visible again, and the batch is no more.
    if (this.world.loop.now + wait < this.receives.dueAt[this.table.firstReceive[poller]])
      this.world.loop.after(wait, this.triesAgain, poller, this.table.serial[poller]);
  }

  private tryAgain(poller: number, serial: number): void {
    if (this.table.state[poller] === INVOKING && this.table.serial[poller] === serial)
      this.tryInvoke(poller, this.table.row[poller] as InvocationId);
  }

  /** The messages of a receive are visible again, whatever their batch is doing. */
  private expired(receive: number): void {
    const { receives, queue } = this;
    const poller = receives.owner[receive];
    let given: number = NONE;
    if (poller !== NONE) {
      if (this.table.state[poller] === RUNNING || this.table.state[poller] === DELETING)
        this.batches.detach(poller, receive);
      else {
        // It was never invoked, or only gathered: what is left of it comes back in its own time.
        if (this.table.state[poller] === INVOKING) this.invocations.giveUp(this.table.row[poller] as InvocationId);
        if (this.table.state[poller] === WAITING) this.table.endWaiting(poller);
        // An event of its own will come.
        const wasReceiving = this.table.state[poller] === RECEIVING || this.table.state[poller] === PACED;
        this.letGo(poller);
        if (!wasReceiving) given = poller;
      }
    }
    queue.putBack(receives.sentAt, receives.facts, receives.place, receive * receives.width, receives.size[receive]);
    receives.close(receive);
    if (given !== NONE) this.rest(given);
  }

  /** The batch is over for its poller. */
  private letGo(poller: number): void {
    if (this.table.records[poller] > 0) this.pollers.works(-1);
    this.batches.letGo(poller);
  }

  /** The function has processed the batch: what did not fail is deleted. */
  private finishBatch(poller: number): void {
    const { receives, queue } = this;
    let deleted = 0;
    let next: number;
    for (let receive = this.table.firstReceive[poller]; receive !== NONE; receive = next) {
      next = receives.nextOfBatch[receive];
      const gone = this.batches.deleteFrom(receive, queue);
      deleted += gone;
      if (receives.size[receive] === 0) receives.close(receive);
      else receives.owner[receive] = NONE;
    }
    this.table.firstReceive[poller] = NONE;
    this.letGo(poller);
    this.count(figures.deleted, deleted);
    if (this.table.late[poller] > 0) queue.countDuplicates(this.table.late[poller]);
    if (deleted > 0) {
      queue.finishDelete(Math.ceil(deleted / this.batching.receive));
      queue.offerRest();
    }
    this.rest(poller);
  }

  private dropRecursive(sentAt: Micros, facts: number, place: number): void {
    this.queue.drop(sentAt, facts, place);
    this.countForFunction(FIGURES.async.recursiveDrops, (facts & COPY) === 0 ? 1 : 0);
  }

  private countForFunction(figure: Figure, amount: number): void {
    this.world.recorder.counted(this.world.resource('async', this.fn.settings.id), figure, amount);
  }

  /** The poller is free: it polls again, unless there are too many. */
  private rest(poller: number): void {
    this.table.state[poller] = IDLE;
    if (this.table.active > this.pollers.most) this.closePoller(poller);
    else this.look(poller);
  }

  private runs(change: number): void {
    this.running += change;
    this.world.recorder.stands(this.resource, figures.concurrency, this.running);
  }

  private openPoller(): number {
    const poller = this.table.open();
    this.statePollers();
    return poller;
  }

  private closePoller(poller: number): void {
    this.table.close(poller);
    this.statePollers();
  }

  private statePollers(): void {
    const { provisioned } = this.pollers;
    const count = this.pollers.countOf(this.table.active);
    if (count === this.stated) return;
    this.queue.pollersChanged(count - this.stated);
    this.stated = count;
    const isProvisioned = provisioned > 0;
    this.world.recorder.stands(this.resource, isProvisioned ? figures.provisioned : figures.pollers, count);
  }

  private count(figure: Figure, amount: number): void {
    this.world.recorder.counted(this.resource, figure, amount);
  }
}
