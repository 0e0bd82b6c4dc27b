/**
 * Rule     A mapping of a queue can be held to so many batches at once, so that it takes no more messages than its function can work on.
 * Numbers  2 to 1,000.
 * Era      Since 2023-01-12 (src/rules/feature-dates.ts).
 * Source   AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface SqsMaximumConcurrency {
  readonly minimum: number;
  readonly maximum: number;
}

export const sqsMaximumConcurrency: Rule<SqsMaximumConcurrency> = {
  name: 'sqs-maximum-concurrency',
  statement: 'A mapping of a queue can be held to so many batches at once.',
  assumes: 'The day, from memory.',
  fields: { minimum: 'count', maximum: 'count' },
  versions: [
    {
      from: '2023-01-12',
      value: { minimum: 2, maximum: 1_000 },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings"',
      read: '2026-11-21',
    },
  ],
};
