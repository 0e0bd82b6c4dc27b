/** Why Lambda refused invocations: one finding for each function and AWS reason. */

import { count, counted, share } from '../../engine/format.js';
import { featureDates } from '../../rules/feature-dates.js';
import { burstIn, functionScalingRate } from '../../rules/function-scaling-rate.js';
import { requestRateQuota, requestsPerSecond } from '../../rules/request-rate-quota.js';
import { vpcNetwork } from '../../rules/vpc-network.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import { accountPool } from './account-pool.js';
import type { Found } from './found.js';
import { offeredConcurrency } from './offered-concurrency.js';
import type { Subject } from './subject.js';

/** The limit in words that follow "because", and the setting that lifts it. */
export interface Limit {
  readonly because: string;
  readonly knob: string;
}

type Explanation = (subject: Subject, fn: LambdaFunctionSettings) => Limit;

/** By AWS's `Reason`. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ConcurrentInvocationLimitExceeded: accountPool,
  ReservedFunctionConcurrentInvocationLimitExceeded: reservedConcurrency,
  FunctionInvocationRateLimitExceeded: scalingRate,
  CallerRateLimitExceeded: accountRate,
  ReservedFunctionInvocationRateLimitExceeded: reservedRate,
  EniLimit: addresses,
};

/** What refused most of the attempts of a function; undefined where nothing did. */
export function mostlyRefusedBy(subject: Subject, fn: LambdaFunctionSettings): Limit | undefined {
  const reasons = Object.entries(subject.run.functions[fn.id]!.throttlesByReason).sort(([, a], [, b]) => b - a);
  return reasons[0] && EXPLANATIONS[reasons[0][0]]!(subject, fn);
}

/** Below this share of the attempts throttles are not what holds back a function that reads a queue or stream. */
const THROTTLED = 0.1;

export function isHeldBack({ run }: Subject, { id }: LambdaFunctionSettings): boolean {
  const { throttles: refused, invocations } = run.functions[id]!;
  return refused > 0 && refused >= THROTTLED * (refused + invocations);
}

/** Of the function, its callers, and what the function reads. Concurrency is held down by throttles, never beyond a limit for them. */
const TOUCHED = [
  ...(['throttles', 'throttled', 'succeeded', 'attempts', 'latency'] as const),
  ...(['age', 'delay', 'visible', 'iteratorAge', 'waiting'] as const),
];

export function throttles(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn) => {
    const resource = `functions.${fn.id}`;
    const { invocations, throttles: all, throttlesByReason } = subject.run.functions[fn.id]!;
    return Object.entries(throttlesByReason).map(([reason, times]): Found => {
      const { because, knob } = EXPLANATIONS[reason]!(subject, fn);
      const ofAttempts = times / (invocations + all);
      const message = `${fn.id} was throttled ${counted(times, 'time')} (${share(ofAttempts)} of its attempts): ${because}.`;
      return {
        resource,
        limit: reason,
        ...subject.period(resource, reason),
        message,
        knob,
        touches: TOUCHED,
        requests: ofAttempts,
        bill: 0,
      };
    });
  });
}

function reservedConcurrency(subject: Subject, fn: LambdaFunctionSettings): Limit {
  const knob = `functions.${fn.id}.reservedConcurrency`;
  if (fn.reservedConcurrency === 0) return { because: 'a reserved concurrency of 0 stops a function', knob };
  const load = offeredConcurrency(subject, fn);
  const busy = load === undefined ? '' : `, and its requests alone would keep ${count(load)} busy on average`;
  const reserved = fn.reservedConcurrency ?? 0;
  const all =
    reserved === 1 ? 'its reserved concurrency of 1 was' : `all ${count(reserved)} of its reserved concurrency were`;
  return { because: `${all} in use${busy}`, knob };
}

function scalingRate({ scenario, rules }: Subject, fn: LambdaFunctionSettings): Limit {
  const rule = rules.value(functionScalingRate);
  const who = rule.scope === 'function' ? 'one function' : 'all functions of the region together';
  const burst = count(burstIn(rule, scenario.region));
  const because = `Lambda makes ${burst} environments at once and then ${count(rule.perMinute)} a minute for ${who}`;
  // Without environments made ahead, only shorter runs need fewer of them.
  const ahead = featureDates.provisionedConcurrency.since <= scenario.asOf;
  return { because, knob: `functions.${fn.id}.${ahead ? 'provisionedConcurrency' : 'duration'}` };
}

function accountRate({ scenario, rules }: Subject): Limit {
  const rule = rules.value(requestRateQuota);
  const limit = scenario.account.concurrencyLimit;
  const rate = count(requestsPerSecond(rule, limit));
  const because = `the account may make ${rate} requests a second, ${count(rule.perConcurrency)} for each unit of its concurrency limit`;
  return { because, knob: 'account.concurrencyLimit' };
}

function reservedRate({ rules }: Subject, fn: LambdaFunctionSettings): Limit {
  const rule = rules.value(requestRateQuota);
  const rate = count(requestsPerSecond(rule, fn.reservedConcurrency ?? 0));
  const because = `it may have ${rate} requests a second, ${count(rule.perConcurrency)} for each unit of its reserved concurrency`;
  return { because, knob: `functions.${fn.id}.reservedConcurrency` };
}

function addresses({ rules }: Subject, fn: LambdaFunctionSettings): Limit {
  const own = fn.vpc?.mode === 'classic' ? fn.vpc.addresses : undefined;
  const free = count(own ?? rules.value(vpcNetwork).addresses);
  return {
    because: `its network interfaces had used up the ${free} addresses of the subnets`,
    knob: `functions.${fn.id}.vpc.addresses`,
  };
}
