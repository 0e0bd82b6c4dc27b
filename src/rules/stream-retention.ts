/**
 * Rule     A record that a consumer has not read expires; how long a stream keeps it is set, and fixed for DynamoDB.
 * Numbers  24 h unless set and at least, at most 8,760 h, 168 h until 2020-11-16, in steps of 1 h. DynamoDB 24 h.
 * Era      Two versions.
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis" (2023); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { HOUR, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface StreamRetention {
  readonly minimum: Micros;
  readonly maximum: Micros;
  readonly dynamodb: Micros;
  readonly step: Micros;
}

export const streamRetention: Rule<StreamRetention> = {
  name: 'stream-retention',
  statement: 'A stream keeps a record for 24 hours, a Kinesis stream longer when it is told to.',
  assumes: 'The range and its day, from memory. Records are removed once a second.',
  fields: { minimum: 'duration', maximum: 'duration', dynamodb: 'duration', step: 'duration' },
  versions: [
    {
      from: '2020-11-16',
      value: { minimum: 24 * HOUR, maximum: 8_760 * HOUR, dynamodb: 24 * HOUR, step: 1 * HOUR },
      certainty: 'assumed',
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { minimum: 24 * HOUR, maximum: 168 * HOUR, dynamodb: 24 * HOUR, step: 1 * HOUR },
      certainty: 'assumed',
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis"',
      read: '2026-11-21',
    },
  ],
};
