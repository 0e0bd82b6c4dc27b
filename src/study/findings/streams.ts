/** Streams: writes that no shard took, shards that a failing batch blocks, records that were lost, and readers that fall behind. */
import { count, counted, duration, plainNumber, share } from '../../engine/format.js';
import { MB, MILLISECOND, type Micros, SECOND } from '../../engine/units.js';
import type { BatchFaultName } from '../../lambda/outcome.js';
import type { Blocked } from '../../results/shard-statistics.js';
import { streamErrorHandling } from '../../rules/stream-error-handling.js';
import { streamParallelization } from '../../rules/stream-parallelization.js';
import { readInterval, streamPolling } from '../../rules/stream-polling.js';
import { streamThroughput } from '../../rules/stream-throughput.js';
import { consumerId, resourcePath } from '../../scenario/resource-figures.js';
import type { LambdaFunctionSettings, StreamMappingSettings, StreamSettings } from '../../scenario/types.js';
import { isHot } from '../hot-shard.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';
import { isHeldBack, mostlyRefusedBy } from './throttles.js';

/** Below these an iterator age that grows is chance. */
const LEAST_GROWTH = 0.02;
const LEAST_AGE_MS = 10_000;
/** A batch that failed for less than this is no more than a retry. */
const LEAST_BLOCKED: Micros = 60 * SECOND;
/** Of what a shard gives; reads of several functions leave small gaps. */
const ALL_READ = 0.9;

interface Reader {
  readonly stream: StreamSettings;
  readonly fn: LambdaFunctionSettings;
  readonly mapping: StreamMappingSettings;
  /** Where its figures are. */
  readonly path: string;
  /** Of its settings. */
  readonly settings: string;
}

function readers({ scenario }: Subject): Reader[] {
  return scenario.streams.flatMap((stream) =>
    scenario.functions.flatMap((fn) =>
      fn.eventSources.flatMap((mapping, index) =>
        mapping.kind === 'stream' && mapping.stream === stream.id
          ? [
              {
                stream,
                fn,
                mapping,
                path: resourcePath({ kind: 'consumers', id: consumerId(stream.id, fn.id) }),
                settings: `functions.${fn.id}.eventSources[${index}]`,
              },
            ]
          : [],
      ),
    ),
  );
}

const time = (micros: Micros) => duration(micros / MILLISECOND);

export function rejectedWrites(subject: Subject): Found[] {
  return subject.scenario.streams.flatMap((stream): Found[] => {
    const { records, rejected, shards } = subject.run.streams[stream.id]!;
    if (rejected === 0) return [];
    const resource = `streams.${stream.id}`;
    const { recordsPerSecond, bytesPerSecond } = subject.rules.value(streamThroughput);
    const hottest = shards.reduce((a, b) => (b.rejected > a.rejected ? b : a));
    const all = shards.reduce((sum, one) => sum + one.records + one.rejected, 0);
    const part = (hottest.records + hottest.rejected) / all;
    const hot = isHot(part, shards.length);
    const where = hot ? `; ${hotKeys(hottest.shard, part)}` : '';
    const writes = subject.scenario.traffic.find(({ to, key }) => to === stream.id && key !== undefined);
    const knob = hot && writes !== undefined ? `traffic.${writes.id}.key` : `${resource}.shards`;
    return [
      {
        resource,
        limit: 'WriteProvisionedThroughputExceeded',
        ...subject.period(resource, 'WriteProvisionedThroughputExceeded'),
        message: `${stream.id} rejected ${count(rejected)} of ${counted(records + rejected, 'write')} (${share(rejected / (records + rejected))}): a shard takes ${count(recordsPerSecond)} records and ${count(bytesPerSecond / 1024)} KB a second${where}.`,
        knob,
        touches: ['rejected', 'failed', 'succeeded'],
        requests: rejected / (records + rejected),
        bill: 0,
      },
    ];
  });
}

function hotKeys(shard: number, part: number): string {
  return `shard ${shard} got ${share(part)} of all writes, so a few partition keys are hot, and more shards cannot split one`;
}

/** What a batch was blocked by, in words, and the setting that ends it. */
interface Obstacle {
  readonly by: string;
  readonly knob: string;
}

