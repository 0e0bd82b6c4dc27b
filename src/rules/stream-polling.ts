/**
 * Rule     A shard that was read to its end is read again at a base rate; while more is there, reading goes on as fast as the shard allows. Enhanced fan-out pushes.
 * Numbers  Every 1,000 ms (Kinesis), 250 ms (DynamoDB). A Kinesis shard gives its standard consumers together 5 reads a second and 2 MB a second, at most 10,000 records or 10 MB a read; DynamoDB 1,000 records or 1 MB a read, and 2 readers a shard. Enhanced fan-out: 70 ms after the write, 2 MB a second a consumer.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis" (2023); Amazon Kinesis Data Streams Developer Guide, "Quotas and limits"; Amazon DynamoDB Streams API Reference, LimitExceededException, for the readers; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, MB, MILLISECOND, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface StreamPolling {
  readonly kinesis: Micros;
  readonly dynamodb: Micros;
  /** Of a shard, for all its standard consumers. */
  readonly readsPerSecond: number;
  readonly bytesPerSecond: Bytes;
  readonly recordsPerRead: number;
  readonly bytesPerRead: Bytes;
  readonly recordsPerReadDynamodb: number;
  readonly bytesPerReadDynamodb: Bytes;
  /** Of a shard; reads of more may be throttled. */
  readonly readersDynamodb: number;
  /** From the write to the consumer, of enhanced fan-out. */
  readonly push: Micros;
  /** Each shard is read at a random phase of the base rate; else all at once, at whole multiples of it. */
  readonly spread: boolean;
}

export const streamPolling: Rule<StreamPolling> = {
  name: 'stream-polling',
  statement: 'Lambda looks for records in a Kinesis shard once a second, in a DynamoDB shard four times a second.',
  assumes:
    'Shards are read out of step with each other (`spread`); a read sees what was written before it. More standard consumers than reads a second slow the base rate of all; those that wait for a shard read in turns. Reads of more than 2 functions from a DynamoDB shard are not throttled here; a warning says so. The 70 ms, and the limits of a DynamoDB read, are from memory.',
  fields: {
    kinesis: 'duration',
    dynamodb: 'duration',
    readsPerSecond: 'number',
    bytesPerSecond: 'size',
    recordsPerRead: 'count',
    bytesPerRead: 'size',
    recordsPerReadDynamodb: 'count',
    bytesPerReadDynamodb: 'size',
    readersDynamodb: 'count',
    push: 'duration',
    spread: 'flag',
  },
  versions: [
    {
      from: '2018-01-01',
      value: {
        kinesis: 1_000 * MILLISECOND,
        dynamodb: 250 * MILLISECOND,
        readsPerSecond: 5,
        bytesPerSecond: 2 * MB,
        recordsPerRead: 10_000,
        bytesPerRead: 10 * MB,
        recordsPerReadDynamodb: 1_000,
        bytesPerReadDynamodb: 1 * MB,
        readersDynamodb: 2,
        push: 70 * MILLISECOND,
        spread: true,
      },
      certainty: 'documented',
      assumed: ['recordsPerReadDynamodb', 'bytesPerReadDynamodb', 'push', 'spread'],
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis"',
      read: '2026-11-21',
    },
  ],
};

/** Base rate of reading: no shard gives its `standard` consumers more reads than its limit. */
export function readInterval(rule: StreamPolling, type: 'kinesis' | 'dynamodb', standard: number): Micros {
  const interval = Math.max(1, rule[type]);
  return type === 'dynamodb' ? interval : Math.max(interval, Math.ceil((standard * SECOND) / rule.readsPerSecond));
}
