/**
 * Rule     A batch whose function failed is sent again, and its lane waits, until it succeeds, its records expire or get too old, or its retries are used up. Bisecting halves it instead, older half first, and uses up no retry. A throttle or an error of Lambda itself uses up none either.
 * Numbers  After a function error at once, then after 1 s, 2 times as long each time, at most 60 s. After a throttle 1 s, 2 times as long each time, at most 60 s. Retries 0 to 10,000, age 60 s to 604,800 s in steps of 1 s; without end unless set. 1 KB to the destination. Throttled batches of a function take turns.
 * Era      Retries, age, bisecting and destinations since 2019-11-25, partial responses since 2020-12-17 (src/rules/feature-dates.ts).
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis" and "with Amazon DynamoDB" (2023); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, KB, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface StreamErrorHandling {
  readonly errorWait: Micros;
  readonly throttleWait: Micros;
  readonly factor: number;
  readonly maximumWait: Micros;
  readonly retriesMaximum: number;
  readonly ageMinimum: Micros;
  readonly ageMaximum: Micros;
  readonly ageStep: Micros;
  readonly envelope: Bytes;
  /** Whether a batch that was throttled tries again when another of the same function ends, the longest throttled first. */
  readonly turns: boolean;
}

export const streamErrorHandling: Rule<StreamErrorHandling> = {
  name: 'stream-error-handling',
  statement:
    'A failing batch of a stream is sent again and blocks its lane until it succeeds, expires or is discarded.',
  assumes:
    'All waits. When a batch of a function ends, the one that was throttled the longest tries again before the lane that has ended sends more, whatever is left of its wait (`turns`; else each tries after its wait only, and one lane can keep the others out). A half begins with all its retries and at once. A partial response sends the rest again from the first record that failed: that uses up a retry, unless bisecting is on and the batch is split there; where the first record failed it is halved. Records too old leave a batch one by one, at its next try. The size of the destination record.',
  fields: {
    errorWait: 'duration',
    throttleWait: 'duration',
    factor: 'number',
    maximumWait: 'duration',
    retriesMaximum: 'count',
    ageMinimum: 'duration',
    ageMaximum: 'duration',
    ageStep: 'duration',
    envelope: 'size',
    turns: 'flag',
  },
  versions: [
    {
      from: '2018-01-01',
      value: {
        errorWait: 1 * SECOND,
        throttleWait: 1 * SECOND,
        factor: 2,
        maximumWait: 60 * SECOND,
        retriesMaximum: 10_000,
        ageMinimum: 60 * SECOND,
        ageMaximum: 604_800 * SECOND,
        ageStep: 1 * SECOND,
        envelope: 1 * KB,
        turns: true,
      },
      certainty: 'documented',
      assumed: ['errorWait', 'throttleWait', 'factor', 'maximumWait', 'envelope', 'turns'],
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis"',
      read: '2026-11-21',
    },
  ],
};

/** Before the retry that follows failure number `failures`, from 1. */
export function errorWait(rule: StreamErrorHandling, failures: number): Micros {
  return failures <= 1 ? 0 : grown(rule, rule.errorWait, failures - 2);
}

/** Before the try that follows throttle number `throttles` in a row, from 1. */
export function throttleWait(rule: StreamErrorHandling, throttles: number): Micros {
  return Math.max(1, grown(rule, rule.throttleWait, throttles - 1));
}

function grown({ factor, maximumWait }: StreamErrorHandling, first: Micros, times: number): Micros {
  return Math.round(Math.min(maximumWait, first * factor ** Math.min(times, 64)));
}
