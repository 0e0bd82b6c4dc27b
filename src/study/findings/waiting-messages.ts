/** Queues whose messages waited, or came back and were tried again: too few pollers, a held concurrency, failures. */
import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND, MINUTE } from '../../engine/units.js';
import { existsOn } from '../../rules/feature-dates.js';
import { sqsPollerScaling } from '../../rules/sqs-poller-scaling.js';
import { sqsProvisionedPollers } from '../../rules/sqs-provisioned-pollers.js';
import { mappingId } from '../../scenario/resource-figures.js';
import type { LambdaFunctionSettings, QueueSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import { knobOfErrors } from './function-errors.js';
import { foundAt, type Reader, readersOf } from './queue-reader.js';
import type { Subject } from './subject.js';
import { isHeldBack } from './throttles.js';

/** Below this share of what was sent, what waits at the end is what has just come. */
const FEW = 0.01;

/** Messages that wait because the mapping may not do more, or not yet, or because their groups have a batch at a time. */
export function heldBacklog(subject: Subject): Found[] {
  return subject.scenario.queues.flatMap((queue): Found[] => {
    const [reader] = readersOf(subject, queue);
    const waits = reader && waiting(subject, queue, reader);
    const held = waits && heldBy(subject, queue, reader);
    if (waits === undefined || held === undefined) return [];
    const { limit, because, knob } = held;
    return [
      foundAt(subject, queue, limit, 'ApproximateAgeOfOldestMessage', {
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
function waiting({ run, evidence }: Subject, { id }: QueueSettings, { source }: Reader): Waiting | undefined {
  const { maximumBatchingWindow } = source;
  const { sent, deleted, visible, age, delay } = run.queues[id]!;
  if (visible > FEW * sent)
    return { message: `${counted(visible, 'message')} of ${id} wait at the end`, share: visible / sent };
  const most = evidence.backlogs.get(id) ?? 0;
  const aMinute = deleted / (run.bill.simulatedHours * 60);
  // For as long as its window a batch waits for more messages, whatever the pollers do.
  const unremarkable = (MINUTE + maximumBatchingWindow) / MILLISECOND;
  if (most <= aMinute || (delay.p99 ?? 0) <= unremarkable) return undefined;
  const waited = `${counted(most, 'message')} of ${id} waited at once, the oldest for ${duration(age.max)}`;
  return { message: waited, share: Math.min(1, most / sent) };
}

interface Held {
  readonly limit: string;
  readonly because: string;
  readonly knob: string;
}

/** Of the time for which messages waited. */
const OFTEN = 0.25;

/** Pollers back off from throttles, so that few attempts meet one where a limit is in the way all the time. */
function areRefused(subject: Subject, { id }: QueueSettings, fn: LambdaFunctionSettings): boolean {
  const { held } = subject.evidence;
  const waited = held.get(`queues.${id}/ApproximateAgeOfOldestMessage`)?.time ?? 0;
  const reasons = Object.keys(subject.run.functions[fn.id]!.throttlesByReason);
  const refused = Math.max(0, ...reasons.map((reason) => held.get(`functions.${fn.id}/${reason}`)?.time ?? 0));
  return isHeldBack(subject, fn) || (refused > 0 && refused >= OFTEN * waited);
}

function heldBy(subject: Subject, queue: QueueSettings, reader: Reader): Held | undefined {
  const { fn, source, path } = reader;
  const { maximumConcurrency, provisionedPollers } = source;
  const most = subject.evidence.batches.get(mappingId(queue.id, fn.id));
  if (most === undefined) return undefined;
  const scaling = subject.rules.value(sqsPollerScaling);
  if (maximumConcurrency !== undefined && most >= maximumConcurrency) {
    const because = `all ${count(maximumConcurrency)} batches that maximumConcurrency allows were in use`;
    return { limit: 'MaximumConcurrency', because, knob: `${path}.maximumConcurrency` };
  }
  // What throttles its pollers is found at the function.
  if (areRefused(subject, queue, fn)) return undefined;
  if (queue.type === 'fifo') {
    const keyed = subject.scenario.traffic.find(({ to, key }) => to === queue.id && key !== undefined);
    if (keyed === undefined || most >= (maximumConcurrency ?? scaling.maximum)) return undefined;
    const because = `a message group has one batch at a time, and ${fn.id} never ran more than ${count(most)} of them at once`;
    return { limit: 'MessageGroups', because, knob: `traffic.${keyed.id}.key` };
  }
  const pollers = subject.run.queues[queue.id]!.pollers.max;
  if (provisionedPollers !== undefined) {
    const { perMinute } = subject.rules.value(sqsProvisionedPollers);
    const { minimum, maximum } = provisionedPollers;
    const isFull = pollers >= maximum;
    const because = isFull
      ? `all ${count(maximum)} of its provisioned pollers were in use`
      : `its provisioned pollers were ${count(minimum)} at first, and ${count(perMinute)} more are added a minute`;
    return {
      limit: 'ProvisionedPollers',
      because,
      knob: `${path}.provisionedPollers.${isFull ? 'maximum' : 'minimum'}`,
    };
  }
  const atFirst = `${fn.id} has ${count(scaling.first)} pollers at first`;
  const failure = pollers < scaling.first + scaling.perMinute ? failureOf(subject, reader) : undefined;
  if (failure !== undefined) {
    const because = `${atFirst}, and never had more than ${count(Math.max(pollers, scaling.first))}, for batches that fail keep more from being added: ${failure.because}`;
    return { limit: 'PollerScaling', because, knob: failure.knob };
  }
  const because = `${atFirst}, and ${count(scaling.perMinute)} more are added a minute while messages wait, here up to ${count(pollers)}`;
  const canProvision = existsOn('provisionedPollers', subject.scenario.asOf) && maximumConcurrency === undefined;
  const knob = canProvision ? `${path}.provisionedPollers` : `rules.${sqsPollerScaling.name}.perMinute`;
  return { limit: 'PollerScaling', because, knob };
}

/** Whether a finding says what its messages wait for. */
function isHeld(subject: Subject, queue: QueueSettings): boolean {
  const resource = `queues.${queue.id}`;
  return heldBacklog(subject).some((held) => held.resource === resource);
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
    const wait = `visibility timeout of ${duration(queue.visibilityTimeout / MILLISECOND)}`;
    const then =
      queue.maxReceiveCount === 1
        ? `with a maxReceiveCount of 1 none of them is tried again after the ${wait}`
        : `those messages were tried again after the ${wait}`;
    // Where messages were held up too, how long the oldest waited is not for failures alone to explain.
    const isCrowded = readersOf(subject, queue).some(({ fn }) => isHeldBack(subject, fn)) || isHeld(subject, queue);
    const oldest = isCrowded ? '' : `, and the oldest waited ${duration(age.max)}`;
    return [
      foundAt(subject, queue, failure.limit, 'NumberOfMessagesReceived', {
        message: `${tries} of ${count(received)} of ${queue.id} (${share(again / received)}) did not end in a delete, because ${failure.because}: ${then}${oldest}.`,
        knob: failure.knob,
        touches: ['age', 'delay', 'deadLettered', 'duplicates'],
        requests: again / received,
      }),
    ];
  });
}

/** What makes batches or messages fail; undefined where throttles bring back more than that. */
function failureOf(subject: Subject, { fn, source, path }: Reader): Held | undefined {
  const { errors, invocations, throttles } = subject.run.functions[fn.id]!;
  const own = `functions.${fn.id}`;
  if (throttles > invocations) return undefined;
  const { poisonRate, recordErrorRate } = fn;
  const [rate, what, knob] =
    poisonRate > recordErrorRate
      ? [poisonRate, `are poison to ${fn.id}`, `${own}.poisonRate`]
      : [recordErrorRate, `fail in ${fn.id} on a try`, `${own}.recordErrorRate`];
  const isWhole = source.batchSize > 1 && !source.reportBatchItemFailures;
  if (rate > fn.errorRate && isWhole) {
    const because = `${share(rate)} of its messages ${what}, and each fails the whole of its batch`;
    const canReport = existsOn('queueBatchItemFailures', subject.scenario.asOf);
    return { limit: 'FailedBatches', because, knob: canReport ? `${path}.reportBatchItemFailures` : knob };
  }
  const limit = 'FailedMessages';
  if (rate > fn.errorRate) return { limit, because: `${share(rate)} of its messages ${what}`, knob };
  if (errors === 0) return undefined;
  return {
    limit,
    because: `${share(errors / invocations)} of the invocations of ${fn.id} failed`,
    knob: knobOfErrors(subject, fn),
  };
}
