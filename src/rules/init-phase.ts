/**
 * Rule     An on-demand init has a time limit; past it the init is abandoned and run again inside the first invocation, under the function timeout.
 * Numbers  10 s on demand. Provisioned concurrency and SnapStart: 130 s or the function timeout if longer, at most 900 s.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"; bitesizedserverless.com, "When is the Lambda Init Phase Free" (2022), for the measured rerun; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface InitPhase {
  /** On demand. */
  readonly limit: Micros;
  /** Provisioned and SnapStart inits may last this long, or as long as the function timeout. */
  readonly provisionedLimit: Micros;
  readonly provisionedMaximum: Micros;
  /** CPU of an init that runs inside an invocation. */
  readonly rerunShare: 'burst' | 'normal';
}

export const initPhase: Rule<InitPhase> = {
  name: 'init-phase',
  statement:
    'An init that takes longer than 10 s is abandoned and run again inside the first invocation, under the function timeout.',
  assumes:
    'A rerun and an init suppressed after a reset take as long as the first would have (`burst`: the CPU of the init phase whatever the memory); `normal` gives them the CPU share of the memory. The longer limits hold on every day; a provisioned init that reaches its limit is billed up to it, and its environment is ready all the same.',
  fields: {
    limit: 'duration',
    provisionedLimit: 'duration',
    provisionedMaximum: 'duration',
    rerunShare: ['burst', 'normal'],
  },
  versions: [
    {
      from: '2018-01-01',
      value: {
        limit: 10 * SECOND,
        provisionedLimit: 130 * SECOND,
        provisionedMaximum: 900 * SECOND,
        rerunShare: 'burst',
      },
      certainty: 'documented',
      assumed: ['rerunShare'],
      source: 'AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"',
      read: '2026-11-21',
    },
  ],
};

/** The limit of an init ahead of requests, for a function timeout. */
export function provisionedInitLimit(value: InitPhase, timeout: Micros): Micros {
  return Math.min(value.provisionedMaximum, Math.max(value.provisionedLimit, timeout));
}

/**
 * Time an init takes inside an invocation, for the time `init` it would have taken in its own phase; whole microseconds.
 * `vcpu` is the CPU share of the function's memory.
 */
export function rerunInitTime(value: InitPhase, init: Micros, vcpu: number): Micros {
  return value.rerunShare === 'burst' ? init : Math.round(init / Math.min(1, vcpu));
}
