/**
 * Rule     A batch that Lambda refused is tried again after a wait that grows, until its messages become visible again.
 * Numbers  Up to 1 s, then a factor of 2 each time, at most 30 s.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SqsThrottleBackoff {
  readonly first: Micros;
  readonly factor: number;
  readonly maximum: Micros;
  readonly jitter: 'none' | 'full';
}

export const sqsThrottleBackoff: Rule<SqsThrottleBackoff> = {
  name: 'sqs-throttle-backoff',
  statement: 'A throttled batch is tried again with growing waits until its messages become visible again.',
  assumes:
    'All numbers, and that each wait is drawn between 0 and its greatest (`none` takes the greatest). The receive count of a message rises only with a receive. A service error of Lambda is met in the same way.',
  fields: { first: 'duration', factor: 'number', maximum: 'duration', jitter: ['none', 'full'] },
  versions: [
    {
      from: '2018-01-01',
      value: { first: 1 * SECOND, factor: 2, maximum: 30 * SECOND, jitter: 'full' },
      certainty: 'assumed',
      source: 'AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda"',
      read: '2026-11-21',
    },
  ],
};

/** The greatest wait after the attempt of a number, from 0. */
export function longestWait({ first, factor, maximum }: SqsThrottleBackoff, attempt: number): Micros {
  return Math.min(maximum, Math.round(first * factor ** attempt));
}
