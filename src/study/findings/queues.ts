/** Queues whose messages were lost, or that do without what AWS advises or asks for. */
import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND } from '../../engine/units.js';
import { existsOn } from '../../rules/feature-dates.js';
import { sqsFifoThroughput } from '../../rules/sqs-fifo-throughput.js';
import { sqsMaximumConcurrency } from '../../rules/sqs-maximum-concurrency.js';
import { sqsVisibility } from '../../rules/sqs-visibility.js';
import type { Found } from './found.js';
import { foundAt, readersOf } from './queue-reader.js';
import type { Subject } from './subject.js';
import { mostlyRefusedBy } from './throttles.js';

/** Good messages that were received as often as they may be, and not once processed. */
export function throttledDeadLetters(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const untried = subject.evidence.counts.get(`queues.${queue.id}/neverTried`) ?? 0;
    if (untried === 0) return [];
    const { sent } = subject.run.queues[queue.id]!;
    const throttled = readersOf(subject, queue)
      .map((reader) => ({ ...reader, throttles: subject.run.functions[reader.fn.id]!.throttles }))
      .sort((a, b) => b.throttles - a.throttles)[0];
    if (throttled === undefined || throttled.throttles === 0) return [];
    const { fn, path } = throttled;
    const reserved = fn.reservedConcurrency;
    const [who, lifts] =
      reserved === undefined
        ? ['Lambda throttled', mostlyRefusedBy(subject, fn)!.knob]
        : [`its reserved concurrency of ${count(reserved)} throttled`, `functions.${fn.id}.reservedConcurrency`];
    const { minimum } = subject.rules.value(sqsMaximumConcurrency);
    const holds = existsOn('maximumConcurrency', subject.scenario.asOf) && (reserved ?? minimum) >= minimum;
    const message = `${counted(untried, 'valid message')} of ${count(sent)} of ${queue.id} (${share(untried / sent)}) went to ${queue.deadLetterQueue} and no function had run with them: ${who} the pollers of ${fn.id}, and each receive counts.`;
    return [
      foundAt(subject, queue, 'ThrottledPollers', 'NumberOfMessagesReceived', {
        message,
        knob: holds ? `${path}.maximumConcurrency` : lifts,
        touches: ['deadLettered', 'throttles'],
        requests: untried / sent,
      }),
    ];
  });
}

export function expiredMessages(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const { sent, expired } = subject.run.queues[queue.id]!;
    if (expired === 0) return [];
    const unread = readersOf(subject, queue).length === 0 ? ', which nobody reads,' : '';
    const age = duration(queue.retention / MILLISECOND);
    return [
      foundAt(subject, queue, 'RetentionPeriod', 'NumberOfMessagesSent', {
        message: `${counted(expired, 'message')} of ${count(sent)} of ${queue.id}${unread} reached the retention of ${age} and are gone.`,
        knob: `queues.${queue.id}.retention`,
        touches: ['expired', 'age'],
        requests: expired / sent,
      }),
    ];
  });
}

/** What AWS advises stands behind what happened. */
const ADVICE = 0.002;
/** More came than a FIFO queue takes unless it has high throughput, of which the run knows nothing. */
export function fifoThroughput(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const above = subject.evidence.counts.get(`queues.${queue.id}/aboveQuota`) ?? 0;
    if (above === 0) return [];
    const { sent } = subject.run.queues[queue.id]!;
    const rule = subject.rules.value(sqsFifoThroughput);
    const quota = `${count(rule.calls)} calls a second, or ${count(rule.calls * rule.batch)} messages in batches of ${count(rule.batch)}`;
    return [
      foundAt(subject, queue, 'FifoThroughput', 'NumberOfMessagesSent', {
        message: `${counted(above, 'message')} of ${count(sent)} of ${queue.id} (${share(above / sent)}) came faster than a FIFO queue without high throughput takes, ${quota}: here none was refused.`,
        knob: `rules.${sqsFifoThroughput.name}.calls`,
        touches: ['age', 'delay', 'visible'],
        requests: above / sent,
      }),
    ];
  });
}

/** AWS's advice: time for retries of a throttled batch. */
export function shortVisibility(subject: Subject): Found[] {
  const { advisedTimeouts } = subject.rules.value(sqsVisibility);
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const { received } = subject.run.queues[queue.id]!;
    const advised = readersOf(subject, queue).map(
      ({ fn, source }) => advisedTimeouts * fn.timeout + source.maximumBatchingWindow,
    );
    const most = Math.max(0, ...advised);
    if (received === 0 || queue.visibilityTimeout >= most) return [];
    const again = subject.evidence.counts.get(`queues.${queue.id}/cameBack`) ?? 0;
    const came = again === 0 ? 'no message has come back yet' : `messages came back ${counted(again, 'time')}`;
    const window = readersOf(subject, queue).some(({ source }) => source.maximumBatchingWindow > 0)
      ? ' and its window'
      : '';
    const text = (time: number) => duration(time / MILLISECOND);
    return [
      foundAt(subject, queue, 'VisibilityTimeout', 'NumberOfMessagesReceived', {
        message: `The visibility timeout of ${queue.id}, ${text(queue.visibilityTimeout)}, is below ${advisedTimeouts} times the timeout of its function${window}, ${text(most)}: throttled batches have little time for another try; ${came}.`,
        knob: `queues.${queue.id}.visibilityTimeout`,
        touches: ['deadLettered', 'delay', 'age'],
        requests: again === 0 ? 0 : ADVICE,
      }),
    ];
  });
}

/** AWS's advice: a throttle must not be the end of a message. */
export function fewReceives(subject: Subject): Found[] {
  const { advisedReceives } = subject.rules.value(sqsVisibility);
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const { maxReceiveCount } = queue;
    const { sent, deadLettered } = subject.run.queues[queue.id]!;
    if (maxReceiveCount === undefined || maxReceiveCount >= advisedReceives || deadLettered === 0) return [];
    return [
      foundAt(subject, queue, 'MaxReceiveCount', 'NumberOfMessagesReceived', {
        message: `A message of ${queue.id} is given up after ${counted(maxReceiveCount, 'receive')}, fewer than the ${advisedReceives} that AWS advises, and throttled ones count: ${counted(deadLettered, 'message')} of ${count(sent)} went to ${queue.deadLetterQueue}.`,
        knob: `queues.${queue.id}.maxReceiveCount`,
        touches: ['deadLettered'],
        requests: ADVICE,
      }),
    ];
  });
}
