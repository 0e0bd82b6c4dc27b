/**
 * One lane of a shard: its records in order, one batch under way. A batch that fails stays where it is, and the lane with it.
 *
 *     IDLE ──► GATHERING ──► RUNNING ──► IDLE                a record is ready; the window or the batch is full
 *                 ▲             │
 *                 └─ WAITING ◄──┘                            throttled, or failed: again after a wait
 *
 * Halves of a batch that was split are sent one after another, older first, before anything else of the lane.
 */
import type { Bytes, Micros } from '../../engine/units.js';
import { type InvocationId, NONE } from '../../lambda/ids.js';
import {
  ADMITTED,
  BATCH_FAULTS,
  BATCH_SERVICE_ERROR,
  BATCH_THROTTLED,
  type BatchFault,
  CALL_ERROR,
  FUNCTION_TIMEOUT,
  HANDLER_ERROR,
  HANDLER_TIMEOUT,
  OK,
  type Outcome,
  POISON_RECORD,
  RECORD_ERROR,
} from '../../lambda/outcome.js';
import type { RecordBatch } from '../../lambda/recorder.js';
import { NEW_CHAIN } from '../../lambda/targets.js';
import type { Waiting } from '../../lambda/turns.js';
import { errorWait, throttleWait } from '../../rules/stream-error-handling.js';
import { FAILED_BY_SERVICE } from '../mapping/batch-invocation.js';
import type { StreamConsumer } from './consumer.js';
import type { ShardReader } from './shard-reader.js';

type State = number;
const IDLE: State = 0;
const GATHERING: State = 1;
const WAITING: State = 2;
const RUNNING: State = 3;

export class Lane implements RecordBatch, Waiting {
  private state = IDLE;
  /** Records that were read and are in no batch, their bytes, and when the youngest was written. */
  private ready = 0;
  private readyBytes: Bytes = 0;
  private youngestAt: Micros = 0;

  /** The batch under way, or the part of it that is: its first record, how many, and what comes after; parts that follow it, last first. */
  private from = 0;
  private count = 0;
  private end = 0;
  private readonly later: number[] = [];
  /** Function errors of this part; sends of its records before; throttles in a row. */
  private failures = 0;
  private sends = 0;
  private throttles = 0;
  /** Whether it waits for its turn after a throttle. */
  private isInLine = false;
  /** Of a batch that was never wholly done since: when its first failure was, and how many tries failed for each fault. */
  private failingSince: Micros = NONE;
  private readonly faults = new Uint32Array(BATCH_FAULTS.length);
  /** The row of an invocation that Lambda has not taken yet, and how many records it was drawn for. */
  private row = NONE as InvocationId;
  private drawnFor = 0;
  /** Position in the batch of the first record that fails; `count` or more where none does. */
  private firstFailing = 0;
  private isDrawnToFail = false;

  /** Until when the lane gathers or waits, and when its one timer fires. */
  private dueAt: Micros = 0;
  private timerAt: Micros = NONE;
  private gatherSince: Micros = 0;
  /** The tumbling window that has begun; its end is an invocation of its own. */
  private openWindow: number = NONE;
  private isFinal = false;

  constructor(
    private readonly consumer: StreamConsumer,
    private readonly reader: ShardReader,
    /** Among the lanes of its shard. */
    readonly index: number,
    /** Among the lanes of its consumer. */
    private readonly id: number,
    /** First record that is in no batch and was not looked at for one. */
    public next: number,
  ) {}

  get kept(): number {
    return this.count > 0 ? this.from : this.next;
  }

  /** Nothing is left of what was read. */
  get isDone(): boolean {
    return this.state === IDLE && this.ready === 0 && this.openWindow === NONE;
  }

  addReady(count: number, bytes: Bytes, youngestAt: Micros): void {
    this.ready += count;
    this.readyBytes += bytes;
    this.youngestAt = youngestAt;
  }

  /** A record that was ready is gone. */
  loseReady(bytes: Bytes): void {
    this.ready--;
    this.readyBytes -= bytes;
  }

