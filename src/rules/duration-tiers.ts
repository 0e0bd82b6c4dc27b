/**
 * Rule     The price of on-demand duration falls with the GB-seconds of the month, added up over all functions of an architecture in a region.
 * Numbers  Since 2022-08: x86_64 at 6,000,000,000 and 15,000,000,000 GB-s a month, arm64 at 7,500,000,000 and 18,750,000,000.
 * Era      One price until 2022-07, three since. None in the China regions.
 * Source   AWS Lambda pricing page; AWS Compute Blog, "Introducing tiered pricing for AWS Lambda"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface DurationTiers {
  /** GB-seconds of a month at which the next lower price begins; rising. */
  readonly x86_64: readonly number[];
  readonly arm64: readonly number[];
}

export const durationTiers: Rule<DurationTiers> = {
  name: 'duration-tiers',
  statement: 'On-demand duration gets cheaper from 6 billion GB-seconds a month on (7.5 billion on arm64).',
  assumes: 'The first day of the month of the announcement.',
  fields: { x86_64: 'table', arm64: 'table' },
  versions: [
    {
      from: '2022-08-01',
      value: { x86_64: [6e9, 15e9], arm64: [7.5e9, 18.75e9] },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda pricing page',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { x86_64: [], arm64: [] },
      certainty: 'documented',
      source: 'AWS Lambda pricing page (100 ms edition)',
      read: '2026-11-21',
    },
  ],
};
