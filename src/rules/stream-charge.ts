/**
 * Rule     A provisioned Kinesis stream is charged by shard hours and by what is put, a stream on demand by its hours and by the GB that go in and out. Enhanced fan-out is charged apart. Lambda's reads are free.
 * Numbers  A put counts in units of 25 KB; on demand a record counts at least 1 KB. Retention above 24 h costs more by the shard hour, on demand by what is stored, and above 168 h by what is stored in both; standard reads of what is older cost by the GB, not on demand.
 * Era      The same since the first day covered.
 * Source   Amazon Kinesis Data Streams pricing page; Amazon DynamoDB Developer Guide, "Evaluate your DynamoDB streams usage"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, HOUR, KB, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface StreamCharge {
  readonly putUnit: Bytes;
  readonly onDemandUnit: Bytes;
  readonly retention: Micros;
  readonly extendedRetention: Micros;
}

/** How long past the first day, and past the first week, a stream keeps what was written. */
export function longRetention(rule: StreamCharge, retention: Micros): { extended: Micros; longTerm: Micros } {
  return {
    extended: Math.max(0, Math.min(retention, rule.extendedRetention) - rule.retention),
    longTerm: Math.max(0, retention - rule.extendedRetention),
  };
}

export const streamCharge: Rule<StreamCharge> = {
  name: 'stream-charge',
  statement: 'A Kinesis stream is charged by shard hours and put units of 25 KB, or on demand by hours and GB.',
  assumes:
    'What is stored is charged when it is written, for all the time that it will be kept, and as large as it is. Each record is put alone, as a put of several is charged record by record. Hours are charged by the second. A GB is 2^30 bytes. On demand, what each consumer reads goes out once. That neither enhanced fan-out nor a stream on demand pays for reading what is older than 168 h.',
  fields: { putUnit: 'size', onDemandUnit: 'size', retention: 'duration', extendedRetention: 'duration' },
  versions: [
    {
      from: '2018-01-01',
      value: { putUnit: 25 * KB, onDemandUnit: 1 * KB, retention: 24 * HOUR, extendedRetention: 168 * HOUR },
      certainty: 'documented',
      source: 'Amazon Kinesis Data Streams pricing page',
      read: '2026-11-21',
    },
  ],
};
