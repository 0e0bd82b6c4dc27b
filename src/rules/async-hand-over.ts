/**
 * Rule     A dead-letter queue gets the event; a destination gets a record with the request and the response. Both may be set, both receive.
 * Numbers  1 KB of a destination record is neither request nor response.
 * Era      Destinations since 2019-11-25 (src/rules/feature-dates.ts).
 * Source   AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, KB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface AsyncHandOver {
  readonly envelope: Bytes;
}

export const asyncHandOver: Rule<AsyncHandOver> = {
  name: 'async-hand-over',
  statement: 'A dropped or processed event is handed to the dead-letter queue and the destinations of its function.',
  assumes:
    'The size of the envelope; that both receive where both are set, from memory; and that a record too large for its target is a delivery failure.',
  fields: { envelope: 'size' },
  versions: [
    {
      from: '2018-01-01',
      value: { envelope: 1 * KB },
      certainty: 'assumed',
      source: 'AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations"',
      read: '2026-11-21',
    },
  ],
};
