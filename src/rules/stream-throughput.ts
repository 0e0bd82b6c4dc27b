/**
 * Rule     A Kinesis shard takes so many records and bytes a second; a write above is rejected. A stream on demand has as many shards as twice its highest traffic so far needs.
 * Numbers  1,000 records and 1 MB a second a shard. On demand: 4 shards at first, room for 2 times the highest traffic, looked at every 60 s, at most 200 shards.
 * Era      On demand since 2021-11-29 (src/rules/feature-dates.ts).
 * Source   Amazon Kinesis Data Streams Developer Guide, "Quotas and limits"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, MB, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface StreamThroughput {
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: Bytes;
  readonly onDemandShards: number;
  readonly onDemandHeadroom: number;
  readonly onDemandInterval: Micros;
  readonly onDemandMaximum: number;
}

export const streamThroughput: Rule<StreamThroughput> = {
  name: 'stream-throughput',
  statement: 'A Kinesis shard takes 1,000 records and 1 MB a second; writes above are rejected.',
  assumes:
    "A second's worth may come at once. How soon a stream on demand grows: its traffic is looked at once a minute; it never shrinks within a run. Writes to a DynamoDB table are the table's matter: its stream takes them all.",
  fields: {
    recordsPerSecond: 'number',
    bytesPerSecond: 'size',
    onDemandShards: 'count',
    onDemandHeadroom: 'number',
    onDemandInterval: 'duration',
    onDemandMaximum: 'count',
  },
  versions: [
    {
      from: '2018-01-01',
      value: {
        recordsPerSecond: 1_000,
        bytesPerSecond: 1 * MB,
        onDemandShards: 4,
        onDemandHeadroom: 2,
        onDemandInterval: 60 * SECOND,
        onDemandMaximum: 200,
      },
      certainty: 'documented',
      assumed: ['onDemandInterval'],
      source: 'Amazon Kinesis Data Streams Developer Guide, "Quotas and limits"',
      read: '2026-11-21',
    },
  ],
};

/** Shards that a stream on demand has after a second of at most so many records and bytes. */
export function onDemandShards(rule: StreamThroughput, records: number, bytes: Bytes): number {
  const shards = rule.onDemandHeadroom * Math.max(records / rule.recordsPerSecond, bytes / rule.bytesPerSecond);
  return Math.min(rule.onDemandMaximum, Math.max(rule.onDemandShards, Math.ceil(shards)));
}