  /** Something has changed: sends a batch if there is one to send. */
  consider(): void {
    if (this.state === RUNNING || this.state === WAITING) return;
    if (this.openWindow !== NONE && this.isWindowOver()) {
      this.sendFinal();
      return;
    }
    if (this.ready === 0) {
      this.state = IDLE;
      if (this.openWindow !== NONE) this.wakeAt(this.consumer.windowOverAt(this.openWindow));
      return;
    }
    const { now } = this.consumer.loop;
    const { maximumBatchingWindow } = this.consumer.settings;
    if (this.state === IDLE) this.gatherSince = now;
    if (now - this.gatherSince < maximumBatchingWindow && !this.isFull()) {
      this.state = GATHERING;
      this.wakeAt(this.gatherSince + maximumBatchingWindow);
    } else if (this.takeBatch()) this.send();
    else this.rest();
  }

  /** The timer of this instant has fired. */
  wake(): void {
    const { now } = this.consumer.loop;
    if (this.timerAt !== now) return;
    this.timerAt = NONE;
    if (this.state === RUNNING) return;
    if (now < this.dueAt) this.wakeAt(this.dueAt);
    else if (this.state === WAITING) this.send();
    else {
      this.consider();
      this.reader.lookForEnd();
    }
  }

  /** The longest throttled of its function: tries again, whenever its own time would come. */
  takeTurn(): boolean {
    this.send();
    return this.state === RUNNING || this.state === WAITING;
  }

  /** The invocation of the part under way has ended. */
  settled(outcome: Outcome): void {
    const { settings } = this.consumer;
    if (this.isFinal) {
      if (outcome === OK) this.endWindow();
      else this.tryAgain();
    } else if (outcome !== OK) {
      this.stateFault(this.faultOf(outcome));
      this.failed(0);
    } else if (settings.reportBatchItemFailures && this.firstFailing < this.count) {
      this.stateFault(this.faultOf(outcome));
      this.finish(this.firstFailing);
      this.failed(this.firstFailing);
    } else {
      this.finish(this.count);
      this.goOn();
    }
  }

  get shard(): number {
    return this.reader.shard.id;
  }

  *records(): Generator<{ sequence: number; key: number; writtenAt: Micros }> {
    const { log } = this.reader.shard;
    let next = this.from;
    for (let left = this.count; left > 0; left--) {
      const sequence = this.reader.next(this.index, next);
      yield { sequence, key: log.key(sequence), writtenAt: log.at(sequence) };
      next = sequence + 1;
    }
  }

  /** A full batch, or one that the end of a tumbling window or the payload closes. */
  private isFull(): boolean {
    const { settings, payload } = this.consumer;
    if (this.ready >= settings.batchSize || this.readyBytes >= payload) return true;
    if (settings.tumblingWindow === 0) return false;
    const first = this.reader.shard.log.at(this.reader.next(this.index, this.next));
    return this.consumer.windowOf(first) !== this.consumer.windowOf(this.youngestAt);
  }

  /** Forms the next batch; false where all that was ready is too old. */
  private takeBatch(): boolean {
    const { consumer, reader } = this;
    const { batchSize, tumblingWindow } = consumer.settings;
    const { payload } = consumer;
    const { log } = reader.shard;
    this.leaveOld();
    if (this.ready === 0) return false;
    const first = reader.next(this.index, this.next);
    if (tumblingWindow > 0) this.openWindow = consumer.windowOf(log.at(first));
    let count = 0;
    let bytes = 0;
    let sequence = first;
    while (count < batchSize && count < this.ready) {
      const record = reader.next(this.index, sequence);
      const size = log.size(record);
      if (count > 0 && bytes + size > payload) break;
      if (tumblingWindow > 0 && consumer.windowOf(log.at(record)) !== this.openWindow) break;
      bytes += size;
      count++;
      sequence = record + 1;
    }
    this.from = first;
    this.count = count;
    this.end = sequence;
    this.next = sequence;
    this.ready -= count;
    this.readyBytes -= bytes;
    this.begin(0);
    return true;
  }

