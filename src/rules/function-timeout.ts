/**
 * Rule     An invocation is stopped at the function's timeout.
 * Numbers  Default 3 s, from 1 s, in steps of 1 s. At most 300 s until 2018-10-09, 900 s since.
 * Era      Two versions.
 * Source   AWS Lambda Developer Guide, "Lambda quotas" and API reference, "CreateFunction"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface FunctionTimeout {
  readonly default: Micros;
  readonly minimum: Micros;
  readonly maximum: Micros;
  readonly step: Micros;
}

export const functionTimeout: Rule<FunctionTimeout> = {
  name: 'function-timeout',
  statement: 'A function runs for at most its timeout, 3 s unless set, 15 minutes at most.',
  assumes: 'The day of the change from 5 to 15 minutes is from memory.',
  fields: { default: 'duration', minimum: 'duration', maximum: 'duration', step: 'duration' },
  versions: [
    {
      from: '2018-10-10',
      value: { default: 3 * SECOND, minimum: 1 * SECOND, maximum: 900 * SECOND, step: 1 * SECOND },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda Developer Guide, "Lambda quotas"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { default: 3 * SECOND, minimum: 1 * SECOND, maximum: 300 * SECOND, step: 1 * SECOND },
      certainty: 'assumed',
      source: 'AWS Lambda Developer Guide, "Limits" (2018), from memory',
      read: '2026-11-21',
    },
  ],
};
