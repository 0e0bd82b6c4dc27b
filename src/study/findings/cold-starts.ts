/**
 * Cold starts that users feel, so many that the slowest hundredth of the requests meets one, with an init that shows beside the
 * run itself; others where a threshold failed by them. The network interface of a classic VPC is part of them. Inits over the limit of Lambda, and over that of a threshold.
 */

import { makeDistribution } from '../../engine/distributions/registry.js';
import { count, counted, duration, money, share } from '../../engine/format.js';
import { HOURS_PER_MONTH, MILLISECOND } from '../../engine/units.js';
import { featureDates } from '../../rules/feature-dates.js';
import { initPhase } from '../../rules/init-phase.js';
import { vpcNetwork } from '../../rules/vpc-network.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import { statisticOf } from './statistic.js';
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
    if (fn.provisionedConcurrency > 0 || cold === 0) return [];
    const init = result.initDuration.p50;
    if (init === null) return [];
    const network = networkWait(subject, fn);
    const isLong = init + network >= FELT_INIT * (result.duration.p50 ?? 0);
    const isFelt = isLong && cold >= FELT_SHARE * invocations;
    const reaches = isFelt || (isLong && isTailJudged(subject, fn));
    const resource = `functions.${fn.id}`;
    const { knob, price } = remedy(subject, fn);
    const message = `${count(cold)} of ${counted(invocations, 'invocation')} of ${fn.id} (${share(cold / invocations)}) ${cold === 1 ? 'was a cold start' : 'were cold starts'}, with an init of ${duration(init)} at the median${network === 0 ? addedLatency(subject, fn) : addedByNetwork(subject, fn, network)}.${price}`;
    const weight = {
      touches: reaches ? (['coldStarts', 'latency'] as const) : (['coldStarts'] as const),
      requests: cold / invocations,
      bill: 0,
      ...(!isFelt && { onlyWhereFailed: true as const }),
    };
    return [{ resource, limit: 'ColdStart', ...subject.period(resource, 'ColdStarts'), message, knob, ...weight }];
  });
}

/** Whether a latency failed by its slowest requests, which a few cold starts are. */
function isTailJudged(subject: Subject, fn: LambdaFunctionSettings): boolean {
  return subject.failed.some(
    (threshold) =>
      threshold.path[2] === 'latency' &&
      (threshold.statistic === 'max' || threshold.statistic === 'p99.9') &&
      subject.functionOf(threshold) === fn,
  );
}

/** Environments ahead of the requests, where they may be had: not before their day, and not with SnapStart. */
function remedy(subject: Subject, fn: LambdaFunctionSettings): { readonly knob: string; readonly price: string } {
  const resource = `functions.${fn.id}`;
  if (fn.snapStart !== undefined) return { knob: `${resource}.snapStart`, price: '' };
  if (subject.scenario.asOf < featureDates.provisionedConcurrency.since)
    return { knob: `${resource}.${networkWait(subject, fn) > 0 ? 'vpc' : 'init'}`, price: '' };
  return { knob: `${resource}.provisionedConcurrency`, price: priceOfOne(subject, fn) };
}

/** What the inits add to the mean latency of the traffic that meets most of them. */
function addedLatency({ scenario, run }: Subject, fn: LambdaFunctionSettings): string {
  const callers = scenario.traffic
    .filter(({ to }) => to === fn.id)
    .map(({ id }) => ({ id, init: run.traffic[id]!.parts.init }));
  const worst = callers.reduce((most, caller) => (caller.init > most.init ? caller : most), { id: '', init: 0 });
  const verb = run.functions[fn.id]!.coldStarts === 1 ? 'it adds' : 'they add';
  return worst.init === 0 ? '' : `; ${verb} ${duration(worst.init)} to the mean latency of ${worst.id}`;
}

/** Of a cold start, for the interface of a classic VPC, in milliseconds on average; 0 where none is waited for. */
function networkWait({ rules }: Subject, { vpc }: LambdaFunctionSettings): number {
  return vpc?.mode === 'classic' ? makeDistribution(rules.value(vpcNetwork).classicColdStart).mean / MILLISECOND : 0;
}

/** No part of a latency shows the interface by itself, so what it adds is worked out from the rule. */
function addedByNetwork({ run }: Subject, fn: LambdaFunctionSettings, network: number): string {
  const { invocations, coldStarts: cold, initDuration } = run.functions[fn.id]!;
  const added = (cold * (network + (initDuration.mean ?? 0))) / invocations;
  const verb = cold === 1 ? 'it adds' : 'they add';
  return `, after ${duration(network)} on average for a network interface of its VPC; ${verb} about ${duration(added)} to an invocation on average`;
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

/** Inits that are longer than a threshold allows. */
export function slowInits(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const failed = subject.failed.find(
      ({ path: [owner, id, figure], comparison }) =>
        owner === 'functions' && id === fn.id && figure === 'initDuration' && comparison.startsWith('<'),
    );
    if (failed === undefined) return [];
    const { initDuration, invocations } = subject.run.functions[fn.id]!;
    const took = statisticOf(initDuration, failed.statistic);
    if (took === null || took < failed.value) return [];
    const resource = `functions.${fn.id}`;
    return [
      {
        resource,
        limit: 'InitDuration',
        ...subject.period(resource, 'ColdStarts'),
        message: `The init of ${fn.id} takes ${duration(took)} (${failed.statistic}), longer than the ${duration(failed.value)} that it is allowed.`,
        knob: `${resource}.${fn.snapStart === undefined ? 'init' : 'snapStart'}`,
        touches: ['initDuration'],
        requests: initDuration.count / invocations,
        bill: 0,
      },
    ];
  });
}
