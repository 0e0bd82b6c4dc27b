/**
 * A concurrency that is beyond the limit of a threshold: what comes times how long each runs. Worth telling only there; what an
 * account or a reservation does to it is told by the throttles.
 */

import { count, duration, plainNumber } from '../../engine/format.js';
import { SECOND } from '../../engine/units.js';
import type { LambdaFunctionSettings, ThresholdSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import { handlerKnob, partsOfRun } from './run-time.js';
import type { Subject } from './subject.js';

export function highConcurrency(subject: Subject): Found[] {
  const judged = subject.failed.filter(({ comparison }) => comparison.startsWith('<'));
  const functions = new Set(judged.flatMap((threshold) => largestOf(subject, threshold) ?? []));
  return [...functions].map((fn): Found => {
    const { concurrency, invocations } = subject.run.functions[fn.id]!;
    const { warmUp, duration: end } = subject.scenario.run;
    const seconds = (end - warmUp) / SECOND;
    // Little's law.
    const held = duration((concurrency.mean * seconds * 1000) / invocations);
    const rate = plainNumber(Number((invocations / seconds).toPrecision(3)));
    const mean = plainNumber(Number(concurrency.mean.toPrecision(3)));
    return {
      resource: `functions.${fn.id}`,
      limit: 'ConcurrentExecutions',
      from: warmUp / SECOND,
      to: end / SECOND,
      message: `${fn.id} ran up to ${count(concurrency.max)} at once: ${rate} invocations a second that take ${held} each keep ${mean} busy on average.`,
      knob: partsOfRun(subject, fn, true)[0]?.knob ?? handlerKnob(fn),
      touches: ['concurrency'],
      requests: 1,
      bill: 0,
    };
  });
}

/** The function that a threshold on concurrency is about; of the account the one that has most of it. */
function largestOf({ scenario, run }: Subject, { path, statistic }: ThresholdSettings) {
  const [owner = '', id = '', figure = ''] = path;
  if (owner === 'functions' && figure === 'concurrency') return scenario.functions.find((fn) => fn.id === id);
  if (owner !== 'account' || id !== 'concurrency') return undefined;
  const used = (fn: LambdaFunctionSettings) => run.functions[fn.id]!.concurrency[statistic === 'mean' ? 'mean' : 'max'];
  return scenario.functions.reduce<LambdaFunctionSettings | undefined>(
    (most, fn) => (used(fn) > (most === undefined ? 0 : used(most)) ? fn : most),
    undefined,
  );
}