  /** Records at the front that are too old are never sent. */
  private leaveOld(): void {
    const { consumer, reader } = this;
    const old = this.countOld(this.next, this.ready);
    for (let left = old; left > 0; left--) {
      const record = reader.next(this.index, this.next);
      this.loseReady(reader.shard.log.size(record));
      this.next = record + 1;
    }
    if (old > 0) consumer.tooOld(old);
  }

  /** Records at the front of the part under way that have become too old leave it. */
  private shedOld(): void {
    const old = this.countOld(this.from, this.count);
    if (old === 0) return;
    this.from = this.reader.after(this.index, this.from, old);
    this.count -= old;
    this.consumer.tooOld(old);
  }

  /** How many of the next `most` records from `sequence` on are too old, one after another. */
  private countOld(sequence: number, most: number): number {
    const { consumer, reader } = this;
    let old = 0;
    for (let next = sequence; old < most; old++) {
      const record = reader.next(this.index, next);
      if (consumer.loop.now - reader.shard.log.at(record) < consumer.oldest) break;
      next = record + 1;
    }
    return old;
  }

  /** Sends the part under way. */
  private send(): void {
    const { consumer } = this;
    if (!this.isFinal) {
      this.shedOld();
      if (this.count === 0) {
        this.dropRow();
        this.leaveLine();
        this.goOn();
        return;
      }
    }
    if (this.row !== NONE && this.drawnFor !== this.count) this.dropRow();
    if (this.row === NONE) this.draw();
    // Set first: what the invocation does may lead back here.
    this.state = RUNNING;
    const admission = consumer.invocation.tryInvoke(this.row);
    if (admission !== ADMITTED) {
      const isThrottle = admission !== FAILED_BY_SERVICE;
      if (!this.isFinal) this.stateFault(isThrottle ? BATCH_THROTTLED : BATCH_SERVICE_ERROR);
      this.wait(throttleWait(consumer.errorHandling, ++this.throttles));
      if (isThrottle) this.standInLine();
      return;
    }
    this.throttles = 0;
    this.leaveLine();
    consumer.sent(this.row, this, this.sends > 0);
    if (!this.isFinal) this.stateAge();
    this.row = NONE as InvocationId;
    this.sends++;
  }

  private draw(): void {
    const { consumer, reader } = this;
    this.row = consumer.invocation.open(this.id, this.count, this.sends > 0 ? 1 : 0, NEW_CHAIN);
    this.drawnFor = this.count;
    this.firstFailing = this.count;
    this.isDrawnToFail = consumer.invocation.isDrawnToFail(this.row);
    const { luck } = consumer;
    if (!luck.canFail) return;
    let sequence = this.from;
    for (let position = 0; position < this.count; position++) {
      const record = reader.next(this.index, sequence);
      if (luck.fails(reader.shard.id, record)) {
        this.firstFailing = position;
        break;
      }
      sequence = record + 1;
    }
    if (this.firstFailing < this.count && !consumer.settings.reportBatchItemFailures)
      consumer.invocation.failAll(this.row);
  }

  private dropRow(): void {
    if (this.row === NONE) return;
    this.consumer.invocation.giveUp(this.row);
    this.row = NONE as InvocationId;
  }

  /** IteratorAge: of the last record of the batch, when it is sent. */
  private stateAge(): void {
    const { shard } = this.reader;
    this.consumer.stateAge(shard, shard.log.at(this.end - 1));
  }

  /** The first `done` records of the part are done with. */
  private finish(done: number): void {
    if (done === 0) return;
    this.from = done === this.count ? this.end : this.reader.after(this.index, this.from, done);
    this.count -= done;
    this.consumer.processed(done);
  }

