/**
 * A Kinesis stream, or the stream of a DynamoDB table: it takes records into the shard of their partition key, keeps them
 * for a while, and is read by functions, each at its own pace.
 */
import type { EventKind } from '../../engine/event-loop.js';
import { type Bytes, KB, type Micros, SECOND } from '../../engine/units.js';
import { NONE, type ResourceId } from '../../lambda/ids.js';
import type { World } from '../../lambda/world.js';
import { messageLimits } from '../../rules/message-limits.js';
import { longRetention, type StreamCharge, streamCharge } from '../../rules/stream-charge.js';
import { streamParallelization } from '../../rules/stream-parallelization.js';
import { streamPolling } from '../../rules/stream-polling.js';
import { streamRetention } from '../../rules/stream-retention.js';
import { onDemandShards, type StreamThroughput, streamThroughput } from '../../rules/stream-throughput.js';
import { FIGURES } from '../../scenario/resource-figures.js';
import type { StreamSettings } from '../../scenario/types.js';
import type { RunningResource } from '../resource.js';
import { StreamConsumer } from './consumer.js';
import { placeOf } from './hashes.js';
import { Shard, type ShardLimits } from './shard.js';

const figures = FIGURES.streams;

/** Records that expire are looked for this often at most. */
const SWEEP: Micros = SECOND;
/** Size of a record of the backlog. */
const BACKLOG_RECORD: Bytes = KB;

export function stream(settings: StreamSettings, world: World): RunningResource {
  return new RecordStream(settings, world);
}

class RecordStream implements RunningResource {
  private readonly resource: ResourceId;
  private readonly limit: Bytes;
  private readonly throughput: StreamThroughput;
  private readonly charge: StreamCharge;
  private readonly limits: ShardLimits;
  private readonly isLimited: boolean;
  private readonly isOnDemand: boolean;
  /** Whether what it keeps is charged. */
  private readonly isKeptLong: boolean;
  private readonly consumers: readonly StreamConsumer[];
  private readonly sweepKind: EventKind;
  /** Every shard that there ever was, and those that take writes, in the order of the hash range. */
  private readonly shards: Shard[] = [];
  private open: Shard[] = [];
  private keys = 0;
  /** Kept by a stream that nobody reads. */
  private waiting = 0;
  /** Written since a stream on demand was last looked at. */
  private recordsSince = 0;
  private bytesSince: Bytes = 0;

  constructor(
    private readonly settings: StreamSettings,
    private readonly world: World,
  ) {
    const { rules, loop, scenario, functions } = world;
    const { id, type, mode } = settings;
    this.resource = world.resource('streams', id);
    this.limit = rules.value(messageLimits).stream;
    this.throughput = rules.value(streamThroughput);
    this.charge = rules.value(streamCharge);
    rules.value(streamRetention);
    rules.value(streamParallelization);
    const { readsPerSecond, bytesPerSecond } = rules.value(streamPolling);
    this.limits = {
      recordsIn: this.throughput.recordsPerSecond,
      bytesIn: this.throughput.bytesPerSecond,
      readsOut: readsPerSecond,
      bytesOut: bytesPerSecond,
    };
    this.isLimited = type === 'kinesis';
    this.isOnDemand = mode === 'on-demand';
    const { extended, longTerm } = longRetention(this.charge, settings.retention);
    this.isKeptLong = type === 'kinesis' && (longTerm > 0 || (this.isOnDemand && extended > 0));
    const readers = scenario.functions.flatMap(({ eventSources }, index) =>
      eventSources.flatMap((one) =>
        one.kind === 'stream' && one.stream === id ? [{ mapping: one, fn: functions[index]! }] : [],
      ),
    );
    this.consumers = readers.map(({ mapping, fn }) => new StreamConsumer(world, settings, mapping, fn, readers.length));
    this.sweepKind = loop.define(`streams.${id}/expire`, (shard) => this.sweep(this.shards[shard]!));
  }

  connect(): void {
    for (const consumer of this.consumers) consumer.connect();
  }

  start(): void {
    const { loop } = this.world;
    const { id, shards, reshard } = this.settings;
    this.open = this.makeShards(shards);
    this.stateOpen();
    this.addBacklog();
    for (const shard of this.open) {
      for (const consumer of this.consumers) this.startReading(consumer, shard);
      this.watch(shard);
    }
    const change = loop.define(`streams.${id}/reshard`, (count) => this.reshard(count));
    for (const { at, shards: count } of reshard) loop.at(at, change, count);
    if (!this.isOnDemand) return;
    const { onDemandInterval } = this.throughput;
    const grow = loop.define(`streams.${id}/grow`, () => {
      this.grow(onDemandInterval);
      loop.after(onDemandInterval, grow);
    });
    loop.after(onDemandInterval, grow);
  }

