/**
 * Rule     An event that found no concurrency, or met an error of Lambda itself, goes back to the queue and is tried again after a wait that grows. This uses up no retry.
 * Numbers  1 s, then a factor of 2 each time, at most 5 min.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { MINUTE, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface AsyncThrottleBackoff {
  readonly first: Micros;
  readonly factor: number;
  readonly maximum: Micros;
  /** `full` draws between 0 and the wait. */
  readonly jitter: 'none' | 'full';
}

export const asyncThrottleBackoff: Rule<AsyncThrottleBackoff> = {
  name: 'async-throttle-backoff',
  statement:
    'An asynchronous event that met a throttle or a service error waits 1 second, then twice as long each time, up to 5 minutes.',
  assumes:
    'The factor, and no jitter (`full` draws between 0 and the wait). The wait begins at 1 s again after a function error. That Lambda reads a long queue more slowly is not modelled.',
  fields: { first: 'duration', factor: 'number', maximum: 'duration', jitter: ['none', 'full'] },
  versions: [
    {
      from: '2018-01-01',
      value: { first: 1 * SECOND, factor: 2, maximum: 5 * MINUTE, jitter: 'none' },
      certainty: 'documented',
      assumed: ['factor', 'jitter'],
      source: 'AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"',
      read: '2026-11-21',
    },
  ],
};

/** The waits, shortest first; after the last it stays the same. */
export function throttleDelays({ first, factor, maximum }: AsyncThrottleBackoff): Micros[] {
  const delays: Micros[] = [];
  let delay = Math.max(1, Math.min(first, maximum));
  for (; delay < maximum && factor > 1; delay *= factor) delays.push(Math.round(delay));
  return [...delays, Math.round(factor > 1 ? maximum : delay)];
}
