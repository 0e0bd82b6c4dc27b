/**
 * Rule     Lambda reads a queue by long polls; a poll that finds a message ends at once, one that finds none ends empty, and both are charged.
 * Numbers  A long poll lasts 20 s. A receive and a delete take 10 ms each.
 * Era      The same since the first day covered.
 * Source   Amazon SQS Developer Guide, "Amazon SQS short and long polling"; AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS", note on low traffic and windows; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { MILLISECOND, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SqsPolling {
  readonly wait: Micros;
  readonly receive: Micros;
  readonly delete: Micros;
}

export const sqsPolling: Rule<SqsPolling> = {
  name: 'sqs-polling',
  statement: 'Lambda reads a queue by long polls of 20 seconds; empty ones are charged too.',
  assumes:
    'That Lambda asks for the longest poll there is, and both times. A window that ends during a poll waits for it, though never longer than a poll after the first message. The poll that has waited longest gets the next message.',
  fields: { wait: 'duration', receive: 'duration', delete: 'duration' },
  versions: [
    {
      from: '2018-01-01',
      value: { wait: 20 * SECOND, receive: 10 * MILLISECOND, delete: 10 * MILLISECOND },
      certainty: 'assumed',
      source: 'Amazon SQS Developer Guide, "Amazon SQS short and long polling"',
      read: '2026-11-21',
    },
  ],
};
