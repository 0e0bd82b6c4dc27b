/**
 * Rule     An account has free requests and GB-seconds each month.
 * Numbers  1,000,000 requests; 400,000 GB-s over both architectures; 100 GB streamed beyond what each response has free.
 * Era      The same since the first day covered.
 * Source   AWS Lambda pricing page and its examples; free rows of the AWS price list (Global-Request, Global-Lambda-GB-Second); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface FreeTier {
  /** A month, all functions of the account. */
  readonly requests: number;
  readonly gbSeconds: number;
  readonly streamedGb: number;
}

export const freeTier: Rule<FreeTier> = {
  name: 'free-tier',
  statement: 'The first million requests and 400,000 GB-seconds of a month are free.',
  assumes:
    "Free units go off first and use up no volume tier. GB-seconds are shared between architectures in proportion to use. Requests on provisioned concurrency take part (as in the page's first example, against its text), their duration does not.",
  fields: { requests: 'count', gbSeconds: 'count', streamedGb: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: { requests: 1_000_000, gbSeconds: 400_000, streamedGb: 100 },
      certainty: 'documented',
      source: 'AWS Lambda pricing page',
      read: '2026-11-21',
    },
  ],
};
