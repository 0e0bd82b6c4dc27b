/** Queues against the ranges of SQS, and where their messages go: to a dead-letter queue of their own kind, never back to themselves. */
import { count } from '../../engine/format.js';
import { functionTimeout } from '../../rules/function-timeout.js';
import { sqsQueueLimits } from '../../rules/sqs-queue-limits.js';
import { sqsRedrive } from '../../rules/sqs-redrive.js';
import { sqsVisibility } from '../../rules/sqs-visibility.js';
import { suggestion } from '../nearest.js';
import { rateText } from '../quantities/rate.js';
import { shown } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import { below, type Path } from '../tree.js';
import type { LambdaFunctionSettings, QueueSettings, Scenario } from '../types.js';
import { hold, holdTime } from './hold.js';

export function checkQueues({ queues, functions }: Scenario, context: Context): void {
  const mixed = new Set<string>();
  for (const queue of queues) {
    checkRanges(queue, functions, context);
    checkDeadLetters(queue, queues, mixed, context);
  }
  for (const queue of queues) {
    checkRedrives(queue, queues, mixed, context);
    if (queue.type === 'fifo' && queue.duplicateRate > 0) {
      context.report(['queues', queue.id, 'duplicateRate'], {
        code: 'no-effect',
        message: 'a FIFO queue delivers no message twice',
        hint: 'remove duplicateRate, or use type: standard',
      });
    }
  }
  checkCircles(queues, context);
}

function checkRanges(queue: QueueSettings, functions: readonly LambdaFunctionSettings[], context: Context): void {
  const { id, visibilityTimeout, retention, maxReceiveCount } = queue;
  const limits = context.rules.value(sqsQueueLimits);
  const path: Path = ['queues', id];
  const rule = 'sqs-queue-limits';
  // One that is too short for a reader is told with its mapping, and the nearest multiple would be no better.
  const isTooShort = visibilityTimeout < (slowestReader(queue, functions, context)?.timeout ?? 0);
  const visibility = { minimum: 0, maximum: limits.maximumVisibility, step: isTooShort ? 0 : limits.step };
  holdTime(visibilityTimeout, visibility, [...path, 'visibilityTimeout'], rule, context);
  const kept = { minimum: limits.minimumRetention, maximum: limits.maximumRetention, step: limits.step };
  holdTime(retention, kept, [...path, 'retention'], rule, context);
  const receives = { minimum: 1, maximum: limits.maximumReceiveCount };
  if (maxReceiveCount !== undefined)
    hold(maxReceiveCount, receives, count, [...path, 'maxReceiveCount'], context, { rule });
}

/** Of the functions whose timeout Lambda allows; the first of several. */
export function slowestReader(
  { id }: QueueSettings,
  functions: readonly LambdaFunctionSettings[],
  context: Context,
): LambdaFunctionSettings | undefined {
  const { maximum } = context.rules.value(functionTimeout);
  return functions
    .filter(
      ({ timeout, eventSources }) =>
        timeout <= maximum && eventSources.some((one) => one.kind === 'queue' && one.queue === id),
    )
    .sort((a, b) => b.timeout - a.timeout)[0];
}

