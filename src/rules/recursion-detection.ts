/**
 * Rule     Lambda counts how often a chain of events has come back to a function, through Lambda, SQS and SNS; the next event after the last allowed is dropped.
 * Numbers  16 rounds.
 * Era      From 2023-07-13; before, a loop ran for ever.
 * Source   AWS Lambda Developer Guide, "Use Lambda recursive loop detection to prevent infinite loops"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface RecursionDetection {
  readonly enabled: boolean;
  readonly rounds: number;
}

export const recursionDetection: Rule<RecursionDetection> = {
  name: 'recursion-detection',
  statement: 'Lambda stops a function that has invoked itself about 16 times in one chain.',
  assumes:
    'The day within July 2023, and exactly 16. Buses and streams pass on no count, so a loop through one of them is not seen. In a chain that can come back by several ways, a round is the shortest of them.',
  fields: { enabled: 'flag', rounds: 'count' },
  versions: [
    {
      from: '2023-07-13',
      value: { enabled: true, rounds: 16 },
      certainty: 'documented',
      assumed: ['day', 'rounds'],
      source: 'AWS Lambda Developer Guide, "Use Lambda recursive loop detection to prevent infinite loops"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { enabled: false, rounds: 16 },
      certainty: 'documented',
      assumed: ['rounds'],
      source: 'AWS Lambda Developer Guide, document history',
      read: '2026-11-21',
    },
  ],
};
