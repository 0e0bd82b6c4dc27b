/**
 * Rule     The init of a cold start is billed with the invocation; for zip packages on managed runtimes it once was free.
 * Numbers  none
 * Era      Zip packages on managed runtimes: free until 2025-07-31, billed since. Images, custom runtimes and provisioned concurrency: always billed.
 * Source   AWS Compute Blog, "AWS Lambda standardizes billing for INIT Phase"; AWS Lambda pricing page; bitesizedserverless.com, "When is the Lambda Init Phase Free" (2022); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface BilledInit {
  readonly zip: boolean;
  readonly image: boolean;
  readonly custom: boolean;
  readonly provisioned: boolean;
  /** The part before the limit of an init that was abandoned there. */
  readonly aborted: boolean;
}

/** What runs the init, as the bill tells apart; a custom runtime in an image is an image. */
export type InitKind = 'zip' | 'image' | 'custom' | 'provisioned';

export const billedInit: Rule<BilledInit> = {
  name: 'billed-init',
  statement: 'The init is billed; before August 2025 it was free for zip packages on managed runtimes.',
  assumes:
    'An init abandoned at its limit is billed since the same day and was not before; nothing is published. One rounding over the sum of init and duration, as REPORT lines show.',
  fields: { zip: 'flag', image: 'flag', custom: 'flag', provisioned: 'flag', aborted: 'flag' },
  versions: [
    {
      from: '2025-08-01',
      value: { zip: true, image: true, custom: true, provisioned: true, aborted: true },
      certainty: 'documented',
      assumed: ['provisioned', 'aborted'],
      source: 'AWS Compute Blog, "AWS Lambda standardizes billing for INIT Phase"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { zip: false, image: true, custom: true, provisioned: true, aborted: false },
      certainty: 'documented',
      assumed: ['provisioned', 'aborted'],
      source: 'AWS Compute Blog, "AWS Lambda standardizes billing for INIT Phase"',
      read: '2026-11-21',
    },
  ],
};

/** Whether an init that ended in time is billed. */
export function isInitBilled(value: BilledInit, kind: InitKind): boolean {
  return value[kind];
}

/** The kind of an on-demand init. */
export function initKindOf(packageType: 'Zip' | 'Image', customRuntime: boolean): InitKind {
  if (packageType === 'Image') return 'image';
  return customRuntime ? 'custom' : 'zip';
}
