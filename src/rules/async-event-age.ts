/**
 * Rule     An event that has not been processed is dropped at a greatest age.
 * Numbers  6 h by default and at most, 60 s at least.
 * Era      The same since the first day covered; it can be set since 2019-11-25 (src/rules/feature-dates.ts).
 * Source   AWS Lambda Developer Guide, "Configuring error handling settings for asynchronous invocation"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { HOUR, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface AsyncEventAge {
  readonly default: Micros;
  readonly minimum: Micros;
  readonly maximum: Micros;
}

export const asyncEventAge: Rule<AsyncEventAge> = {
  name: 'async-event-age',
  statement:
    'An asynchronous event is dropped when it is as old as the function allows, 6 hours unless it says otherwise.',
  assumes:
    'The age is looked at when the event is due, and when its next attempt would be due only after it: then it is dropped at that age. A run that has begun goes on.',
  fields: { default: 'duration', minimum: 'duration', maximum: 'duration' },
  versions: [
    {
      from: '2018-01-01',
      value: { default: 6 * HOUR, minimum: 60 * SECOND, maximum: 6 * HOUR },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Configuring error handling settings for asynchronous invocation"',
      read: '2026-11-21',
    },
  ],
};