  /** The part failed, after `done` of its records, which a partial response has told of. */
  private failed(done: number): void {
    const { consumer } = this;
    if (!consumer.settings.bisectBatchOnFunctionError || (done === 0 && this.count === 1)) this.tryAgain();
    else if (done > 0) {
      this.begin(this.sends);
      this.send();
    } else {
      const older = Math.floor(this.count / 2);
      this.later.push(this.count - older);
      this.count = older;
      this.end = this.reader.after(this.index, this.from, older);
      this.begin(this.sends);
      this.send();
    }
  }

  private stateFault(fault: BatchFault): void {
    const { consumer, faults } = this;
    if (this.failingSince === NONE) {
      this.failingSince = consumer.loop.now;
      faults.fill(0);
    }
    faults[fault]++;
    consumer.blocked(this.reader.shard, this.failingSince, faults.indexOf(Math.max(...faults)));
  }

  /** Why the part under way failed. */
  private faultOf(outcome: Outcome): BatchFault {
    if (outcome === FUNCTION_TIMEOUT) return HANDLER_TIMEOUT;
    if (this.holdsPoison()) return POISON_RECORD;
    if (this.isDrawnToFail) return HANDLER_ERROR;
    return this.firstFailing < this.count ? RECORD_ERROR : CALL_ERROR;
  }

  private holdsPoison(): boolean {
    const { reader, consumer } = this;
    if (!consumer.luck.canFail) return false;
    let sequence = this.from;
    for (let left = this.count; left > 0; left--) {
      const record = reader.next(this.index, sequence);
      if (consumer.luck.isPoison(reader.shard.id, record)) return true;
      sequence = record + 1;
    }
    return false;
  }

  private tryAgain(): void {
    const { consumer } = this;
    if (++this.failures > consumer.settings.maximumRetryAttempts) {
      if (this.isFinal) {
        this.endWindow();
        return;
      }
      consumer.discarded(this.count);
      this.from = this.end;
      this.count = 0;
      this.goOn();
      return;
    }
    const wait = errorWait(consumer.errorHandling, this.failures);
    if (wait === 0) this.send();
    else this.wait(wait);
  }

  /** The part under way is over: the next part, or the next batch. */
  private goOn(): void {
    const next = this.later.pop();
    if (next !== undefined) {
      this.count = next;
      this.end = this.reader.after(this.index, this.from, next);
      this.begin(1);
      this.send();
      return;
    }
    if (this.failingSince !== NONE) this.consumer.unblocked(this.reader.shard, this.failingSince);
    this.failingSince = NONE;
    this.rest();
    this.consider();
    this.reader.lookForEnd();
  }

  private begin(sends: number): void {
    this.failures = 0;
    this.throttles = 0;
    this.sends = sends;
  }

  private rest(): void {
    this.state = IDLE;
    this.count = 0;
  }

  /** Whether nothing more can come of the tumbling window that has begun. */
  private isWindowOver(): boolean {
    const { consumer, reader } = this;
    if (this.ready > 0) {
      const at = reader.shard.log.at(reader.next(this.index, this.next));
      return consumer.windowOf(at) !== this.openWindow;
    }
    return reader.isRead || consumer.loop.now >= consumer.windowOverAt(this.openWindow);
  }

  private sendFinal(): void {
    this.isFinal = true;
    this.count = 0;
    this.begin(0);
    this.send();
  }

  private endWindow(): void {
    this.isFinal = false;
    this.openWindow = NONE;
    this.rest();
    this.consider();
    this.reader.lookForEnd();
  }

  private standInLine(): void {
    this.isInLine = true;
    this.consumer.turns?.stand(this);
  }

  private leaveLine(): void {
    if (!this.isInLine) return;
    this.isInLine = false;
    this.consumer.turns?.leave(this);
  }

  private wait(time: Micros): void {
    this.state = WAITING;
    this.wakeAt(this.consumer.loop.now + time);
  }

  /** One timer at most that matters: a later deadline is looked for when an earlier one fires. */
  private wakeAt(at: Micros): void {
    this.dueAt = at;
    if (this.timerAt !== NONE && this.timerAt <= at) return;
    this.timerAt = at;
    this.consumer.wakeAt(at, this.id);
  }
}
