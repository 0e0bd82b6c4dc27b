/**
 * Rule     An event whose run ended in a function error, timeouts included, is tried again, and then dropped.
 * Numbers  2 retries by default and at most; 1 min after the first attempt failed, 2 min after a later one did.
 * Era      The same since the first day covered; the number can be lowered since 2019-11-25 (src/rules/feature-dates.ts).
 * Source   AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { MINUTE, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface AsyncFunctionErrorRetry {
  /** Retries, by default and at most. */
  readonly attempts: number;
  readonly maximum: number;
  readonly first: Micros;
  readonly later: Micros;
}

export const asyncFunctionErrorRetry: Rule<AsyncFunctionErrorRetry> = {
  name: 'async-function-error-retry',
  statement: 'An asynchronous event whose run failed is tried twice more, after one minute and after two.',
  assumes: 'The wait counts from the end of the failed attempt.',
  fields: { attempts: 'count', maximum: 'count', first: 'duration', later: 'duration' },
  versions: [
    {
      from: '2018-01-01',
      value: { attempts: 2, maximum: 2, first: 1 * MINUTE, later: 2 * MINUTE },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"',
      read: '2026-11-21',
    },
  ],
};

/** Wait after the failed attempt; `errors` counts failed attempts, from 1. */
export function functionErrorDelay(value: AsyncFunctionErrorRetry, errors: number): Micros {
  return errors === 1 ? value.first : value.later;
}
