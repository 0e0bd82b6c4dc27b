/** Asynchronous events that were dropped, chains that come back to where they began, and records that could not be handed over. */
import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND } from '../../engine/units.js';
import { recursionDetection } from '../../rules/recursion-detection.js';
import { loopLengths } from '../../scenario/loops.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

export function droppedEvents(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap(({ id, async, reservedConcurrency }): Found[] => {
    const { received, dropped, throttledAttempts, serviceErrorAttempts } = subject.run.functions[id]!.async;
    const resource = `functions.${id}`;
    const recursive = subject.evidence.counts.get(`${resource}/recursiveDrops`) ?? 0;
    if (dropped === 0 || dropped === recursive) return [];
    const old = subject.evidence.counts.get(`${resource}/tooOld`) ?? 0;
    const exhausted = subject.evidence.counts.get(`${resource}/exhausted`) ?? 0;
    const lost = async.onFailure === undefined && async.deadLetterQueue === undefined;
    const age = duration(async.maximumEventAge / MILLISECOND);
    const [why, knob] =
      reservedConcurrency === 0
        ? ['a reserved concurrency of 0 drops every event at once', 'reservedConcurrency']
        : old > exhausted
          ? [
              `they reached their age of ${age}, after ${counted(throttledAttempts, 'throttle')} and ${counted(serviceErrorAttempts, 'service error')} of all its events`,
              throttledAttempts > serviceErrorAttempts ? 'reservedConcurrency' : 'async.maximumEventAge',
            ]
          : [`all ${async.maximumRetryAttempts + 1} attempts failed`, lost ? 'async.onFailure' : 'errorRate'];
    const where = lost ? ', and nobody keeps them: there is neither onFailure nor deadLetterQueue' : '';
    const message = `${counted(dropped, 'event')} of ${count(received)} of ${id} (${share(dropped / received)}) were dropped: ${why}${where}.`;
    const weight = { touches: ['async', 'errors', 'throttles'], requests: dropped / received, bill: 0 } as const;
    return [
      {
        resource,
        limit: 'AsyncEventsDropped',
        ...subject.period(resource, 'AsyncEventsDropped'),
        message,
        knob: `${resource}.${knob}`,
        ...weight,
      },
    ];
  });
}

/** A chain that Lambda stopped, or that runs away where nobody counts its rounds. */
export function recursion(subject: Subject): Found[] {
  const lengths = loopLengths(subject.scenario);
  const { enabled, rounds } = subject.rules.value(recursionDetection);
  const since = recursionDetection.versions.filter(({ value }) => value.enabled).at(-1)?.from;
  return subject.scenario.functions.flatMap(({ id }): Found[] => {
    const resource = `functions.${id}`;
    const came = subject.evidence.counts.get(`${resource}/rounds`) ?? 0;
    const stopped = subject.evidence.counts.get(`${resource}/recursiveDrops`) ?? 0;
    const { invocations } = subject.run.functions[id]!;
    if (!lengths.has(id) || came === 0) return [];
    const knob = `${resource}.${subject.scenario.functions.find((fn) => fn.id === id)!.calls.length > 0 ? 'calls' : 'async'}`;
    const ran = `${count(came)} of ${counted(invocations, 'invocation')} of ${id} were of events that its own chain had sent`;
    const message = enabled
      ? `${ran}; Lambda stopped ${counted(stopped, 'chain')} after ${rounds} rounds.`
      : `${ran}: the chain comes back to it and never ends, and before ${since ?? 'July 2023'} Lambda did not stop it.`;
    const weight = {
      touches: ['async', 'bill', 'concurrency', 'throttles'],
      requests: came / invocations,
      bill: 0,
    } as const;
    return [
      { resource, limit: 'Recursion', ...subject.period(resource, 'AsyncEventsReceived'), message, knob, ...weight },
    ];
  });
}

export function failedHandOvers(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap(({ id }): Found[] => {
    const resource = `functions.${id}`;
    const failures =
      (subject.evidence.counts.get(`${resource}/deadLetterErrors`) ?? 0) +
      (subject.evidence.counts.get(`${resource}/destinationFailures`) ?? 0);
    const { received } = subject.run.functions[id]!.async;
    if (failures === 0) return [];
    const message = `${counted(failures, 'record')} of ${id} could not be handed over: too large for the destination or dead-letter queue.`;
    const weight = { touches: ['async'], requests: Math.min(1, failures / received), bill: 0 } as const;
    return [
      {
        resource,
        limit: 'DestinationDeliveryFailures',
        ...subject.period(resource, 'AsyncEventsReceived'),
        message,
        knob: `${resource}.async`,
        ...weight,
      },
    ];
  });
}
