/**
 * Rule     A client with a back-off of its own, such as a Step Functions `Retry`, waits an interval that grows by a factor, up to a longest wait.
 * Numbers  Where it says nothing: factor 2.0, 3 retries (4 attempts), no jitter, no longest wait (24 h here).
 * Era      The same since the first day covered.
 * Source   Amazon States Language, "Retrying after error"; AWS Step Functions Developer Guide, "Handling errors in Step Functions workflows"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { HOUR, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface ClientBackoff {
  readonly backoffRate: number;
  /** In all, the first included. */
  readonly maximumAttempts: number;
  readonly maximumDelay: Micros;
  /** `full` draws between 0 and the delay. */
  readonly jitter: 'none' | 'full';
}

export const clientBackoff: Rule<ClientBackoff> = {
  name: 'client-backoff',
  statement:
    'A client with a back-off of its own makes 4 attempts, each wait twice the one before, unless it says otherwise.',
  assumes: 'The longest wait, which keeps a long row of retries within the run.',
  fields: { backoffRate: 'number', maximumAttempts: 'count', maximumDelay: 'duration', jitter: ['none', 'full'] },
  versions: [
    {
      from: '2018-01-01',
      value: { backoffRate: 2, maximumAttempts: 4, maximumDelay: 24 * HOUR, jitter: 'none' },
      certainty: 'documented',
      assumed: ['maximumDelay'],
      source: 'Amazon States Language, "Retrying after error"',
      read: '2026-11-21',
    },
  ],
};

/** A client's own back-off as it retries. */
export type Backoff = Omit<ClientBackoff, 'maximumAttempts'> & { readonly interval: Micros };

/** Delay before a retry, whole microseconds; `retry` counts from 0, `uniform` is between 0 and 1. */
export function backoffDelay(backoff: Backoff, retry: number, uniform: number): Micros {
  const delay = Math.min(backoff.maximumDelay, backoff.interval * backoff.backoffRate ** retry);
  return Math.round(backoff.jitter === 'full' ? uniform * delay : delay);
}
