/**
 * Rule     A deployment package has a greatest size, by its type.
 * Numbers  A zip file 50 MB as uploaded, a container image 10 GB.
 * Era      The same since the first day covered; images exist since 2020-12-01.
 * Source   AWS Lambda Developer Guide, "Lambda quotas"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, GB, MB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface PackageLimits {
  /** Zipped, uploaded directly. */
  readonly zip: Bytes;
  /** Uncompressed, all layers. */
  readonly image: Bytes;
}

export const packageLimits: Rule<PackageLimits> = {
  name: 'package-limits',
  statement: 'A zip file holds at most 50 MB and a container image 10 GB.',
  assumes: 'Nothing.',
  fields: { zip: 'size', image: 'size' },
  versions: [
    {
      from: '2018-01-01',
      value: { zip: 50 * MB, image: 10 * GB },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Lambda quotas"',
      read: '2026-11-21',
    },
  ],
};
