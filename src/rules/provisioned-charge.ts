/**
 * Rule     Provisioned concurrency is billed for the time it is configured, used or not.
 * Numbers  Each period is rounded up to 5 min.
 * Era      Since provisioned concurrency exists (2019-12-03).
 * Source   AWS Lambda pricing page; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { MINUTE, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface ProvisionedCharge {
  readonly rounding: Micros;
}

export const provisionedCharge: Rule<ProvisionedCharge> = {
  name: 'provisioned-charge',
  statement: 'Provisioned concurrency is billed while configured, each period rounded up to 5 minutes.',
  assumes:
    'A period is one amount between two changes. One still open at the end of a run is billed to the end, unrounded.',
  fields: { rounding: 'duration' },
  versions: [
    {
      from: '2019-12-03',
      value: { rounding: 5 * MINUTE },
      certainty: 'documented',
      source: 'AWS Lambda pricing page',
      read: '2026-11-21',
    },
  ],
};

/** Billed time of one period; `ended` is false for a period that the run cut off. */
export function billedProvisionedMicros(value: ProvisionedCharge, period: Micros, ended: boolean): Micros {
  return ended ? Math.ceil(period / value.rounding) * value.rounding : period;
}
