/**
 * Rule     A standard queue is first read by a few pollers, each with one batch at a time; while messages remain, more are added every minute up to a cap.
 * Numbers  First 5. Until 2023-11-25: 60 more a minute, at most 1,000, and back to 5 when idle. Since 2023-11-26: 300 more a minute, at most 1,250, and back to 5, or after 5 empty minutes to 2 unless the mapping has a maximumConcurrency.
 * Era      Two versions.
 * Source   AWS Lambda Developer Guide, "Understanding scaling behavior" (2018, 2019) and "Configuring scaling behavior for SQS event source mappings"; AWS Compute Blog, "Introducing faster polling scale-up for AWS Lambda functions configured with Amazon SQS"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface SqsPollerScaling {
  readonly first: number;
  readonly perMinute: number;
  readonly maximum: number;
  /** Pollers of a queue that stays empty. */
  readonly idle: number;
  /** Empty minutes with the first pollers before `idle` remain. */
  readonly idleMinutes: number;
}

export const sqsPollerScaling: Rule<SqsPollerScaling> = {
  name: 'sqs-poller-scaling',
  statement: 'A standard queue is read by 5 pollers at first; while messages remain, more are added every minute.',
  assumes:
    'More are added at full minutes counted from the first message, and only where messages are visible then. Without, as many leave a minute, though never those that were busy in it. A queue that has been idle before the run is read by the fewest. After a minute with throttles half of the pollers remain, at least the first. The 5 empty minutes, and the day in November 2023. AWS later wrote 1,250 for the time before as well.',
  fields: { first: 'count', perMinute: 'count', maximum: 'count', idle: 'count', idleMinutes: 'count' },
  versions: [
    {
      from: '2023-11-26',
      value: { first: 5, perMinute: 300, maximum: 1_250, idle: 2, idleMinutes: 5 },
      certainty: 'documented',
      assumed: ['day', 'idleMinutes'],
      source: 'AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { first: 5, perMinute: 60, maximum: 1_000, idle: 5, idleMinutes: 5 },
      certainty: 'documented',
      assumed: ['idleMinutes'],
      source: 'AWS Lambda Developer Guide, "Understanding scaling behavior" (2018, 2019)',
      read: '2026-11-21',
    },
  ],
};
