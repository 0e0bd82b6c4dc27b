/**
 * Rule     Lambda puts an asynchronous event into a queue of the function, answers 202, and reads the queue apart from that: acceptance is never throttled.
 * Numbers  50 ms from acceptance to the first attempt.
 * Era      The same since the first day covered.
 * Source   AWS Lambda Developer Guide, "Asynchronous invocation" (2019); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { MILLISECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface AsyncDispatch {
  readonly latency: DistributionSpec;
}

export const asyncDispatch: Rule<AsyncDispatch> = {
  name: 'async-dispatch',
  statement: 'An asynchronous event is first tried a moment after it was accepted.',
  assumes:
    'The time, of which AWS says nothing, and that it is the same for every event, so that events keep their order.',
  fields: { latency: 'distribution' },
  versions: [
    {
      from: '2018-01-01',
      value: { latency: { kind: 'constant', value: 50 * MILLISECOND } },
      certainty: 'assumed',
      source: 'AWS Lambda Developer Guide, "Asynchronous invocation"',
      read: '2026-11-21',
    },
  ],
};