/** `mixed` are the pairs of queues of different kinds that were told. */
function checkDeadLetters(
  { id, type, maxReceiveCount, deadLetterQueue }: QueueSettings,
  queues: readonly QueueSettings[],
  mixed: Set<string>,
  context: Context,
): void {
  const path: Path = ['queues', id];
  if (deadLetterQueue === undefined) {
    if (maxReceiveCount === undefined) return;
    const fault = {
      code: 'no-effect',
      message: 'maxReceiveCount has no meaning without a deadLetterQueue',
      hint: 'add deadLetterQueue, or remove maxReceiveCount',
    };
    context.report([...path, 'maxReceiveCount'], fault, below(path, ['deadLetterQueue']));
    return;
  }
  if (maxReceiveCount === undefined) {
    const fault = {
      code: 'missing-setting',
      message: 'a deadLetterQueue needs a maxReceiveCount',
      hint: `add maxReceiveCount: ${context.rules.value(sqsVisibility).advisedReceives}`,
    };
    context.report([...path, 'deadLetterQueue'], fault, below(path, ['maxReceiveCount']));
  }
  if (!checkQueueId(deadLetterQueue, [...path, 'deadLetterQueue'], context, id)) return;
  const other = queues.find((queue) => queue.id === deadLetterQueue);
  if (other === undefined || other.type === type || !isNew(mixed, id, other.id)) return;
  context.report(
    [...path, 'deadLetterQueue'],
    {
      code: 'wrong-kind',
      message: `the dead-letter queue of a ${type} queue is a ${type} queue, and ${shown(deadLetterQueue)} is ${other.type} (rule sqs-redrive)`,
      hint: `give ${shown(deadLetterQueue)} type: ${type}`,
    },
    [['queues', deadLetterQueue, 'type']],
  );
}

/** Whether the two were not told together before, whichever came first. */
function isNew(pairs: Set<string>, a: string, b: string): boolean {
  const { size } = pairs;
  return pairs.add([a, b].sort().join(' ')).size > size;
}

/** Whether there is a queue of that id. `owner` is the queue that names it, which no hint should send to itself. */
export function checkQueueId(id: string, path: Path, context: Context, owner?: string): boolean {
  const { queues } = context.ids;
  if (queues.includes(id)) return true;
  const others = queues.filter((queue) => queue !== owner);
  context.report(path, { code: 'unknown-id', message: `there is no queue ${shown(id)}`, hint: suggestion(id, others) });
  return false;
}

function checkRedrives(
  { id, type, redrive }: QueueSettings,
  queues: readonly QueueSettings[],
  mixed: Set<string>,
  context: Context,
): void {
  const { perSecond } = context.rules.value(sqsRedrive);
  for (const [index, { to, rate }] of redrive.entries()) {
    const path: Path = ['queues', id, 'redrive', index];
    if (rate > perSecond) {
      context.report([...path, 'rate'], {
        code: 'above-maximum',
        message: `${rateText(rate)} is above the ${rateText(perSecond)} of a redrive (rule sqs-redrive)`,
        hint: `use at most ${rateText(perSecond)}`,
      });
    }
    if (to === id) {
      context.report([...path, 'to'], {
        code: 'loop',
        message: `${shown(id)} would move its messages to itself (rule sqs-redrive)`,
        hint: 'name another queue',
      });
    } else if (checkQueueId(to, [...path, 'to'], context, id)) {
      const other = queues.find((queue) => queue.id === to);
      if (other === undefined || other.type === type || !isNew(mixed, id, to)) continue;
      context.report(
        [...path, 'to'],
        {
          code: 'wrong-kind',
          message: `a ${type} queue is redriven to a ${type} queue, and ${shown(to)} is ${other.type} (rule sqs-redrive)`,
          hint: `give ${shown(to)} type: ${type}`,
        },
        [['queues', to, 'type']],
      );
    }
  }
}

/** A dead-letter queue that leads back to its queue: each has one at most, so the way is a line. */
function checkCircles(queues: readonly QueueSettings[], context: Context): void {
  const next = new Map(queues.map(({ id, deadLetterQueue }) => [id, deadLetterQueue]));
  const told = new Set<string>();
  for (const { id } of queues) {
    if (told.has(id)) continue;
    const way = [id];
    let to = next.get(id);
    while (to !== undefined && !way.includes(to)) {
      way.push(to);
      to = next.get(to);
    }
    if (to !== id) continue;
    for (const one of way) told.add(one);
    context.report(['queues', id, 'deadLetterQueue'], {
      code: 'loop',
      message: `the queue redrives into itself: ${[...way, id].join(' -> ')} (rule sqs-redrive)`,
      hint: 'give the messages that fail a queue of their own',
    });
  }
}
