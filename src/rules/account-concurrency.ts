/**
 * Rule     All functions of an account share one number of concurrent executions in each region.
 * Numbers  1,000 by default; AWS raises it on request.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "Lambda quotas"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface AccountConcurrency {
  /** Executions at one time, all functions of the region together. */
  readonly limit: number;
}

export const accountConcurrency: Rule<AccountConcurrency> = {
  name: 'account-concurrency',
  statement:
    'All functions of an account in a region together run at most 1,000 executions at a time, unless AWS raised the quota.',
  assumes: 'The account has the full default. New accounts may start lower; AWS does not publish by how much.',
  fields: { limit: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: { limit: 1_000 },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Lambda quotas"',
      read: '2026-11-21',
    },
  ],
};
