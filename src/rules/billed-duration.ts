/**
 * Rule     The run time of each invocation is rounded up to the next unit before it is added up.
 * Numbers  100 ms until 2020-11-30, 1 ms since.
 * Era      Two versions.
 * Source   AWS Lambda pricing page (100 ms edition and 2026); AWS News Blog, "New for AWS Lambda - 1ms Billing Granularity Adds Cost Savings"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { MILLISECOND, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface BilledDuration {
  /** The unit of the bill. */
  readonly granularity: Micros;
}

export const billedDuration: Rule<BilledDuration> = {
  name: 'billed-duration',
  statement: 'The duration of each invocation is rounded up to 1 ms (to 100 ms before December 2020).',
  assumes: 'At least one unit, even for a run of no time. A failed or timed-out run is billed like any other.',
  fields: { granularity: 'duration' },
  versions: [
    {
      from: '2020-12-01',
      value: { granularity: 1 * MILLISECOND },
      certainty: 'documented',
      source: 'AWS News Blog, "New for AWS Lambda - 1ms Billing Granularity Adds Cost Savings"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { granularity: 100 * MILLISECOND },
      certainty: 'documented',
      source: 'AWS Lambda pricing page (100 ms edition)',
      read: '2026-11-21',
    },
  ],
};

/** Billed time of a run of `micros` whole microseconds, billed init included. */
export function billedMicros(value: BilledDuration, micros: Micros): Micros {
  const units = Math.ceil(micros / value.granularity);
  // Not Math.max, which costs a run a hundredth of its time: it looks for NaN and -0.
  return units > 1 ? units * value.granularity : value.granularity;
}
