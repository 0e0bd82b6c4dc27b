/**
 * A concurrency that is beyond the limit of a threshold: what comes times how long each runs. Worth telling only there; what an
 * account or a reservation does to it is told by the throttles.
 */

import { count, counted, duration, plainNumber } from '../../engine/format.js';
import { MILLISECOND, SECOND } from '../../engine/units.js';
import type { LambdaFunctionSettings, ThresholdSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import { firstRunOf, handlerKnob, partsOfRun } from './run-time.js';
import type { Subject } from './subject.js';

export function highConcurrency(subject: Subject): Found[] {
  const judged = subject.failed.filter(({ comparison }) => comparison.startsWith('<'));
  const functions = new Set(judged.flatMap((threshold) => largestOf(subject, threshold) ?? []));
  return [...functions].map((fn): Found => {
    const { warmUp, duration: end } = subject.scenario.run;
    const isOfPeak = judged.some(({ statistic }) => statistic !== 'mean');
    const { why, knob } = (isOfPeak ? peakOf(subject, fn) : undefined) ?? meanOf(subject, fn);
    return {
      resource: `functions.${fn.id}`,
      limit: 'ConcurrentExecutions',
      from: warmUp / SECOND,
      to: end / SECOND,
      message: `${fn.id} ran up to ${count(subject.run.functions[fn.id]!.concurrency.max)} at once: ${why}.`,
      knob,
      touches: ['concurrency'],
      requests: 1,
      bill: 0,
    };
  });
}

interface Reason {
  readonly why: string;
  readonly knob: string;
}

function meanOf(subject: Subject, fn: LambdaFunctionSettings): Reason {
  const { concurrency, invocations } = subject.run.functions[fn.id]!;
  const { warmUp, duration: end } = subject.scenario.run;
  const seconds = (end - warmUp) / SECOND;
  // Little's law.
  const held = duration((concurrency.mean * seconds * 1000) / invocations);
  const why = `${threeDigits(invocations / seconds)} invocations a second that take ${held} each keep ${threeDigits(concurrency.mean)} busy on average`;
  return { why, knob: partsOfRun(subject, fn, true)[0]?.knob ?? handlerKnob(fn) };
}

/** A peak beyond so many times the mean is not explained by it. */
const FAR_ABOVE = 2;
/** From this share on of what ran at once, cold starts are what a peak is made of. */
const MANY_COLD = 0.5;

/** Undefined where the mean explains it. */
function peakOf(subject: Subject, fn: LambdaFunctionSettings): Reason | undefined {
  const { concurrency, initDuration } = subject.run.functions[fn.id]!;
  const peak = subject.evidence.peaks.get(fn.id);
  if (peak === undefined || peak.invocations === 0 || concurrency.max <= FAR_ABOVE * concurrency.mean) return undefined;
  const { knob } = meanOf(subject, fn);
  const own = `functions.${fn.id}`;
  const ran = peak.duration / peak.invocations / MILLISECOND;
  const init = initDuration.mean ?? 0;
  const first = firstRunOf(subject, fn);
  if (peak.coldStarts >= MANY_COLD * concurrency.max && Math.max(init, first ?? 0) > ran) {
    const run = first === undefined ? '' : ` and a first run of ${duration(first)}`;
    const why = `${counted(peak.coldStarts, 'cold start')} around its peak, with an init of ${duration(init)}${run} each on average`;
    const ofInit = `${own}.${fn.snapStart === undefined ? 'init' : 'snapStart'}`;
    return { why, knob: (first ?? 0) > init ? `${own}.firstDuration` : ofInit };
  }
  const rate = threeDigits(peak.invocations / (peak.time / SECOND));
  const why = `around its peak ${rate} invocations a second ran for ${duration(ran)} each; on average it keeps ${threeDigits(concurrency.mean)} busy`;
  return { why, knob };
}

function threeDigits(value: number): string {
  return plainNumber(Number(value.toPrecision(3)));
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
