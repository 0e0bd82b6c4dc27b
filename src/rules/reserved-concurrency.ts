/**
 * Rule     Reserved concurrency sets a part of the account's concurrency aside for one function and caps it there; some must stay unreserved.
 * Numbers  100 stay for functions without a reservation.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "Understanding Lambda function scaling"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface ReservedConcurrency {
  /** What the sum of all reservations has to leave of the account's concurrency. */
  readonly unreservedMinimum: number;
}

export const reservedConcurrency: Rule<ReservedConcurrency> = {
  name: 'reserved-concurrency',
  statement:
    'A reservation is both guaranteed to its function and its ceiling; all reservations together leave at least 100 to the others.',
  assumes: 'Nothing.',
  fields: { unreservedMinimum: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: { unreservedMinimum: 100 },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Understanding Lambda function scaling"',
      read: '2026-11-21',
    },
  ],
};

/** The most that may be reserved in all, for an account limit; never below 0. */
export function reservable(value: ReservedConcurrency, accountLimit: number): number {
  return Math.max(0, accountLimit - value.unreservedMinimum);
}
