/** Asynchronous events that were dropped, chains that come back to where they began, and records that could not be handed over. */
import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND } from '../../engine/units.js';
import { asyncEventAge } from '../../rules/async-event-age.js';
import { recursionDetection } from '../../rules/recursion-detection.js';
import { leadsTo, loopLengths } from '../../scenario/loops.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import { knobOfErrors } from './function-errors.js';
import type { Subject } from './subject.js';
import { mostlyRefusedBy } from './throttles.js';

/** A count of the asynchronous queue of a function that results do not show. */
function counts({ evidence }: Subject, { id }: LambdaFunctionSettings, figure: string): number {
  return evidence.counts.get(`functions.${id}/${figure}`) ?? 0;
}

export function droppedEvents(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const { received } = subject.run.functions[fn.id]!.async;
    // Chains that Lambda stopped have a finding of their own.
    const dropped = ['exhausted', 'tooOld', 'stopped'].reduce((sum, why) => sum + counts(subject, fn, why), 0);
    if (dropped === 0) return [];
    const { onFailure, deadLetterQueue } = fn.async;
    const isLost = onFailure === undefined && deadLetterQueue === undefined;
    const where = isLost ? ', and nobody keeps them: there is neither onFailure nor deadLetterQueue' : '';
    const { why, knob } = whyDropped(subject, fn);
    const resource = `functions.${fn.id}`;
    return [
      {
        resource,
        limit: 'AsyncEventsDropped',
        ...subject.period(resource, 'AsyncEventsDropped'),
        message: `${counted(dropped, 'event')} of ${count(received)} of ${fn.id} (${share(dropped / received)}) were dropped: ${why}${where}.`,
        knob,
        touches: ['async', 'errors', 'throttles'],
        requests: dropped / received,
        bill: 0,
      },
    ];
  });
}

/** The commonest reason, in words that follow a colon, and the setting that ends it. */
function whyDropped(subject: Subject, fn: LambdaFunctionSettings): { readonly why: string; readonly knob: string } {
  const resource = `functions.${fn.id}`;
  if (fn.reservedConcurrency === 0)
    return {
      why: 'a reserved concurrency of 0 drops every event at once',
      knob: `${resource}.reservedConcurrency`,
    };
  const { maximumEventAge, maximumRetryAttempts } = fn.async;
  if (counts(subject, fn, 'exhausted') >= counts(subject, fn, 'tooOld')) {
    const tries = maximumRetryAttempts === 0 ? 'the only attempt' : `all ${maximumRetryAttempts + 1} attempts`;
    return { why: `${tries} failed`, knob: knobOfErrors(subject, fn) };
  }
  const { throttledAttempts, serviceErrorAttempts } = subject.run.functions[fn.id]!.async;
  const age = duration(maximumEventAge / MILLISECOND);
  if (throttledAttempts + serviceErrorAttempts === 0)
    return {
      why: `an attempt failed, and another would have come only after their greatest age of ${age}`,
      knob: knobOfErrors(subject, fn),
    };
  const refused = `after ${counted(throttledAttempts, 'throttle')} and ${counted(serviceErrorAttempts, 'service error')} of all its events`;
  const isLongest = maximumEventAge >= subject.rules.value(asyncEventAge).maximum;
  const outlived = isLongest ? 'account.outages' : `${resource}.async.maximumEventAge`;
  const limit = throttledAttempts >= serviceErrorAttempts ? mostlyRefusedBy(subject, fn) : undefined;
  return { why: `they reached their age of ${age}, ${refused}`, knob: limit?.knob ?? outlived };
}

/** A chain that Lambda stopped, or that runs away where nobody counts its rounds. */
export function recursion(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const { id } = fn;
    const came = counts(subject, fn, 'rounds');
    if (came === 0) return [];
    const resource = `functions.${id}`;
    const { invocations } = subject.run.functions[id]!;
    return [
      {
        resource,
        limit: 'Recursion',
        ...subject.period(resource, 'AsyncEventsReceived'),
        message: `${count(came)} of ${counted(invocations, 'invocation')} of ${id} were of events that its own chain had sent; ${whatStops(subject, fn)}.`,
        knob: wayBack(subject, fn),
        touches: ['async', 'bill', 'concurrency', 'throttles'],
        requests: Math.min(1, came / Math.max(1, invocations)),
        bill: 0,
      },
    ];
  });
}

function whatStops(subject: Subject, fn: LambdaFunctionSettings): string {
  const { enabled, rounds } = subject.rules.value(recursionDetection);
  const stopped = counts(subject, fn, 'recursiveDrops');
  if (stopped > 0) return `Lambda stopped ${counted(stopped, 'chain')} after ${rounds} rounds`;
  const since = recursionDetection.versions.filter(({ value }) => value.enabled).at(-1)!.from;
  if (!enabled && subject.scenario.asOf < since)
    return `the chain comes back to it and never ends, and before ${since} Lambda did not stop it`;
  if (!enabled) return 'the chain comes back to it and never ends, and recursion detection is switched off';
  return loopLengths(subject.scenario, ({ counted: isCounted }) => isCounted).has(fn.id)
    ? `Lambda stops a chain after ${rounds} rounds, and none has come so far`
    : 'the chain comes back to it and never ends, and Lambda does not stop it, for event buses pass on no count of its rounds';
}

/** Where the function sends what comes back to it. */
export function wayBack({ scenario }: Subject, { id, calls, async, eventSources }: LambdaFunctionSettings): string {
  const call = calls.findIndex(({ to }) => leadsTo(scenario, to, id));
  if (call >= 0) return `functions.${id}.calls[${call}].to`;
  const source = eventSources.findIndex(
    (one) => one.kind === 'stream' && one.onFailure !== undefined && leadsTo(scenario, one.onFailure, id),
  );
  if (source >= 0) return `functions.${id}.eventSources[${source}].onFailure`;
  const key = (['onSuccess', 'onFailure', 'deadLetterQueue'] as const).find(
    (one) => async[one] !== undefined && leadsTo(scenario, async[one], id),
  );
  return `functions.${id}.async.${key ?? 'onFailure'}`;
}

/** What each kind of hand-over sends, and its name in CloudWatch. */
const HAND_OVERS = {
  onSuccess: {
    limit: 'DestinationDeliveryFailures',
    sent: 'the event, the response and what Lambda writes beside them are',
  },
  onFailure: { limit: 'DestinationDeliveryFailures', sent: 'the event and what Lambda writes beside it are' },
  deadLetterQueue: { limit: 'DeadLetterErrors', sent: 'the event is' },
} as const;

export function failedHandOvers(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const onSuccess = counts(subject, fn, 'successesNotDelivered');
    const failures = {
      onSuccess,
      onFailure: counts(subject, fn, 'destinationFailures') - onSuccess,
      deadLetterQueue: counts(subject, fn, 'deadLetterErrors'),
    };
    const { received } = subject.run.functions[fn.id]!.async;
    const resource = `functions.${fn.id}`;
    return Object.entries(HAND_OVERS).flatMap(([key, { limit, sent }]): Found[] => {
      const setting = key as keyof typeof HAND_OVERS;
      const times = failures[setting];
      if (times === 0) return [];
      const message = `${counted(times, 'record')} of ${fn.id} could not be handed over to ${fn.async[setting]}: ${sent} larger than it takes.`;
      return [
        {
          resource,
          limit,
          ...subject.period(resource, limit),
          message,
          knob: `${resource}.async.${key}`,
          touches: ['async'],
          requests: Math.min(1, times / received),
          bill: 0,
        },
      ];
    });
  });
}