/** By the fault that most tries failed for. */
const OBSTACLES: Readonly<Record<BatchFaultName, (reader: Reader, subject: Subject) => Obstacle>> = {
  poison: ({ mapping, settings }) => ({
    by: 'a record that fails on every try',
    knob: `${settings}.${isEndless(mapping) || mapping.bisectBatchOnFunctionError ? 'maximumRetryAttempts' : 'bisectBatchOnFunctionError'}`,
  }),
  record: ({ fn, mapping, settings }) =>
    mapping.reportBatchItemFailures || mapping.batchSize === 1
      ? { by: 'records that fail on some of their tries', knob: `functions.${fn.id}.recordErrorRate` }
      : {
          by: 'records that fail on some of their tries, one of which fails the whole batch',
          knob: `${settings}.reportBatchItemFailures`,
        },
  handler: ({ fn }) => ({ by: 'errors of its handler, whatever the records', knob: `functions.${fn.id}.errorRate` }),
  call: ({ fn }) =>
    fn.calls.length > 0
      ? { by: 'calls of its handler that fail', knob: `functions.${fn.id}.calls` }
      : { by: 'restores that take too long', knob: `functions.${fn.id}.snapStart` },
  timeout: ({ fn }) => ({ by: `its timeout of ${time(fn.timeout)}`, knob: `functions.${fn.id}.timeout` }),
  // Throttles of the warm-up alone have no reason in the results.
  throttle: ({ fn }, subject) => ({
    by: 'throttles',
    knob: mostlyRefusedBy(subject, fn)?.knob ?? `functions.${fn.id}.reservedConcurrency`,
  }),
  service: () => ({ by: 'service errors of Lambda', knob: 'account.outages' }),
};

function isEndless({ maximumRetryAttempts }: StreamMappingSettings): boolean {
  return maximumRetryAttempts === Number.POSITIVE_INFINITY;
}

function longBlocks({ evidence }: Subject, path: string): Blocked[] {
  return (evidence.blocked.get(path) ?? []).filter(({ from, to }) => to - from >= LEAST_BLOCKED);
}

/** Share of the records that came while their shard was blocked, if all shards get as many. */
function blockedShare({ scenario }: Subject, { shards }: StreamSettings, blocks: readonly Blocked[]): number {
  const { warmUp, duration } = scenario.run;
  const blocked = blocks.reduce((sum, { from, to }) => sum + to - from, 0);
  return Math.min(1, blocked / ((duration - warmUp) * shards));
}

export function blockedShards(subject: Subject): Found[] {
  return readers(subject).flatMap((reader): Found[] => {
    const { stream, fn, mapping, path } = reader;
    const blocks = longBlocks(subject, path);
    const until = subject.scenario.run.duration;
    const { maximumWait } = subject.rules.value(streamErrorHandling);
    const lasts = ({ to, over }: Blocked) => !over && to >= until - maximumWait - fn.timeout;
    const { records, waiting } = subject.run.streams[stream.id]!.consumers[fn.id]!;
    const faults = new Set(blocks.map(({ fault }) => fault));
    return [...faults].map((fault): Found => {
      const alike = blocks.filter((block) => block.fault === fault);
      const longest = alike.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a));
      const { by, knob } = OBSTACLES[fault](reader, subject);
      const span = `${time(longest.to - longest.from)}${lasts(longest) ? ', and still is' : ''}`;
      const isLane = mapping.parallelizationFactor > 1;
      const where = `${isLane ? 'A lane of shard' : 'Shard'} ${longest.shard} of ${stream.id}`;
      const others = counted(alike.length - 1, 'other shard');
      const also =
        alike.length === 1
          ? ''
          : ` So ${alike.length > 2 ? 'were' : 'was'} ${!isLane ? '' : alike.length > 2 ? 'lanes of ' : 'a lane of '}${others}.`;
      const usesRetries = fault !== 'throttle' && fault !== 'service';
      const why =
        isEndless(mapping) || !usesRetries
          ? `it is sent again until its records expire, ${time(Math.min(stream.retention, mapping.maximumRecordAge))} after they were written`
          : `it is sent again up to ${counted(mapping.maximumRetryAttempts, 'time')}`;
      return {
        resource: `streams.${stream.id}`,
        limit: 'BlockedShard',
        from: longest.from / SECOND,
        to: (lasts(longest) ? until : longest.to) / SECOND,
        message: `${where} was blocked for ${fn.id} by ${by}, from ${time(longest.from)} on for ${span}: while its batch ${usesRetries ? 'fails' : 'is refused'}, what follows waits, and ${why}.${also}`,
        knob,
        touches: ['iteratorAge', 'waiting', 'expired', 'errors'],
        requests: Math.max(records === 0 ? 0 : waiting / records, blockedShare(subject, stream, alike)),
        bill: 0,
      };
    });
  });
}

