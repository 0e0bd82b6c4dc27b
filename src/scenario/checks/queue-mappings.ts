/** Event source mappings of queues: that the queue is there, and that AWS would accept the mapping on the day. */
import { count } from '../../engine/format.js';
import { functionTimeout } from '../../rules/function-timeout.js';
import { sqsBatching } from '../../rules/sqs-batching.js';
import { sqsMaximumConcurrency } from '../../rules/sqs-maximum-concurrency.js';
import { sqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';
import { sqsVisibility } from '../../rules/sqs-visibility.js';
import { durationText } from '../quantities/duration.js';
import { shown } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { LambdaFunctionSettings, QueueMappingSettings, QueueSettings, Scenario } from '../types.js';
import { checkFeature } from './feature-dates.js';
import { hold, holdStep } from './hold.js';
import { checkQueueId, slowestReader } from './queues.js';

export function checkQueueMappings({ functions, queues }: Scenario, context: Context): void {
  for (const fn of functions) {
    const read = new Set<string>();
    for (const [index, source] of fn.eventSources.entries()) {
      if (source.kind !== 'queue') continue;
      const path: Path = ['functions', fn.id, 'eventSources', index];
      checkDays(source, path, context);
      checkPollers(source, path, context);
      if (read.has(source.queue)) {
        context.report([...path, 'queue'], {
          code: 'duplicate-id',
          message: `${shown(fn.id)} reads ${shown(source.queue)} already`,
          hint: 'a function has one mapping for each queue',
        });
      }
      read.add(source.queue);
      checkQueueId(source.queue, [...path, 'queue'], context);
      const queue = queues.find(({ id }) => id === source.queue);
      // What a standard queue does not take, no queue takes.
      checkBatch(source, queue?.type ?? 'standard', path, context);
      if (queue === undefined) continue;
      checkVisibility(fn, queue, functions, context);
      if (queue.type === 'fifo') checkFeature('fifoEventSource', [...path, 'queue'], context);
    }
  }
}

function checkDays(source: QueueMappingSettings, path: Path, context: Context): void {
  if (source.maximumBatchingWindow > 0)
    checkFeature('queueBatchingWindow', [...path, 'maximumBatchingWindow'], context);
  if (source.reportBatchItemFailures)
    checkFeature('queueBatchItemFailures', [...path, 'reportBatchItemFailures'], context);
  if (source.filter < 1) checkFeature('eventFiltering', [...path, 'filter'], context);
  if (source.maximumConcurrency !== undefined)
    checkFeature('maximumConcurrency', [...path, 'maximumConcurrency'], context);
  if (source.provisionedPollers !== undefined)
    checkFeature('provisionedPollers', [...path, 'provisionedPollers'], context);
}

function checkBatch(
  { batchSize, maximumBatchingWindow: window }: QueueMappingSettings,
  type: QueueSettings['type'],
  path: Path,
  context: Context,
): void {
  const rule = context.rules.value(sqsBatching);
  const sizePath = [...path, 'batchSize'];
  const windowPath = [...path, 'maximumBatchingWindow'];
  const tooLarge = (limit: number, what: string): void =>
    context.report(
      sizePath,
      {
        code: 'above-maximum',
        message: `a batch of ${count(batchSize)} is above the ${count(limit)} of ${what} (rule sqs-batching)`,
        hint: `use at most ${count(limit)}`,
      },
      [['asOf']],
    );
  if (type === 'fifo') {
    if (batchSize > rule.maximumFifo) tooLarge(rule.maximumFifo, 'a FIFO queue');
    if (window > 0) {
      context.report(windowPath, {
        code: 'cannot-combine',
        message: 'a FIFO queue has no batching window (rule sqs-batching)',
        hint: 'remove maximumBatchingWindow, or use type: standard',
      });
    }
    return;
  }
  if (batchSize > rule.maximum && rule.maximum <= rule.maximumWithoutWindow)
    checkFeature('queueBatchingWindow', sizePath, context);
  else if (batchSize > rule.maximum) tooLarge(rule.maximum, 'a queue');
  else if (batchSize > rule.maximumWithoutWindow && window < rule.leastWindow) {
    context.report(
      sizePath,
      {
        code: 'cannot-combine',
        message: `a batch above ${rule.maximumWithoutWindow} needs a window of at least ${durationText(rule.leastWindow)} (rule sqs-batching)`,
        hint: `add maximumBatchingWindow: ${durationText(rule.leastWindow)}, or use at most ${rule.maximumWithoutWindow}`,
      },
      [windowPath, ['asOf']],
    );
  }
  if (rule.maximumWindow > 0 && window > rule.maximumWindow) {
    context.report(windowPath, {
      code: 'above-maximum',
      message: `${durationText(window)} is above the ${durationText(rule.maximumWindow)} of a window (rule sqs-batching)`,
      hint: `use at most ${durationText(rule.maximumWindow)}`,
    });
  } else holdStep(window, rule.step, windowPath, 'sqs-batching', context);
}

function checkPollers(
  { maximumConcurrency, provisionedPollers }: QueueMappingSettings,
  path: Path,
  context: Context,
): void {
  if (maximumConcurrency !== undefined) {
    const { minimum, maximum } = context.rules.value(sqsMaximumConcurrency);
    const rule = 'sqs-maximum-concurrency';
    hold(maximumConcurrency, { minimum, maximum }, count, [...path, 'maximumConcurrency'], context, { rule });
  }
  if (provisionedPollers === undefined) return;
  if (maximumConcurrency !== undefined) {
    context.report(
      [...path, 'provisionedPollers'],
      {
        code: 'cannot-combine',
        message: 'a mapping has provisioned pollers or a maximumConcurrency, not both (rule sqs-provisioned-pollers)',
        hint: 'remove one of them',
      },
      [[...path, 'maximumConcurrency']],
    );
  }
  const rule = context.rules.value(sqsProvisionedPollers);
  const { minimum, maximum } = provisionedPollers;
  const at = (key: string): Path => [...path, 'provisionedPollers', key];
  const keeps = (value: number, most: number, key: string): boolean =>
    hold(value, { minimum: rule.minimum, maximum: most }, count, at(key), context, { rule: 'sqs-provisioned-pollers' });
  const inRange = [keeps(minimum, rule.maximumMinimum, 'minimum'), keeps(maximum, rule.maximumMaximum, 'maximum')];
  if (maximum >= minimum || inRange.includes(false)) return;
  context.report(
    at('maximum'),
    {
      code: 'below-minimum',
      message: `a maximum of ${count(maximum)} is below the minimum of ${count(minimum)}`,
      hint: `use at least ${count(minimum)}`,
    },
    [at('minimum')],
  );
}

/** AWS refuses the mapping: a message would come back while it is worked on. */
function checkVisibility(
  { id, timeout }: LambdaFunctionSettings,
  queue: QueueSettings,
  functions: readonly LambdaFunctionSettings[],
  context: Context,
): void {
  if (queue.visibilityTimeout >= timeout || timeout > context.rules.value(functionTimeout).maximum) return;
  const timeoutPath: Path = ['functions', id, 'timeout'];
  const path: Path = ['queues', queue.id, 'visibilityTimeout'];
  const isWritten = context.has(path);
  // What is too short for several readers is told once, of the slowest.
  if (isWritten && slowestReader(queue, functions, context)?.id !== id) return;
  const least = durationText(timeout);
  context.report(
    isWritten ? path : context.has(timeoutPath) ? timeoutPath : ['queues', queue.id],
    {
      code: 'below-minimum',
      message: `a visibility timeout of ${durationText(queue.visibilityTimeout)} is below the timeout of ${least} of ${shown(id)}, and AWS refuses the mapping (rule sqs-visibility)`,
      hint: `${isWritten ? 'use' : `give ${shown(queue.id)} a visibilityTimeout of`} at least ${least}; AWS advises ${context.rules.value(sqsVisibility).advisedTimeouts} times the function timeout`,
    },
    [timeoutPath, path],
  );
}
