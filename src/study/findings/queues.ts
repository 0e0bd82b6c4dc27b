/** Queues whose messages were lost, waited or came back: throttled pollers, age, a held concurrency, and AWS's own advice. */
import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND } from '../../engine/units.js';
import { existsOn } from '../../rules/feature-dates.js';
import { sqsFifoThroughput } from '../../rules/sqs-fifo-throughput.js';
import { sqsMaximumConcurrency } from '../../rules/sqs-maximum-concurrency.js';
import { sqsPollerScaling } from '../../rules/sqs-poller-scaling.js';
import { sqsVisibility } from '../../rules/sqs-visibility.js';
import type { LambdaFunctionSettings, QueueMappingSettings, QueueSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';
import { mostlyRefusedBy } from './throttles.js';

interface Reader {
  readonly fn: LambdaFunctionSettings;
  readonly source: QueueMappingSettings;
  /** The path of the mapping. */
  readonly path: string;
}

function readersOf({ scenario }: Subject, { id }: QueueSettings): Reader[] {
  return scenario.functions.flatMap((fn) =>
    fn.eventSources.flatMap((source, index) =>
      source.kind === 'queue' && source.queue === id
        ? [{ fn, source, path: `functions.${fn.id}.eventSources[${index}]` }]
        : [],
    ),
  );
}

function found(
  subject: Subject,
  queue: QueueSettings,
  limit: string,
  metric: string,
  finding: { message: string; knob: string; touches: Found['touches']; requests: number },
): Found {
  const resource = `queues.${queue.id}`;
  return { resource, limit, ...subject.period(resource, metric), ...finding, bill: 0 };
}

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
      found(subject, queue, 'ThrottledPollers', 'NumberOfMessagesReceived', {
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
      found(subject, queue, 'RetentionPeriod', 'NumberOfMessagesSent', {
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
/** Below this share of what was sent, what waits at the end is what has just come. */
const FEW = 0.01;

/** Messages that wait because the mapping may not do more, or because their groups have a batch at a time. */
export function heldBacklog(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const { sent, visible } = subject.run.queues[queue.id]!;
    const [reader] = readersOf(subject, queue);
    if (reader === undefined || visible <= FEW * sent) return [];
    const { fn, source, path } = reader;
    const peak = subject.run.functions[fn.id]!.concurrency.max;
    const limit = source.maximumConcurrency ?? subject.rules.value(sqsPollerScaling).maximum;
    const waits = `${counted(visible, 'message')} of ${queue.id} wait at the end`;
    const base = { touches: ['age', 'delay', 'visible'], requests: visible / sent } as const;
    const tell = (name: string, message: string, knob: string) => [
      found(subject, queue, name, 'ApproximateNumberOfMessagesVisible', { ...base, message, knob }),
    ];
    if (source.maximumConcurrency !== undefined && peak >= source.maximumConcurrency) {
      const all = `all ${count(source.maximumConcurrency)} batches that maximumConcurrency allows were in use`;
      return tell('MaximumConcurrency', `${waits}: ${all}.`, `${path}.maximumConcurrency`);
    }
    const keyed = subject.scenario.traffic.find(({ to, key }) => to === queue.id && key !== undefined);
    if (queue.type !== 'fifo' || keyed === undefined || peak >= limit || subject.run.functions[fn.id]!.throttles > 0)
      return [];
    const groups = `a message group has one batch at a time, and ${fn.id} never ran more than ${count(peak)} at once`;
    return tell('MessageGroups', `${waits}: ${groups}.`, `traffic.${keyed.id}.key`);
  });
}

/** More came than a FIFO queue takes unless it has high throughput, of which the run knows nothing. */
export function fifoThroughput(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const above = subject.evidence.counts.get(`queues.${queue.id}/aboveQuota`) ?? 0;
    if (above === 0) return [];
    const { sent } = subject.run.queues[queue.id]!;
    const rule = subject.rules.value(sqsFifoThroughput);
    const quota = `${count(rule.calls)} calls a second, or ${count(rule.calls * rule.batch)} messages in batches of ${count(rule.batch)}`;
    return [
      found(subject, queue, 'FifoThroughput', 'NumberOfMessagesSent', {
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
      found(subject, queue, 'VisibilityTimeout', 'NumberOfMessagesReceived', {
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
      found(subject, queue, 'MaxReceiveCount', 'NumberOfMessagesReceived', {
        message: `A message of ${queue.id} is given up after ${counted(maxReceiveCount, 'receive')}, fewer than the ${advisedReceives} that AWS advises, and throttled ones count: ${counted(deadLettered, 'message')} of ${count(sent)} went to ${queue.deadLetterQueue}.`,
        knob: `queues.${queue.id}.maxReceiveCount`,
        touches: ['deadLettered'],
        requests: ADVICE,
      }),
    ];
  });
}
