/**
 * Cold starts that users feel: so many that the slowest hundredth of the requests meets one, with an init that shows beside
 * the run itself; and inits over their limit.
 */

import { count, counted, duration, money, share } from '../../engine/format.js';
import { HOURS_PER_MONTH, MILLISECOND } from '../../engine/units.js';
import { featureDates } from '../../rules/feature-dates.js';
import { initPhase } from '../../rules/init-phase.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

/** From this share on the 99th percentile of latency is that of a cold start. */
const FELT_SHARE = 0.01;
/** Of the median run time. */
const FELT_INIT = 0.1;

export function coldStarts(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const result = subject.run.functions[fn.id]!;
    const { invocations, coldStarts: cold } = result;
    // With provisioned concurrency every cold start is spillover, which has a finding of its own.
    if (fn.provisionedConcurrency > 0 || cold === 0 || cold < FELT_SHARE * invocations) return [];
    const init = result.initDuration.p50;
    if (init === null || init < FELT_INIT * (result.duration.p50 ?? 0)) return [];
    const resource = `functions.${fn.id}`;
    const { knob, price } = remedy(subject, fn);
    const message = `${count(cold)} of ${counted(invocations, 'invocation')} of ${fn.id} (${share(cold / invocations)}) ${cold === 1 ? 'was a cold start' : 'were cold starts'}, with an init of ${duration(init)} at the median${addedLatency(subject, fn)}.${price}`;
    const weight = {
      touches: ['coldStarts', 'initDuration', 'latency'],
      requests: cold / invocations,
      bill: 0,
    } as const;
    return [{ resource, limit: 'ColdStart', ...subject.period(resource, 'ColdStarts'), message, knob, ...weight }];
  });
}

/** Environments ahead of the requests, where they may be had: not before their day, and not with SnapStart. */
function remedy(subject: Subject, fn: LambdaFunctionSettings): { readonly knob: string; readonly price: string } {
  const resource = `functions.${fn.id}`;
  if (fn.snapStart !== undefined) return { knob: `${resource}.snapStart`, price: '' };
  if (subject.scenario.asOf < featureDates.provisionedConcurrency.since) return { knob: `${resource}.init`, price: '' };
  return { knob: `${resource}.provisionedConcurrency`, price: priceOfOne(subject, fn) };
}

/** What the inits add to the mean latency of the traffic that meets most of them. */
function addedLatency({ scenario, run }: Subject, fn: LambdaFunctionSettings): string {
  const callers = scenario.traffic
    .filter(({ to }) => to === fn.id)
    .map(({ id }) => ({ id, init: run.traffic[id]!.parts.init }));
  const worst = callers.reduce((most, caller) => (caller.init > most.init ? caller : most), { id: '', init: 0 });
  return worst.init === 0 ? '' : `; they add ${duration(worst.init)} to the mean latency of ${worst.id}`;
}

function priceOfOne(subject: Subject, fn: LambdaFunctionSettings): string {
  const month = subject.usdOf(fn, { provisionedGbSeconds: (fn.memory / 1024) * HOURS_PER_MONTH * 3600 });
  return month === undefined ? '' : ` An environment kept ready costs ${money(month)} a month.`;
}

/** Inits that were given up at the limit and run again inside the invocation. */
export function initTimeouts(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap(({ id }): Found[] => {
    const { invocations, coldStarts: cold, initDuration } = subject.run.functions[id]!;
    // An init that was given up has no Init Duration.
    const repeated = cold - initDuration.count;
    if (repeated === 0) return [];
    const resource = `functions.${id}`;
    const limit = duration(subject.rules.value(initPhase).limit / MILLISECOND);
    const message = `${count(repeated)} of ${counted(cold, 'cold start')} of ${id} passed the limit of ${limit} for an init: it was given up and run again inside the invocation, under the timeout of the function.`;
    const period = subject.period(resource, 'ColdStarts');
    const touches = ['coldStarts', 'initDuration', 'duration', 'latency'] as const;
    const weight = { touches, requests: repeated / invocations, bill: 0 };
    return [{ resource, limit: 'InitTimeout', ...period, message, knob: `${resource}.init`, ...weight }];
  });
}
