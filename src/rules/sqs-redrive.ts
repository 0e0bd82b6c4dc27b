/**
 * Rule     A message that was received too often goes to the dead-letter queue of its queue, another queue of the same type; a mapping of a queue has no destination of its own. Messages of a dead-letter queue can be moved on to a queue of the same type, at a rate; each is then a new message.
 * Numbers  At most and by default 500 a second. Each costs 2 requests on the queue it leaves, and its send on the other.
 * Era      The same since the first day covered.
 * Source   Amazon SQS Developer Guide, "Configuring a dead-letter queue redrive"; AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2023); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface SqsRedrive {
  readonly perSecond: number;
  readonly requests: number;
}

export const sqsRedrive: Rule<SqsRedrive> = {
  name: 'sqs-redrive',
  statement: 'Messages of a dead-letter queue can be moved on, at up to 500 a second.',
  assumes:
    "That a rate which AWS chooses itself is the greatest one that can be set. The requests, a receive and a delete for each message. Before the redrive of 2021 it is somebody's own program. Moving a message to its dead-letter queue costs nothing.",
  fields: { perSecond: 'count', requests: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: { perSecond: 500, requests: 2 },
      certainty: 'assumed',
      source: 'Amazon SQS Developer Guide, "Configuring a dead-letter queue redrive"',
      read: '2026-11-21',
    },
  ],
};