export function lostRecords(subject: Subject): Found[] {
  return readers(subject).flatMap(({ stream, fn, mapping, path, settings }): Found[] => {
    const { records, expired, discarded } = subject.run.streams[stream.id]!.consumers[fn.id]!;
    const resource = `streams.${stream.id}`;
    const found: Found[] = [];
    const add = (limit: string, lost: number, metric: string, message: string, knob: string): void => {
      found.push({
        resource,
        limit,
        ...subject.period(path, metric),
        message,
        knob,
        touches: ['expired', 'discarded'],
        requests: lost / records,
        bill: 0,
      });
    };
    if (expired > 0)
      add(
        'RecordsExpired',
        expired,
        'Expired',
        `${counted(expired, 'record')} of ${count(records)} of ${stream.id} expired before ${fn.id} had processed them: the stream keeps them for ${time(stream.retention)}.`,
        stream.type === 'dynamodb' ? `${settings}.maximumRetryAttempts` : `${resource}.retention`,
      );
    if (discarded > 0) {
      const told = mapping.onFailure === undefined ? 'nobody was told' : `${mapping.onFailure} was told`;
      const isWhole = !mapping.bisectBatchOnFunctionError && !mapping.reportBatchItemFailures && mapping.batchSize > 1;
      const advice = isWhole
        ? '; each batch was given up whole, which bisectBatchOnFunctionError or reportBatchItemFailures narrow down to what fails'
        : '';
      const message = `${fn.id} gave up ${counted(discarded, 'record')} of ${count(records)} of ${stream.id}, whose retries were used up or which were too old, and ${told}${advice}.`;
      add('RecordsDiscarded', discarded, 'DroppedEventCount', message, knobOfDiscards(fn, mapping, settings));
    }
    return found;
  });
}

/** A record that fails on every try is given up in the end; any other succeeds where it may be tried for longer. */
function knobOfDiscards(fn: LambdaFunctionSettings, mapping: StreamMappingSettings, settings: string): string {
  if (fn.poisonRate > 0) return `functions.${fn.id}.poisonRate`;
  return `${settings}.${isEndless(mapping) ? 'maximumRecordAge' : 'maximumRetryAttempts'}`;
}

/** Several standard consumers read all that the shard furthest behind gives; its part of what is read is taken for that of its records. */
function readsAll({ run, rules, evidence, scenario }: Subject, { id, type, consumer }: StreamSettings): boolean {
  const { shards, consumers } = run.streams[id]!;
  if (type === 'dynamodb' || consumer !== 'standard' || Object.keys(consumers).length < 2) return false;
  const behind = shards.reduce((a, b) => ((b.iteratorAge.max ?? 0) > (a.iteratorAge.max ?? 0) ? b : a));
  const part = behind.records / shards.reduce((sum, { records }) => sum + records, 0);
  const read = part * (evidence.counts.get(`streams.${id}/bytesOut`) ?? 0);
  const seconds = (scenario.run.duration - scenario.run.warmUp) / SECOND;
  return read >= ALL_READ * rules.value(streamPolling).bytesPerSecond * seconds;
}

/** What decides how many shards there are at the end. */
function knobOfShards({ scenario }: Subject, { id, reshard }: StreamSettings): string {
  const isResharded = reshard.some(({ at }) => at <= scenario.run.duration);
  return `streams.${id}.${isResharded ? 'reshard' : 'shards'}`;
}

/** The shard that fell furthest behind, where it gets far more of the writes than its part. */
function hotShardBehind({ run }: Subject, { id }: StreamSettings): { shard: number; part: number } | undefined {
  const { shards } = run.streams[id]!;
  const behind = shards.reduce((a, b) => ((b.iteratorAge.max ?? 0) > (a.iteratorAge.max ?? 0) ? b : a));
  const writes = (one: typeof behind) => one.records + one.rejected;
  const part = writes(behind) / shards.reduce((sum, one) => sum + writes(one), 0);
  return isHot(part, shards.length) ? { shard: behind.shard, part } : undefined;
}

