/** Streams and the functions that read them, against AWS's ranges and the day. */
import type { Feature } from '../../rules/feature-dates.js';
import { streamBatching } from '../../rules/stream-batching.js';
import { streamErrorHandling } from '../../rules/stream-error-handling.js';
import { streamParallelization } from '../../rules/stream-parallelization.js';
import { streamPolling } from '../../rules/stream-polling.js';
import { streamResharding } from '../../rules/stream-resharding.js';
import { streamRetention } from '../../rules/stream-retention.js';
import { durationText } from '../quantities/duration.js';
import { numberText, shown } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import { below, type Path } from '../tree.js';
import type { Scenario, StreamMappingSettings, StreamSettings } from '../types.js';
import { checkFeature } from './feature-dates.js';
import { holdTime } from './hold.js';
import { checkTarget } from './links.js';

export function checkStreams(scenario: Scenario, context: Context): void {
  for (const one of scenario.streams) {
    checkStream(one, context);
    checkReaders(one, scenario, context);
  }
  for (const { id, eventSources } of scenario.functions) {
    const read = new Set<string>();
    for (const [index, mapping] of eventSources.entries()) {
      if (mapping.kind !== 'stream') continue;
      const path: Path = ['functions', id, 'eventSources', index];
      checkMapping(mapping, path, scenario, context);
      if (read.has(mapping.stream)) {
        context.report([...path, 'stream'], {
          code: 'duplicate-id',
          message: `${id} reads ${shown(mapping.stream)} already`,
          hint: 'a function reads a stream once: keep one of the entries',
        });
      }
      read.add(mapping.stream);
    }
  }
}

const KINESIS_ONLY = ['mode', 'consumer', 'retention'] as const;

function checkStream(stream: StreamSettings, context: Context): void {
  const { id, type, mode, retention, backlogAge, reshard } = stream;
  const path: Path = ['streams', id];
  if (type === 'dynamodb') {
    for (const key of KINESIS_ONLY) {
      if (!context.has([...path, key])) continue;
      context.report([...path, key], {
        code: 'no-effect',
        message: `${key} belongs to Kinesis streams, and this is the stream of a DynamoDB table`,
        hint: `remove ${key}`,
      });
    }
  } else {
    const { minimum, maximum, step } = context.rules.value(streamRetention);
    holdTime(retention, { minimum, maximum, step }, [...path, 'retention'], 'stream-retention', context);
    if (mode === 'on-demand') checkOnDemand(reshard.length > 0, path, context);
    else checkResharding(stream, context);
  }
  const kept = type === 'dynamodb' ? context.rules.value(streamRetention).dynamodb : retention;
  if (backlogAge > kept) {
    context.report(
      [...path, 'backlogAge'],
      {
        code: 'above-maximum',
        message: `the backlog is ${durationText(backlogAge)} old, and the stream keeps records for ${durationText(kept)}`,
        hint: `use at most ${durationText(kept)}`,
      },
      below(path, ['type', 'retention']),
    );
  }
}

function checkOnDemand(isResharded: boolean, path: Path, context: Context): void {
  checkFeature('onDemandStreams', [...path, 'mode'], context);
  if (!isResharded) return;
  context.report([...path, 'reshard'], {
    code: 'no-effect',
    message: 'a stream on demand changes its shards itself',
    hint: 'remove reshard, or write mode: provisioned',
  });
}

/**
 * Each change against the one before it in time, which need not stand before it. After one that is refused, whatever could
 * stand in its place is taken for it.
 */
function checkResharding({ id, shards, reshard }: StreamSettings, context: Context): void {
  const { factor, calls, period } = context.rules.value(streamResharding);
  const path: Path = ['streams', id, 'reshard'];
  const changes = reshard.map((change, index) => ({ ...change, index })).sort((a, b) => a.at - b.at);
  const span = (from: number, to: number) =>
    from === to ? numberText(to) : `${numberText(from)} to ${numberText(to)}`;
  let fewest = shards;
  let highest = shards;
  for (const [place, { at, shards: count, index }] of changes.entries()) {
    const least = Math.ceil(fewest / factor);
    const most = Math.floor(highest * factor);
    const isRefused = count < least || count > most;
    if (isRefused) {
      const before = fewest === highest ? numberText(fewest) : `the ${span(fewest, highest)} that could be there`;
      const fault = {
        code: count < least ? 'below-minimum' : 'above-maximum',
        message: `a call that leads from ${before} to ${numberText(count)} shards is refused: it changes their number by a factor of ${numberText(factor)} at most (rule stream-resharding)`,
        hint: `use ${span(least, most)}, and go on from there in another call`,
      };
      context.report([...path, index, 'shards'], fault, [...below(['streams', id], ['shards', 'type', 'mode']), path]);
    }
    const first = changes[place - calls];
    if (first !== undefined && at - first.at < period) {
      const fault = {
        code: 'above-maximum',
        message: `call ${numberText(calls + 1)} within ${durationText(period)} is refused: there are ${numberText(calls)} at most (rule stream-resharding)`,
        hint: `begin at ${durationText(first.at + period)}`,
      };
      context.report([...path, index, 'at'], fault, [path]);
    }
    fewest = isRefused ? least : count;
    highest = isRefused ? most : count;
  }
}

