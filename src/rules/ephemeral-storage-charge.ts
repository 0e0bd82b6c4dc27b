/**
 * Rule     Ephemeral storage above what every function has is billed for the billed duration, whatever the memory.
 * Numbers  512 MB are included.
 * Era      Since larger sizes exist (2022-03-24).
 * Source   AWS Lambda pricing page, example with ephemeral storage; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface EphemeralStorageCharge {
  /** MB. */
  readonly included: number;
}

export const ephemeralStorageCharge: Rule<EphemeralStorageCharge> = {
  name: 'ephemeral-storage-charge',
  statement: 'Ephemeral storage above 512 MB is billed for the time functions run.',
  assumes: 'The same for runs on provisioned concurrency; idle provisioned environments pay none.',
  fields: { included: 'count' },
  versions: [
    {
      from: '2022-03-24',
      value: { included: 512 },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda pricing page',
      read: '2026-11-21',
    },
  ],
};

/** Billed GB-seconds of storage for a configured size in MB and a billed time. */
export function storageGbSeconds(value: EphemeralStorageCharge, ephemeralStorage: number, billed: Micros): number {
  return (Math.max(0, ephemeralStorage - value.included) / 1024) * (billed / SECOND);
}
