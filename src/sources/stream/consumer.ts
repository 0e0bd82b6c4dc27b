/**
 * A function that reads a stream: the event source mapping. It owns the figures and the policy; where it reads is in its
 * ShardReaders, what is under way in its Lanes.
 */
import type { EventKind, EventLoop } from '../../engine/event-loop.js';
import type { Stream } from '../../engine/random-streams.js';
import { type Bytes, MILLISECOND, type Micros, SECOND } from '../../engine/units.js';
import type { Invoker } from '../../lambda/event-source.js';
import { type InvocationId, NONE, type ResourceId } from '../../lambda/ids.js';
import { MARKS, NOTE } from '../../lambda/invocations.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import type { BatchFault, Outcome } from '../../lambda/outcome.js';
import type { RecordBatch } from '../../lambda/recorder.js';
import { NEW_CHAIN, type Target } from '../../lambda/targets.js';
import type { Turns } from '../../lambda/turns.js';
import type { World } from '../../lambda/world.js';
import { payloadLimits } from '../../rules/payload-limits.js';
import { streamBatching } from '../../rules/stream-batching.js';
import { streamCharge } from '../../rules/stream-charge.js';
import { type StreamErrorHandling, streamErrorHandling } from '../../rules/stream-error-handling.js';
import { readInterval, streamPolling } from '../../rules/stream-polling.js';
import { consumerId, FIGURES, type Figure } from '../../scenario/resource-figures.js';
import type { StreamMappingSettings, StreamSettings } from '../../scenario/types.js';
import { BatchInvocation } from '../mapping/batch-invocation.js';
import { Lane } from './lane.js';
import { RecordLuck } from './record-luck.js';
import type { Shard } from './shard.js';
import { ShardReader } from './shard-reader.js';

const figures = FIGURES.consumers;

export class StreamConsumer implements Invoker {
  readonly loop: EventLoop;
  readonly luck: RecordLuck;
  readonly invocation: BatchInvocation;
  /** Of the lanes of all streams that the function reads; undefined where each tries by itself. */
  readonly turns: Turns | undefined;
  /** Most bytes of a batch. */
  readonly payload: Bytes;
  readonly errorHandling: StreamErrorHandling;
  /** Age from which a record is not sent any more. */
  readonly oldest: Micros;
  /** Of reading; `push` instead where the stream pushes. */
  readonly interval: Micros;
  readonly push: Micros | undefined;
  readonly recordsPerRead: number;
  readonly bytesPerRead: Bytes;
  /** Whether its reads use up what the shard gives to all. */
  readonly sharesReads: boolean;
  /** Age from which reading a record is charged. */
  readonly chargedAge: Micros;

  private readonly resource: ResourceId;
  private readonly streamResource: ResourceId;
  private readonly lanes: Lane[] = [];
  private readonly readers: ShardReader[] = [];
  private readonly phases: Stream | undefined;
  private readonly wakeKind: EventKind;
  private readonly readKind: EventKind;
  private readonly pushRate: Bytes;
  /** From the calendar's own start to that of the run, for windows at calendar hours. */
  private readonly epoch: Micros;
  private readonly tumblingWait: Micros;
  private onFailure: Target | undefined;
  private waiting = 0;

  /** `standard` consumers share what a shard gives. */
  constructor(
    private readonly world: World,
    private readonly stream: StreamSettings,
    readonly settings: StreamMappingSettings,
    fn: LambdaFunction,
    standard: number,
  ) {
    const { loop, rules, streams, scenario } = world;
    const name = `functions.${fn.settings.id}/${stream.id}`;
    this.loop = loop;
    this.resource = world.resource('consumers', consumerId(stream.id, fn.settings.id));
    this.streamResource = world.resource('streams', stream.id);
    this.luck = new RecordLuck(streams, name, settings, fn.settings);
    this.invocation = new BatchInvocation(world, fn, world.register(this), name);
    this.payload = rules.value(payloadLimits).request;
    this.tumblingWait = rules.value(streamBatching).tumblingWait;
    this.errorHandling = rules.value(streamErrorHandling);
    this.turns = this.errorHandling.turns ? fn.turns : undefined;
    this.oldest = Math.min(stream.retention, settings.maximumRecordAge);
    const polling = rules.value(streamPolling);
    this.interval = readInterval(polling, stream.type, standard);
    this.push = stream.consumer === 'enhanced-fan-out' ? polling.push : undefined;
    this.pushRate = polling.bytesPerSecond;
    this.sharesReads = stream.type === 'kinesis' && this.push === undefined;
    const isKinesis = stream.type === 'kinesis';
    const isCharged = this.sharesReads && stream.mode === 'provisioned';
    this.chargedAge = isCharged ? rules.value(streamCharge).extendedRetention : Number.POSITIVE_INFINITY;
    this.recordsPerRead = isKinesis ? polling.recordsPerRead : polling.recordsPerReadDynamodb;
    this.bytesPerRead = isKinesis ? polling.bytesPerRead : polling.bytesPerReadDynamodb;
    this.phases = polling.spread ? streams.named(`${name}/reading`) : undefined;
    this.epoch = scenario.run.startEpochMs * MILLISECOND;
    this.wakeKind = loop.define(`${name}/lane`, (lane) => this.lanes[lane]!.wake());
    this.readKind = loop.define(`${name}/read`, (reader) => this.readers[reader]!.read());
  }