/** The lanes take less than what comes. With a growth of g, 1 - g of it is what they take. */
export function growingAge(subject: Subject): Found[] {
  return readers(subject).flatMap(({ stream, fn, mapping, path, settings }): Found[] => {
    const growth = subject.evidence.growth.get(path) ?? 0;
    // What fails grows older too, by a second a second, and no number of lanes would help.
    if (growth < LEAST_GROWTH || longBlocks(subject, path).some(({ fault }) => fault !== 'throttle')) return [];
    const { records, waiting, iteratorAge } = subject.run.streams[stream.id]!.consumers[fn.id]!;
    if (waiting === 0 || (iteratorAge.max ?? 0) < LEAST_AGE_MS) return [];
    const { throttles } = subject.run.functions[fn.id]!;
    const refusal = isHeldBack(subject, fn) ? mostlyRefusedBy(subject, fn) : undefined;
    const { maximum } = subject.rules.value(streamParallelization);
    const wanted = Math.ceil(mapping.parallelizationFactor / Math.max(1e-9, 1 - growth));
    const open = subject.evidence.openShards.get(stream.id) ?? stream.shards;
    const shards = Math.ceil((open * mapping.parallelizationFactor) / (1 - Math.min(growth, 0.999)) / maximum);
    const hot = hotShardBehind(subject, stream);
    const keyed = subject.scenario.traffic.find(({ to, key }) => to === stream.id && key !== undefined);
    const [cure, knob] = readsAll(subject, stream)
      ? [
          `the functions that read the stream share the ${count(subject.rules.value(streamPolling).bytesPerSecond / MB)} MB a second that a shard gives, and enhanced fan-out gives each as much of its own`,
          `streams.${stream.id}.consumer`,
        ]
      : refusal !== undefined
        ? [
            `${counted(waiting, 'record')} wait, for its function was throttled ${counted(throttles, 'time')}: ${refusal.because}`,
            refusal.knob,
          ]
        : wanted <= maximum
          ? [`raise parallelizationFactor to ${count(wanted)}`, `${settings}.parallelizationFactor`]
          : hot !== undefined && keyed !== undefined
            ? [hotKeys(hot.shard, hot.part), `traffic.${keyed.id}.key`]
            : [
                `${maximum > 1 ? `even with a parallelizationFactor of ${count(maximum)} ` : ''}it needs ${count(shards)} shards, or larger batches`,
                knobOfShards(subject, stream),
              ];
    const { warmUp, duration: until } = subject.scenario.run;
    return [
      {
        resource: `streams.${stream.id}`,
        limit: 'IteratorAge',
        from: (warmUp + until) / 2 / SECOND,
        to: until / SECOND,
        message: `What ${fn.id} reads of ${stream.id} grows older by ${plainNumber(Number(growth.toFixed(2)))} s a second: of the shard furthest behind it takes ${share(1 - growth)} of what comes; ${cure}.`,
        knob,
        touches: ['iteratorAge', 'waiting'],
        requests: waiting / records,
        bill: 0,
      },
    ];
  });
}

/** More functions read a shard than it gives reads a second. */
export function crowdedShards(subject: Subject): Found[] {
  return subject.scenario.streams.flatMap((stream): Found[] => {
    const consumers = Object.keys(subject.run.streams[stream.id]!.consumers).length;
    if (stream.type === 'dynamodb' || stream.consumer !== 'standard') return [];
    const polling = subject.rules.value(streamPolling);
    const interval = readInterval(polling, stream.type, consumers);
    if (interval === readInterval(polling, stream.type, 1)) return [];
    const { warmUp, duration: until } = subject.scenario.run;
    const resource = `streams.${stream.id}`;
    return [
      {
        resource,
        limit: 'ReadProvisionedThroughputExceeded',
        from: warmUp / SECOND,
        to: until / SECOND,
        message: `${count(consumers)} functions share the ${count(polling.readsPerSecond)} reads a second of each shard of ${stream.id}: each reads it every ${time(interval)} instead of every ${time(polling.kinesis)}.`,
        knob: `${resource}.consumer`,
        touches: ['iteratorAge'],
        requests: 1 - polling.kinesis / interval,
        bill: 0,
      },
    ];
  });
}
