/** Streams and the functions that read them, against AWS's ranges and the day. */
import type { Feature } from '../../rules/feature-dates.js';
import { streamBatching } from '../../rules/stream-batching.js';
import { streamCharge } from '../../rules/stream-charge.js';
import { streamErrorHandling } from '../../rules/stream-error-handling.js';
import { streamParallelization } from '../../rules/stream-parallelization.js';
import { streamRetention } from '../../rules/stream-retention.js';
import { durationText } from '../quantities/duration.js';
import { numberText, shown } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import { below, type Path } from '../tree.js';
import type { Scenario, StreamMappingSettings, StreamSettings } from '../types.js';
import { checkFeature } from './feature-dates.js';
import { checkTarget } from './links.js';

export function checkStreams(scenario: Scenario, context: Context): void {
  for (const one of scenario.streams) checkStream(one, context);
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

function checkStream({ id, type, mode, retention, backlogAge, reshard }: StreamSettings, context: Context): void {
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
    const { minimum, maximum } = context.rules.value(streamRetention);
    checkTime(retention, minimum, maximum, [...path, 'retention'], context);
    const { extendedRetention } = context.rules.value(streamCharge);
    if (backlogAge > extendedRetention)
      context.warn(`streams.${id}: reading what is older than ${durationText(extendedRetention)} is not on the bill`);
  }
  if (mode === 'on-demand') {
    checkFeature('onDemandStreams', [...path, 'mode'], context);
    if (reshard.length > 0) {
      context.report([...path, 'reshard'], {
        code: 'no-effect',
        message: 'a stream on demand changes its shards itself',
        hint: 'remove reshard, or write mode: provisioned',
      });
    }
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
  checkCount(mapping.batchSize, most, 'records in a batch', [...path, 'batchSize'], context);
  checkTime(mapping.maximumBatchingWindow, 0, batching.windowMaximum, [...path, 'maximumBatchingWindow'], context);
  checkTime(mapping.tumblingWindow, 0, batching.tumblingMaximum, [...path, 'tumblingWindow'], context);
  if (!late.has('parallelizationFactor')) {
    const { maximum } = context.rules.value(streamParallelization);
    checkCount(
      mapping.parallelizationFactor,
      maximum,
      'batches of a shard',
      [...path, 'parallelizationFactor'],
      context,
    );
  }
  const { retriesMaximum, ageMinimum, ageMaximum } = context.rules.value(streamErrorHandling);
  if (Number.isFinite(mapping.maximumRetryAttempts))
    checkCount(mapping.maximumRetryAttempts, retriesMaximum, 'retries', [...path, 'maximumRetryAttempts'], context);
  if (Number.isFinite(mapping.maximumRecordAge))
    checkTime(mapping.maximumRecordAge, ageMinimum, ageMaximum, [...path, 'maximumRecordAge'], context);
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

function checkCount(count: number, maximum: number, what: string, path: Path, context: Context): void {
  if (count <= maximum) return;
  context.report(
    path,
    {
      code: 'above-maximum',
      message: `${numberText(count)} ${what} are above the maximum of ${numberText(maximum)}`,
      hint: `use at most ${numberText(maximum)}`,
    },
    [['asOf']],
  );
}

function checkTime(time: number, minimum: number, maximum: number, path: Path, context: Context): void {
  if (time >= minimum && time <= maximum) return;
  const [code, edge, at] =
    time < minimum
      ? (['below-minimum', 'minimum', minimum] as const)
      : (['above-maximum', 'maximum', maximum] as const);
  context.report(path, {
    code,
    message: `${durationText(time)} is ${code === 'below-minimum' ? 'below' : 'above'} the ${edge} of ${durationText(at)}`,
    hint: `use ${minimum > 0 ? `${durationText(minimum)} to` : 'at most'} ${durationText(maximum)}`,
  });
}
