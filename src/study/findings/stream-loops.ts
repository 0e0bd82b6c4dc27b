/** Chains that come back to a function through a stream: nobody counts their rounds, neither Lambda nor a record. */
import { count, counted, plainNumber } from '../../engine/format.js';
import type { StreamSettings } from '../../scenario/types.js';
import { type StreamLoop, streamLoops } from '../loop-gain.js';
import { wayBack } from './asynchronous.js';
import type { Found } from './found.js';
import { knobOfErrors } from './function-errors.js';
import type { Subject } from './subject.js';

/** Standard errors by which more records must come than were processed or given up, before a loop of less than one grows by more than chance. */
const BEYOND_CHANCE = 3;
const LEAST_TAKEN = 10;
/** Of a mean that is 1 by the file and not to the last bit of a double. */
const ROUNDING = 1e-9;

/** A function that reads a stream of its own loop, where the loop sends as much as it takes, or has done so. */
export function streamRecursion(subject: Subject): Found[] {
  const loops = streamLoops(subject.scenario);
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const loop = loops.find(({ functions }) => functions.has(fn.id));
    const read = fn.eventSources.flatMap((source) => (source.kind === 'stream' ? [source.stream] : []));
    const stream = subject.scenario.streams.find(({ id }) => loop?.streams.has(id) && read.includes(id));
    const { invocations } = subject.run.functions[fn.id]!;
    if (loop === undefined || stream === undefined || invocations === 0) return [];
    // Where rounds were counted on another way, that is said already.
    if ((subject.evidence.counts.get(`functions.${fn.id}/rounds`) ?? 0) > 0) return [];
    const { records, consumers } = subject.run.streams[stream.id]!;
    const sent = sentByLoop(subject, loop, stream);
    const { processed, discarded } = consumers[fn.id]!;
    const taken = processed + discarded;
    const never = loop.gain >= 1 - ROUNDING;
    const grew = sent !== undefined && taken >= LEAST_TAKEN && sent > taken + BEYOND_CHANCE * Math.sqrt(taken);
    if ((sent !== undefined && sent <= 0) || !(never || grew)) return [];
    const measured =
      sent === undefined
        ? ''
        : `${count(sent)} of ${counted(records, 'record')} of ${stream.id} came from the chain of ${fn.id} that reads them; `;
    const gain = never
      ? `an invocation brings ${plainNumber(loop.gain)} on average back to it`
      : `${plainNumber(sent! / taken)} came for each that it was done with, retries included`;
    return [
      {
        resource: `functions.${fn.id}`,
        limit: 'Recursion',
        ...subject.period(`streams.${stream.id}`, 'IncomingRecords'),
        message: `${measured}${gain}, so the chain never ends, and Lambda does not stop it, for streams pass on no count of its rounds.`,
        // By the file it would die out: what brings more is that failed batches are sent again.
        knob: never ? wayBack(subject, fn) : knobOfErrors(subject, fn),
        touches: ['async', 'bill', 'concurrency', 'throttles', 'iteratorAge', 'waiting'],
        requests: sent === undefined ? 1 : Math.min(1, sent / records),
        bill: 0,
      },
    ];
  });
}

/**
 * Records of a stream that neither a traffic nor a backlog brought; undefined where others than the functions of the loop may
 * have, or where records of the warm-up are among them.
 */
function sentByLoop({ scenario, run }: Subject, loop: StreamLoop, { id, backlog }: StreamSettings): number | undefined {
  const others =
    scenario.run.warmUp > 0 ||
    scenario.topics.some(({ subscribers }) => subscribers.some(({ to }) => to === id)) ||
    scenario.functions.some((fn) => !loop.functions.has(fn.id) && fn.calls.some(({ to }) => to === id));
  if (others) return undefined;
  const brought = scenario.traffic
    .filter(({ to }) => to === id)
    .reduce((sum, traffic) => sum + run.traffic[traffic.id]!.succeeded, 0);
  return run.streams[id]!.records - brought - backlog;
}
