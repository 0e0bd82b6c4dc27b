/** An event source mapping with every default in place, as the one of a queue or of a stream. */
import { sqsBatching } from '../../rules/sqs-batching.js';
import { sqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';
import { streamBatching } from '../../rules/stream-batching.js';
import { type MappingInput, QUEUE_KEYS, STREAM_KEYS } from '../schema-mapping.js';
import { below, type Path } from '../tree.js';
import type { EventSourceSettings, QueueMappingSettings, StreamMappingSettings } from '../types.js';
import type { Context } from './context.js';

/** The mappings of a function; one that names no source, or two, is reported and left out. */
export function resolveMappings(
  inputs: readonly MappingInput[],
  path: Path,
  context: Context,
): readonly EventSourceSettings[] {
  return inputs.flatMap((input, index) => resolveMapping(input, [...path, index], context) ?? []);
}

function resolveMapping(input: MappingInput, path: Path, context: Context): EventSourceSettings | undefined {
  const { queue, stream } = input;
  if (queue === undefined && stream === undefined) {
    const fault = {
      code: 'missing-setting',
      message: 'an event source is a queue or a stream',
      hint: 'such as { queue: orders }',
    };
    context.report(path, fault, below(path, ['queue', 'stream']));
    return undefined;
  }
  if (queue !== undefined && stream !== undefined) {
    context.report([...path, 'stream'], {
      code: 'one-of',
      message: 'an event source is a queue or a stream, not both',
      hint: 'write two entries',
    });
    return undefined;
  }
  return queue !== undefined ? ofQueue(queue, input, path, context) : ofStream(stream!, input, path, context);
}

function ofQueue(queue: string, input: MappingInput, path: Path, context: Context): QueueMappingSettings {
  refuse(STREAM_KEYS, 'a stream', path, context);
  const { batchSize, maximumBatchingWindow, filter, reportBatchItemFailures, maximumConcurrency } = input;
  const rule = context.rules.value(sqsProvisionedPollers);
  const pollers = input.provisionedPollers;
  return {
    kind: 'queue',
    queue,
    batchSize: batchSize ?? context.rules.value(sqsBatching).size,
    maximumBatchingWindow,
    filter,
    reportBatchItemFailures,
    maximumConcurrency,
    provisionedPollers: pollers && {
      minimum: pollers.minimum ?? rule.minimum,
      maximum: pollers.maximum ?? Math.max(rule.maximum, pollers.minimum ?? 0),
    },
  };
}

function ofStream(stream: string, input: MappingInput, path: Path, context: Context): StreamMappingSettings {
  refuse(QUEUE_KEYS, 'a queue', path, context);
  const { startingPosition, startingTimestamp, maximumRetryAttempts, maximumRecordAge } = input;
  if ((startingPosition === 'AT_TIMESTAMP') !== (startingTimestamp !== undefined)) {
    const missing = startingTimestamp === undefined;
    context.report(
      [...path, missing ? 'startingPosition' : 'startingTimestamp'],
      {
        code: missing ? 'missing-setting' : 'no-effect',
        message: missing ? 'AT_TIMESTAMP needs startingTimestamp' : 'startingTimestamp belongs to AT_TIMESTAMP',
        hint: missing ? 'such as startingTimestamp: 1h' : 'write startingPosition: AT_TIMESTAMP, or remove it',
      },
      below(path, ['startingPosition', 'startingTimestamp']),
    );
  }
  return {
    kind: 'stream',
    stream,
    batchSize: input.batchSize ?? context.rules.value(streamBatching).batch,
    maximumBatchingWindow: input.maximumBatchingWindow,
    filter: input.filter,
    reportBatchItemFailures: input.reportBatchItemFailures,
    parallelizationFactor: input.parallelizationFactor,
    startingPosition,
    startingTimestamp: startingTimestamp ?? 0,
    maximumRetryAttempts: maximumRetryAttempts < 0 ? Number.POSITIVE_INFINITY : maximumRetryAttempts,
    maximumRecordAge: maximumRecordAge < 0 ? Number.POSITIVE_INFINITY : maximumRecordAge,
    bisectBatchOnFunctionError: input.bisectBatchOnFunctionError,
    tumblingWindow: input.tumblingWindow,
    onFailure: input.onFailure,
  };
}

/** AWS's reason is worth a word where somebody would try it. */
const HINTS: Readonly<Record<string, string>> = {
  onFailure: 'give the queue a deadLetterQueue and maxReceiveCount: only its own redrive works (rule sqs-redrive)',
  maximumRetryAttempts: 'give the queue a maxReceiveCount',
};

/** Reports keys that belong to the other kind of source. */
function refuse(keys: readonly string[], source: string, path: Path, context: Context): void {
  for (const key of keys) {
    if (!context.has([...path, key])) continue;
    context.report([...path, key], {
      code: 'no-effect',
      message: `${key} belongs to event source mappings of ${source}`,
      hint: HINTS[key] ?? `remove ${key}`,
    });
  }
}
