/**
 * Rule     A FIFO queue without high throughput takes so many calls of each kind a second, each of them for a batch of messages at most.
 * Numbers  300 calls a second. A batch has 10 messages, so 3,000 a second.
 * Era      The same since the first day covered. High throughput, which lifts it, came in 2021.
 * Source   Amazon SQS Developer Guide, "Amazon SQS message quotas" and "Troubleshoot FIFO throttling issues in Amazon SQS"; AWS What's New, FIFO queues (2016); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface SqsFifoThroughput {
  /** A second, and the most that may come at once. */
  readonly calls: number;
  readonly batch: number;
}

export const sqsFifoThroughput: Rule<SqsFifoThroughput> = {
  name: 'sqs-fifo-throughput',
  statement: 'A FIFO queue without high throughput takes 300 calls a second, or 3,000 messages in batches of ten.',
  assumes:
    "Every message is sent by a call of its own. A second's worth may come at once. Whether a queue has high throughput is not known, so that nothing is refused; what comes above the quota is counted and told of. Receives and deletes are not counted, as pollers make them in batches.",
  fields: { calls: 'number', batch: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: { calls: 300, batch: 10 },
      certainty: 'documented',
      source: 'Amazon SQS Developer Guide, "Amazon SQS message quotas"',
      read: '2026-11-21',
    },
  ],
};
