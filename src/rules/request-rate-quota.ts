/**
 * Rule     Synchronous requests per second are limited to a multiple of the concurrency: of the account, of a reservation and of provisioned concurrency.
 * Numbers  10 requests a second for each unit of concurrency; averaged over 1 s.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "Lambda quotas" and "Understanding Lambda function scaling"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface RequestRateQuota {
  /** Requests per second for each unit of concurrency. */
  readonly perConcurrency: number;
  /** The bucket holds this much of the rate. */
  readonly window: Micros;
}

export const requestRateQuota: Rule<RequestRateQuota> = {
  name: 'request-rate-quota',
  statement: 'Synchronous requests per second are limited to 10 for each unit of concurrency.',
  assumes:
    'A token bucket that starts full and holds what one window brings. AWS does not publish the averaging. A refused request takes no token.',
  fields: { perConcurrency: 'number', window: 'duration' },
  versions: [
    {
      from: '2018-01-01',
      value: { perConcurrency: 10, window: 1 * SECOND },
      certainty: 'documented',
      assumed: ['window'],
      source: 'AWS Lambda Developer Guide, "Lambda quotas"',
      read: '2026-11-21',
    },
  ],
};

/** Requests per second that a concurrency allows. */
export function requestsPerSecond(value: RequestRateQuota, concurrency: number): number {
  return value.perConcurrency * concurrency;
}

/** Requests the bucket of a concurrency holds when full. */
export function requestBurst(value: RequestRateQuota, concurrency: number): number {
  return (value.perConcurrency * concurrency * value.window) / SECOND;
}
