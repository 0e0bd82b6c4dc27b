/** Cold starts that users feel: so many that the slowest hundredth of the requests meets one, or inits over their limit. */
import { HOURS_PER_MONTH, MILLISECOND } from '../../engine/units.js';
import type { Finding } from '../../results/run-result.js';
import { featureDates } from '../../rules/feature-dates.js';
import { initPhase } from '../../rules/init-phase.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Subject } from './subject.js';
import { counted, milliseconds, number, percent, usd } from './words.js';

/** From this share on the 99th percentile of latency is one of a cold start, if the init outlasts the handler. */
const FELT = 0.01;

export function coldStarts(subject: Subject): Finding[] {
  const ahead = featureDates.provisionedConcurrency.since <= subject.scenario.asOf;
  return subject.scenario.functions.flatMap((fn): Finding[] => {
    const { invocations, coldStarts: cold, initDuration } = subject.run.functions[fn.id]!;
    // With provisioned concurrency every cold start is spillover, which has a finding of its own.
    if (fn.provisionedConcurrency > 0 || cold < FELT * invocations || cold === 0) return [];
    const resource = `functions.${fn.id}`;
    const init = !initDuration.p50 ? '' : `, with an init of ${milliseconds(initDuration.p50)} at the median`;
    const message = `${number(cold)} of ${counted(invocations, 'invocation')} of ${fn.id} (${percent(cold / invocations)}) were cold starts${init}${addedLatency(subject, fn)}.${ahead ? priceOfOne(subject, fn) : ''}`;
    return [
      {
        resource,
        limit: 'ColdStart',
        ...subject.period(resource, 'ColdStarts'),
        message,
        knob: `${resource}.${ahead ? 'provisionedConcurrency' : 'keepAlive'}`,
      },
    ];
  });
}

/** What the inits add to the mean latency of the traffic that meets most of them. */
function addedLatency({ scenario, run }: Subject, fn: LambdaFunctionSettings): string {
  const callers = scenario.traffic
    .filter(({ to }) => to === fn.id)
    .map(({ id }) => ({ id, init: run.traffic[id]!.parts.init }));
  const worst = callers.reduce((most, caller) => (caller.init > most.init ? caller : most), { id: '', init: 0 });
  return worst.init === 0 ? '' : `; they add ${milliseconds(worst.init)} to the mean latency of ${worst.id}`;
}

function priceOfOne(subject: Subject, fn: LambdaFunctionSettings): string {
  const month = subject.usdOf(fn, { provisionedGbSeconds: (fn.memory / 1024) * HOURS_PER_MONTH * 3600 });
  return month === undefined ? '' : ` An environment kept ready costs ${usd(month)} a month.`;
}

/** Inits that were given up at the limit and run again inside the invocation. */
export function initTimeouts(subject: Subject): Finding[] {
  return subject.scenario.functions.flatMap(({ id }): Finding[] => {
    const { coldStarts: cold, initDuration } = subject.run.functions[id]!;
    // An init that was given up has no Init Duration.
    const repeated = cold - initDuration.count;
    if (repeated === 0) return [];
    const resource = `functions.${id}`;
    const limit = milliseconds(subject.rules.value(initPhase).limit / MILLISECOND);
    const message = `${number(repeated)} of ${counted(cold, 'cold start')} of ${id} passed the limit of ${limit} for an init: it was given up and run again inside the invocation, under the timeout of the function.`;
    return [
      { resource, limit: 'InitTimeout', ...subject.period(resource, 'ColdStarts'), message, knob: `${resource}.init` },
    ];
  });
}
