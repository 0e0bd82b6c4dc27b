/** Queues whose messages were lost, waited or came back: throttled pollers, age, a held concurrency, and AWS's own advice. */
import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND, MINUTE } from '../../engine/units.js';
import { existsOn } from '../../rules/feature-dates.js';
import { sqsPollerScaling } from '../../rules/sqs-poller-scaling.js';
import { sqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';
import { sqsVisibility } from '../../rules/sqs-visibility.js';
import type { LambdaFunctionSettings, QueueMappingSettings, QueueSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import { knobOfErrors } from './function-errors.js';
import type { Subject } from './subject.js';

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
        ? ['the account throttled', 'account.concurrencyLimit']
        : [`its reserved concurrency of ${count(reserved)} throttled`, `functions.${fn.id}.reservedConcurrency`];
    const holds = existsOn('maximumConcurrency', subject.scenario.asOf) && reserved !== 0 && (reserved ?? 2) >= 2;
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

/** Messages that wait because the mapping may not do more, or not yet, or because their groups have a batch at a time. */
export function heldBacklog(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const [reader] = readersOf(subject, queue);
    const waits = waiting(subject, queue);
    if (reader === undefined || waits === undefined) return [];
    const held = heldBy(subject, queue, reader);
    if (held === undefined) return [];
    const { limit, because, knob } = held;
    return [
      found(subject, queue, limit, 'ApproximateAgeOfOldestMessage', {
        message: `${waits.message}: ${because}.`,
        knob,
        touches: ['age', 'delay', 'visible'],
        requests: waits.share,
      }),
    ];
  });
}

interface Waiting {
  readonly message: string;
  /** Of the messages that were sent. */
  readonly share: number;
}

/** Still at the end, or for longer than the minute after which a mapping adds pollers. */
function waiting({ run, evidence }: Subject, { id }: QueueSettings): Waiting | undefined {
  const { sent, deleted, visible, age, delay } = run.queues[id]!;
  if (visible > FEW * sent)
    return { message: `${counted(visible, 'message')} of ${id} wait at the end`, share: visible / sent };
  const most = evidence.backlogs.get(id) ?? 0;
  const aMinute = deleted / (run.bill.simulatedHours * 60);
  if (most <= aMinute || (delay.p99 ?? 0) <= MINUTE / MILLISECOND) return undefined;
  const waited = `${counted(most, 'message')} of ${id} waited at once, the oldest for ${duration(age.max)}`;
  return { message: waited, share: Math.min(1, most / sent) };
}

interface Held {
  readonly limit: string;
  readonly because: string;
  readonly knob: string;
}

function heldBy(subject: Subject, queue: QueueSettings, { fn, source, path }: Reader): Held | undefined {
  const { maximumConcurrency, provisionedPollers } = source;
  const { throttles, concurrency } = subject.run.functions[fn.id]!;
  const peak = concurrency.max;
  const scaling = subject.rules.value(sqsPollerScaling);
  if (maximumConcurrency !== undefined && peak >= maximumConcurrency) {
    const because = `all ${count(maximumConcurrency)} batches that maximumConcurrency allows were in use`;
    return { limit: 'MaximumConcurrency', because, knob: `${path}.maximumConcurrency` };
  }
  // What throttles its pollers is found at the function.
  if (throttles > 0) return undefined;
  if (queue.type === 'fifo') {
    const keyed = subject.scenario.traffic.find(({ to, key }) => to === queue.id && key !== undefined);
    if (keyed === undefined || peak >= (maximumConcurrency ?? scaling.maximum)) return undefined;
    const because = `a message group has one batch at a time, and ${fn.id} never ran more than ${count(peak)} at once`;
    return { limit: 'MessageGroups', because, knob: `traffic.${keyed.id}.key` };
  }
  const most = subject.run.queues[queue.id]!.pollers.max;
  if (provisionedPollers !== undefined) {
    const { perMinute } = subject.rules.value(sqsProvisionedPollers);
    const { minimum, maximum } = provisionedPollers;
    const isFull = most >= maximum;
    const because = isFull
      ? `all ${count(maximum)} of its provisioned pollers were in use`
      : `its provisioned pollers were ${count(minimum)} at first, and ${count(perMinute)} more are added a minute`;
    return {
      limit: 'ProvisionedPollers',
      because,
      knob: `${path}.provisionedPollers.${isFull ? 'maximum' : 'minimum'}`,
    };
  }
  const because = `${fn.id} has ${count(scaling.first)} pollers at first, and ${count(scaling.perMinute)} more are added a minute while messages wait, here up to ${count(most)}`;
  const canProvision = existsOn('provisionedPollers', subject.scenario.asOf) && maximumConcurrency === undefined;
  const knob = canProvision ? `${path}.provisionedPollers` : `rules.${sqsPollerScaling.name}.perMinute`;
  return { limit: 'PollerScaling', because, knob };
}

