/**
 * Rule     Messages of a group are received in order: while one is in flight, later ones of its group wait. A FIFO queue looks for groups only among its first messages.
 * Numbers  Until 2023-11-25 the first 20,000 messages, and a batch holds messages of one group; since 2023-11-26 of several. From 2024-11-14 the first 120,000.
 * Era      Three versions. FIFO queues are event sources since 2019-11-19 (src/rules/feature-dates.ts).
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2023) and "Configuring scaling behavior for SQS event source mappings"; Amazon SQS Developer Guide, "Avoiding large backlogs in FIFO queues" and its edition of 20,000; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface FifoMessageGroups {
  /** Whether a batch may hold messages of several groups. */
  readonly mixed: boolean;
  /** Messages, from the oldest on, among which groups are looked for. */
  readonly horizon: number;
}

const documented = { certainty: 'documented', read: '2026-11-21' } as const;

export const fifoMessageGroups: Rule<FifoMessageGroups> = {
  name: 'fifo-message-groups',
  statement:
    'Messages of a group are received in order, and groups are looked for among the first messages of a queue.',
  assumes:
    'The days. The group that has been free longest is received first. The growth of pollers by the minute is stated for standard queues only: a FIFO queue is read by as many pollers as it has free groups, up to the same cap.',
  fields: { mixed: 'flag', horizon: 'count' },
  versions: [
    {
      ...documented,
      assumed: ['day'],
      from: '2024-11-14',
      value: { mixed: true, horizon: 120_000 },
      source: 'Amazon SQS Developer Guide, "Avoiding large backlogs in FIFO queues"',
    },
    {
      ...documented,
      assumed: ['day'],
      from: '2023-11-26',
      value: { mixed: true, horizon: 20_000 },
      source: 'AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings"',
    },
    {
      ...documented,
      from: '2018-01-01',
      value: { mixed: false, horizon: 20_000 },
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2023)',
    },
  ],
};