  receive(payload: Bytes, key: number): boolean {
    if (payload > this.limit) return false;
    const { recorder, loop } = this.world;
    const { now } = loop;
    const own = key === NONE ? this.keyOfItsOwn() : key;
    const shard = this.open[Math.floor(placeOf(own) * this.open.length)];
    if (this.isLimited && !shard.tryTake(now, payload)) {
      recorder.counted(this.resource, figures.rejected, 1);
      recorder.shardWritten(this.resource, shard.id, false);
      return false;
    }
    const { log, readers } = shard;
    const wasEmpty = log.end === 0;
    log.add(now, own, payload);
    recorder.counted(this.resource, figures.records, 1);
    recorder.shardWritten(this.resource, shard.id, true);
    this.meter(payload);
    for (let i = 0; i < readers.length; i++) {
      readers[i].consumer.arrived(1);
      readers[i].lookForRecords();
    }
    if (readers.length === 0) recorder.stands(this.resource, figures.waiting, ++this.waiting);
    if (wasEmpty) this.watch(shard);
    return true;
  }

  /** What is charged of a record that was put into a Kinesis stream. */
  private meter(payload: Bytes): void {
    const { recorder } = this.world;
    if (this.isKeptLong) recorder.counted(this.resource, figures.bytesKept, payload);
    if (this.isOnDemand) {
      const { onDemandUnit } = this.charge;
      recorder.counted(this.resource, figures.bytesIn, Math.max(1, Math.ceil(payload / onDemandUnit)) * onDemandUnit);
      this.recordsSince++;
      this.bytesSince += payload;
    } else if (this.isLimited) {
      recorder.counted(this.resource, figures.putUnits, Math.max(1, Math.ceil(payload / this.charge.putUnit)));
    }
  }

  /** Keys that are drawn count from 0; those of single records below. */
  private keyOfItsOwn(): number {
    this.keys = (this.keys + 1) & 0x7fffffff;
    return -1 - this.keys;
  }

  private makeShards(count: number): Shard[] {
    const made = Array.from(
      { length: count },
      (_, index) => new Shard(this.shards.length + index, index / count, (index + 1) / count, this.limits),
    );
    this.shards.push(...made);
    return made;
  }

  /** Records of before the start, evenly spread over the age of the oldest, each with a key of its own. */
  private addBacklog(): void {
    const { backlog, backlogAge } = this.settings;
    const { recorder } = this.world;
    if (backlog === 0) return;
    for (let i = 0; i < backlog; i++) {
      const key = this.keyOfItsOwn();
      const shard = this.open[Math.floor(placeOf(key) * this.open.length)];
      shard.log.add(Math.round(backlogAge * (i / backlog - 1)), key, BACKLOG_RECORD);
      recorder.shardWritten(this.resource, shard.id, true);
    }
    recorder.counted(this.resource, figures.records, backlog);
    if (this.consumers.length > 0) return;
    this.waiting = backlog;
    recorder.stands(this.resource, figures.waiting, backlog);
  }

  private startReading(consumer: StreamConsumer, shard: Shard): void {
    const { startingPosition, startingTimestamp } = consumer.settings;
    const { log } = shard;
    let from = 0;
    if (startingPosition === 'LATEST') from = log.end;
    else if (startingPosition === 'AT_TIMESTAMP') while (from < log.end && log.at(from) < -startingTimestamp) from++;
    consumer.addReader(shard, from, []);
    if (log.end > from) consumer.arrived(log.end - from);
    shard.readers[shard.readers.length - 1]!.lookForRecords();
  }

  private grow(interval: Micros): void {
    const perSecond = SECOND / interval;
    const wanted = onDemandShards(this.throughput, this.recordsSince * perSecond, this.bytesSince * perSecond);
    this.recordsSince = 0;
    this.bytesSince = 0;
    if (wanted > this.open.length) this.reshard(wanted);
  }

  /** The shards take no more writes; as many new ones as wanted share the hash range, each after those it overlaps. */
  private reshard(count: number): void {
    const parents = this.open;
    for (const parent of parents) parent.closed = true;
    this.open = this.makeShards(count);
    this.stateOpen();
    for (const shard of this.open) {
      const own = parents.filter(({ from, to }) => from < shard.to && to > shard.from);
      for (const consumer of this.consumers) consumer.addReader(shard, 0, own);
    }
    for (const parent of parents) for (const reader of parent.readers) reader.lookForEnd();
  }

  private stateOpen(): void {
    const { recorder } = this.world;
    recorder.stands(this.resource, figures.openShards, this.open.length);
    recorder.stands(this.resource, figures.exists, 1);
    if (this.settings.consumer === 'enhanced-fan-out')
      recorder.stands(this.resource, figures.fanOut, this.open.length * this.consumers.length);
  }

  /** Looks for expired records of the shard when its oldest may be one. */
  private watch(shard: Shard): void {
    if (shard.log.end === 0) return;
    const oldest = shard.oldest;
    const at = (oldest === NONE ? this.world.loop.now : shard.log.at(oldest)) + this.settings.retention;
    this.world.loop.at(Math.max(at, this.world.loop.now + SWEEP), this.sweepKind, shard.id);
  }

  private sweep(shard: Shard): void {
    const before = shard.expiredAt(this.world.loop.now - this.settings.retention);
    const expired = before - shard.expiredTo;
    shard.expiredTo = before;
    for (const reader of shard.readers) reader.expire(before);
    if (shard.readers.length === 0 && expired > 0) {
      this.waiting -= expired;
      this.world.recorder.counted(this.resource, figures.expired, expired);
      this.world.recorder.stands(this.resource, figures.waiting, this.waiting);
    }
    shard.forget();
    // A closed shard that is empty stays so.
    if (!shard.closed || shard.oldest !== NONE) this.watch(shard);
  }
}
