/**
 * Rule     What is sent to a queue, topic, bus or stream has a greatest size.
 * Numbers  Queue 256 KB, 1 MB from 2025-08-04. SNS topic 256 KB. EventBridge bus 256 KB, 1 MB from 2026-01-29. Stream record 1 MB.
 * Era      Three versions.
 * Source   AWS Compute Blog, "More room to build: serverless services now support payloads up to 1 MB"; Amazon Kinesis Data Streams Developer Guide, "Quotas and limits", for records of streams; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, KB, MB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface MessageLimits {
  readonly queue: Bytes;
  readonly sns: Bytes;
  readonly eventbridge: Bytes;
  readonly stream: Bytes;
}

export const messageLimits: Rule<MessageLimits> = {
  name: 'message-limits',
  statement: 'A message to a queue, topic, bus or stream has a greatest size.',
  assumes:
    'The day in August 2025, the sizes of topics, and those of queues and buses before the post that raised them, from memory. A record of a stream stays at 1 MB, where lists of 2026 have 10 MB.',
  fields: { queue: 'size', sns: 'size', eventbridge: 'size', stream: 'size' },
  versions: [
    {
      from: '2026-01-29',
      value: { queue: 1 * MB, sns: 256 * KB, eventbridge: 1 * MB, stream: 1 * MB },
      certainty: 'documented',
      assumed: ['sns', 'stream'],
      source: 'AWS Compute Blog, "More room to build: serverless services now support payloads up to 1 MB"',
      read: '2026-11-21',
    },
    {
      from: '2025-08-04',
      value: { queue: 1 * MB, sns: 256 * KB, eventbridge: 256 * KB, stream: 1 * MB },
      certainty: 'documented',
      assumed: ['day', 'sns', 'eventbridge', 'stream'],
      source: 'AWS Compute Blog, "More room to build: serverless services now support payloads up to 1 MB"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { queue: 256 * KB, sns: 256 * KB, eventbridge: 256 * KB, stream: 1 * MB },
      certainty: 'documented',
      assumed: ['queue', 'sns', 'eventbridge'],
      source: 'Amazon Kinesis Data Streams Developer Guide, "Quotas and limits"',
      read: '2026-11-21',
    },
  ],
};
