/**
 * Rule     Each environment has a private /tmp of a size the function sets.
 * Numbers  512 MB; from 2022-03-24 up to 10,240 MB.
 * Era      Two versions.
 * Source   AWS Lambda Developer Guide, "Lambda quotas" (2019, 2026); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface EphemeralStorage {
  /** MB that every function has, and the smallest setting. */
  readonly included: number;
  /** MB. */
  readonly maximum: number;
}

export const ephemeralStorage: Rule<EphemeralStorage> = {
  name: 'ephemeral-storage',
  statement: 'Every environment has 512 MB of /tmp, and may have more since March 2022.',
  assumes: 'The day of the change, which is from memory.',
  fields: { included: 'count', maximum: 'count' },
  versions: [
    {
      from: '2022-03-24',
      value: { included: 512, maximum: 10_240 },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda Developer Guide, "Lambda quotas"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { included: 512, maximum: 512 },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Lambda quotas" (2019)',
      read: '2026-11-21',
    },
  ],
};
