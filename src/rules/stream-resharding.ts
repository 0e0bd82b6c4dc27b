/**
 * Rule     A call that changes the number of shards of a Kinesis stream at most doubles it or halves it, and there are so many calls in 24 hours.
 * Numbers  2 times as many shards at most, 2 times fewer at least. 10 calls in any 24 h, 2 until the end of 2020.
 * Era      Two versions.
 * Source   Amazon Kinesis Data Streams API Reference, "UpdateShardCount"; read 2026-11-21. Its text of 2018 and 2020 has the 2 calls.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { HOUR, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface StreamResharding {
  readonly factor: number;
  readonly calls: number;
  readonly period: Micros;
}

const SOURCE = 'Amazon Kinesis Data Streams API Reference, "UpdateShardCount"';

export const streamResharding: Rule<StreamResharding> = {
  name: 'stream-resharding',
  statement: 'A call at most doubles or halves the shards of a Kinesis stream, ten times in 24 hours.',
  assumes: 'The day from which ten calls are allowed: texts of 2020 have two, one of November 2021 has ten.',
  fields: { factor: 'number', calls: 'count', period: 'duration' },
  versions: [
    {
      from: '2021-01-01',
      value: { factor: 2, calls: 10, period: 24 * HOUR },
      certainty: 'documented',
      assumed: ['day'],
      source: SOURCE,
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { factor: 2, calls: 2, period: 24 * HOUR },
      certainty: 'documented',
      source: SOURCE,
      read: '2026-11-21',
    },
  ],
};