function checkReaders({ id, type }: StreamSettings, { functions }: Scenario, context: Context): void {
  if (type !== 'dynamodb') return;
  const { readersDynamodb } = context.rules.value(streamPolling);
  const readers = functions.filter(({ eventSources }) =>
    eventSources.some((one) => one.kind === 'stream' && one.stream === id),
  ).length;
  if (readers > readersDynamodb)
    context.warn(
      `streams.${id}: ${numberText(readers)} functions read it, and DynamoDB may throttle the reads of more than ${numberText(readersDynamodb)} (rule stream-polling), which is not simulated: let one function pass its records on to the others`,
    );
}

/** Settings that came later than streams as event sources. */
const FEATURES: readonly (readonly [Feature, string])[] = [
  ['streamWindow', 'maximumBatchingWindow'],
  ['streamErrorSettings', 'parallelizationFactor'],
  ['streamErrorSettings', 'maximumRetryAttempts'],
  ['streamErrorSettings', 'maximumRecordAge'],
  ['streamErrorSettings', 'bisectBatchOnFunctionError'],
  ['streamErrorSettings', 'onFailure'],
  ['tumblingWindow', 'tumblingWindow'],
  ['streamItemFailures', 'reportBatchItemFailures'],
  ['eventFiltering', 'filter'],
];

function checkMapping(mapping: StreamMappingSettings, path: Path, scenario: Scenario, context: Context): void {
  checkTarget(mapping.stream, [...path, 'stream'], ['streams'], context);
  const late = new Set(
    FEATURES.filter(
      ([feature, key]) => context.has([...path, key]) && !checkFeature(feature, [...path, key], context),
    ).map(([, key]) => key),
  );
  const stream = scenario.streams.find(({ id }) => id === mapping.stream);
  const batching = context.rules.value(streamBatching);
  const isDynamodb = stream?.type === 'dynamodb';
  const most = isDynamodb ? batching.batchMaximumDynamodb : batching.batchMaximum;
  const { step } = batching;
  checkCount(mapping.batchSize, most, 'records in a batch', [...path, 'batchSize'], 'stream-batching', context);
  const window = { minimum: 0, maximum: batching.windowMaximum, step };
  holdTime(mapping.maximumBatchingWindow, window, [...path, 'maximumBatchingWindow'], 'stream-batching', context);
  const tumbling = { minimum: 0, maximum: batching.tumblingMaximum, step };
  holdTime(mapping.tumblingWindow, tumbling, [...path, 'tumblingWindow'], 'stream-batching', context);
  if (!late.has('parallelizationFactor')) {
    const { maximum } = context.rules.value(streamParallelization);
    checkCount(
      mapping.parallelizationFactor,
      maximum,
      'batches of a shard',
      [...path, 'parallelizationFactor'],
      'stream-parallelization',
      context,
    );
  }
  const errors = context.rules.value(streamErrorHandling);
  const { maximumRetryAttempts: retries, maximumRecordAge } = mapping;
  if (Number.isFinite(retries))
    checkCount(
      retries,
      errors.retriesMaximum,
      'retries',
      [...path, 'maximumRetryAttempts'],
      'stream-error-handling',
      context,
    );
  if (Number.isFinite(maximumRecordAge)) {
    const age = { minimum: errors.ageMinimum, maximum: errors.ageMaximum, step: errors.ageStep };
    holdTime(maximumRecordAge, age, [...path, 'maximumRecordAge'], 'stream-error-handling', context);
  }
  if (isDynamodb && mapping.startingPosition === 'AT_TIMESTAMP') {
    context.report([...path, 'startingPosition'], {
      code: 'no-effect',
      message: 'the stream of a DynamoDB table cannot be read from an instant',
      hint: 'use TRIM_HORIZON or LATEST',
    });
  }
  if (mapping.tumblingWindow > 0 && stream !== undefined && stream.reshard.length > 0) {
    context.warn(
      `${mapping.stream} is resharded, and the tumbling windows of its readers begin anew in each new shard`,
    );
  }
  checkDestination(mapping, path, scenario, context);
}

function checkDestination(
  { onFailure }: StreamMappingSettings,
  path: Path,
  { queues, topics }: Scenario,
  context: Context,
) {
  if (onFailure === undefined) return;
  checkTarget(onFailure, [...path, 'onFailure'], ['queues', 'topics'], context, 'a destination of a stream');
  const isFifo = queues.some(({ id, type }) => id === onFailure && type === 'fifo');
  const isBus = topics.some(({ id, type }) => id === onFailure && type === 'eventbridge');
  if (!isFifo && !isBus) return;
  context.report([...path, 'onFailure'], {
    code: 'wrong-kind',
    message: `Lambda hands nothing of a stream over to ${isFifo ? 'a FIFO queue' : 'an event bus'}`,
    hint: 'use a standard queue or an SNS topic',
  });
}

function checkCount(count: number, maximum: number, what: string, path: Path, rule: string, context: Context): void {
  if (count <= maximum) return;
  context.report(
    path,
    {
      code: 'above-maximum',
      message: `${numberText(count)} ${what} are above the maximum of ${numberText(maximum)} (rule ${rule})`,
      hint: `use at most ${numberText(maximum)}`,
    },
    [['asOf']],
  );
}