  connect(): void {
    const { onFailure } = this.settings;
    this.onFailure = onFailure === undefined ? undefined : this.world.targets.named(onFailure);
  }

  /** Reads a shard from the record `from` on, once its `parents` are done with. */
  addReader(shard: Shard, from: number, parents: readonly Shard[]): void {
    const phase = this.phases === undefined ? 0 : Math.floor(this.phases.uniform() * this.interval);
    const reader = new ShardReader(this, shard, from, phase, this.readers.length);
    this.readers.push(reader);
    shard.readers.push(reader);
    for (const parent of parents) reader.waitFor(parent.readers.find(({ consumer }) => consumer === this)!);
  }

  /** The next lane of a reader. */
  addLane(reader: ShardReader, index: number, from: number): Lane {
    const lane = new Lane(this, reader, index, this.lanes.length, from);
    this.lanes.push(lane);
    return lane;
  }

  settled(invocation: InvocationId, outcome: Outcome): void {
    const lane = this.lanes[this.world.invocations.marks[(invocation << MARKS) + NOTE]]!;
    // Its concurrency is free: whoever waits for that comes before what the lane sends next.
    this.turns?.giveNext();
    lane.settled(outcome);
  }

  wakeAt(at: Micros, lane: number): void {
    this.loop.at(at, this.wakeKind, lane);
  }

  readAt(at: Micros, reader: number): void {
    this.loop.at(at, this.readKind, reader);
  }

  /** Time after which as much again may be pushed. */
  pushTime(bytes: Bytes): Micros {
    return Math.ceil((bytes * SECOND) / this.pushRate);
  }

  /** The tumbling window of an instant, and when it is taken for over. */
  windowOf(at: Micros): number {
    return Math.floor((this.epoch + at) / this.settings.tumblingWindow);
  }

  windowOverAt(window: number): Micros {
    return (window + 1) * this.settings.tumblingWindow - this.epoch + this.tumblingWait;
  }

  /** Records that are there to be read by it. */
  arrived(count: number): void {
    this.count(figures.records, count);
    this.waits(count);
  }

  readBytes(bytes: Bytes): void {
    if (bytes === 0) return;
    const { bytesOut, bytesPushed } = FIGURES.streams;
    this.world.recorder.counted(this.streamResource, this.push === undefined ? bytesOut : bytesPushed, bytes);
  }

  /** Of what was read, what is old enough to be charged. */
  retrieved(bytes: Bytes): void {
    this.world.recorder.counted(this.streamResource, FIGURES.streams.bytesRetrieved, bytes);
  }

  filtered(count: number): void {
    this.count(figures.filtered, count);
    this.processed(count);
  }

  processed(count: number): void {
    this.count(figures.processed, count);
    this.waits(-count);
  }

  expired(count: number): void {
    this.count(figures.expired, count);
    this.waits(-count);
  }

  /** Given up after its last try, or too old: whoever is told of that gets one record for all of them. */
  discarded(count: number): void {
    this.count(figures.discarded, count);
    this.waits(-count);
    if (this.onFailure === undefined) return;
    const taken = this.onFailure.receive(this.errorHandling.envelope, NONE, NEW_CHAIN);
    this.count(taken ? figures.handedOver : figures.destinationFailures, 1);
  }

  tooOld(count: number): void {
    if (this.settings.maximumRecordAge <= this.stream.retention) this.discarded(count);
    else this.expired(count);
  }

  /** An invocation of a batch, or of a part of one that was sent before, has begun. */
  sent(invocation: InvocationId, batch: RecordBatch, isRepeated: boolean): void {
    const { recorder } = this.world;
    if (recorder.hearsEach) recorder.batch(this.resource, invocation, batch);
    this.count(isRepeated ? figures.retries : figures.batches, 1);
  }

  /** The last record of a batch that is sent now was written at `at`. */
  stateAge(shard: Shard, at: Micros): void {
    const { recorder } = this.world;
    const age = this.loop.now - at;
    // What was in the stream at the start counts as come then.
    recorder.took(this.resource, figures.iteratorAge, age, Math.max(0, at));
    recorder.shardRead(this.streamResource, shard.id, age);
  }

  blocked(shard: Shard, since: Micros, fault: BatchFault): void {
    this.world.recorder.shardBlocked(this.resource, shard.id, since, fault);
  }

  unblocked(shard: Shard, since: Micros): void {
    this.world.recorder.shardUnblocked(this.resource, shard.id, since);
  }

  private waits(change: number): void {
    this.waiting += change;
    this.world.recorder.stands(this.resource, figures.waiting, this.waiting);
  }

  private count(figure: Figure, amount: number): void {
    this.world.recorder.counted(this.resource, figure, amount);
  }
}