/** Below this share of its receives, what comes back is no more than a few. */
const FEW_RECEIVES = 0.001;

/** Messages that a function failed on wait for their visibility timeout before they are tried again. */
export function failedMessages(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const { received, age } = subject.run.queues[queue.id]!;
    const again = subject.evidence.counts.get(`queues.${queue.id}/cameBack`) ?? 0;
    if (again <= FEW_RECEIVES * received) return [];
    const [failure] = readersOf(subject, queue).flatMap((reader) => failureOf(subject, reader) ?? []);
    if (failure === undefined) return [];
    const tries = counted(again, 'receive');
    const wait = duration(queue.visibilityTimeout / MILLISECOND);
    return [
      found(subject, queue, 'FailedMessages', 'NumberOfMessagesReceived', {
        message: `${tries} of ${count(received)} of ${queue.id} (${share(again / received)}) did not end in a delete, because ${failure.because}: those messages were tried again after the visibility timeout of ${wait}, and the oldest waited ${duration(age.max)}.`,
        knob: failure.knob,
        touches: ['age', 'delay', 'deadLettered', 'duplicates'],
        requests: again / received,
      }),
    ];
  });
}

/** What makes batches or messages fail; undefined where throttles bring back more than that. */
function failureOf(
  subject: Subject,
  { fn, source }: Reader,
): { readonly because: string; readonly knob: string } | undefined {
  const { errors, invocations, throttles } = subject.run.functions[fn.id]!;
  const own = `functions.${fn.id}`;
  if (throttles > invocations) return undefined;
  const { poisonRate, recordErrorRate } = fn;
  const [rate, what, knob] =
    poisonRate > recordErrorRate
      ? [poisonRate, `are poison to ${fn.id}`, `${own}.poisonRate`]
      : [recordErrorRate, `fail in ${fn.id} on a try`, `${own}.recordErrorRate`];
  const whole =
    source.batchSize > 1 && !source.reportBatchItemFailures ? ', and each fails the whole of its batch' : '';
  if (rate > fn.errorRate) return { because: `${share(rate)} of its messages ${what}${whole}`, knob };
  if (errors === 0) return undefined;
  return {
    because: `${share(errors / invocations)} of the invocations of ${fn.id} failed`,
    knob: knobOfErrors(subject, fn),
  };
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
    if (maxReceiveCount === undefined || maxReceiveCount >= advisedReceives || sent === 0) return [];
    return [
      found(subject, queue, 'MaxReceiveCount', 'NumberOfMessagesReceived', {
        message: `A message of ${queue.id} is given up after ${counted(maxReceiveCount, 'receive')}, fewer than the ${advisedReceives} that AWS advises, and throttled ones count: ${counted(deadLettered, 'message')} of ${count(sent)} went to ${queue.deadLetterQueue}.`,
        knob: `queues.${queue.id}.maxReceiveCount`,
        touches: ['deadLettered'],
        requests: deadLettered === 0 ? 0 : ADVICE,
      }),
    ];
  });
}
