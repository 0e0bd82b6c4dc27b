/**
 * Rule     A mapping of a standard queue whose batches fail polls with less concurrency.
 * Numbers  Since 2023-11-26: after a minute in which 1% of the batches failed at most 112 pollers, and with the share of failures to the power of -0.727. Before: no more pollers after a minute in which a batch failed, half of them after one in which more than 50% did.
 * Era      Two versions.
 * Source   rehanvdm.com, "SQS Lambda ESM Scaling Behaviour - ESM vs Lambda Errors" (measured about 2025); AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface SqsErrorBackoff {
  /** Most pollers after a minute in which 1% of the batches failed; 0 where there is no such limit. */
  readonly pollersAtOnePercent: number;
  readonly exponent: number;
  /** No pollers are added after a minute in which a larger share failed; 1 where that never matters. */
  readonly holdAbove: number;
  /** Half of the pollers leave after a minute in which a larger share failed; 1 where that never happens. */
  readonly halveAbove: number;
}

export const sqsErrorBackoff: Rule<SqsErrorBackoff> = {
  name: 'sqs-error-backoff',
  statement: 'A mapping of a standard queue whose batches fail polls with less concurrency.',
  assumes:
    'AWS says only that it backs off. Measured were a handler of 50 ms and 2,000 messages a second, of which errors of 1%, 5% and 10% cost 20%, 75% and 85%; with batches of one message and the times of rule sqs-polling that takes 112, 35 and 21 pollers, and the power law goes through all three within 1%. That it holds for other handlers, since which day, and the reading before are ours.',
  fields: { pollersAtOnePercent: 'number', exponent: 'number', holdAbove: 'share', halveAbove: 'share' },
  versions: [
    {
      from: '2023-11-26',
      value: { pollersAtOnePercent: 112, exponent: 0.727, holdAbove: 1, halveAbove: 1 },
      certainty: 'measured',
      assumed: ['day'],
      source: 'rehanvdm.com, "SQS Lambda ESM Scaling Behaviour - ESM vs Lambda Errors"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { pollersAtOnePercent: 0, exponent: 0, holdAbove: 0, halveAbove: 0.5 },
      certainty: 'assumed',
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2019)',
      read: '2026-11-21',
    },
  ],
};

/** Most pollers after a minute in which this share of the batches failed, of `pollers` that there were. */
export function pollersAfterErrors(value: SqsErrorBackoff, failed: number, pollers: number): number {
  const { pollersAtOnePercent, exponent, holdAbove, halveAbove } = value;
  let most = Number.POSITIVE_INFINITY;
  if (failed > halveAbove) most = Math.ceil(pollers / 2);
  else if (failed > holdAbove) most = pollers;
  if (failed === 0 || pollersAtOnePercent === 0) return most;
  return Math.min(most, Math.round(pollersAtOnePercent * (failed / 0.01) ** -exponent));
}
