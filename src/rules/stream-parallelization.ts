/**
 * Rule     A shard is read in lanes, one batch under way in each; records of one partition key stay in one lane, in order. A child shard is read once its parents are done.
 * Numbers  1 lane unless set, at most 10; 1 until 2019-11-24.
 * Era      Two versions.
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis" (2023), document history; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface StreamParallelization {
  readonly maximum: number;
}

const SOURCE = 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis", ParallelizationFactor';

export const streamParallelization: Rule<StreamParallelization> = {
  name: 'stream-parallelization',
  statement: 'Up to 10 batches of a shard run at once, in order for each partition key.',
  assumes: 'Which key goes to which lane: by hash.',
  fields: { maximum: 'count' },
  versions: [
    { from: '2019-11-25', value: { maximum: 10 }, certainty: 'documented', source: SOURCE, read: '2026-11-21' },
    { from: '2018-01-01', value: { maximum: 1 }, certainty: 'documented', source: SOURCE, read: '2026-11-21' },
  ],
};
