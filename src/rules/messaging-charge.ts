/**
 * Rule     SQS, SNS and EventBridge charge a message as one request for each part of its size; DynamoDB on demand charges reads and writes by units. SQS and SNS each have free requests a month.
 * Numbers  Message part 64 KB; read unit 4 KB, write unit 1 KB; 1,000,000 free requests of SQS, 1,000,000 of SNS.
 * Era      The same since the first day covered; DynamoDB on demand since November 2018.
 * Source   Pricing pages of Amazon SQS, SNS, EventBridge and DynamoDB (2024 to 2026); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, KB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface MessagingCharge {
  readonly part: Bytes;
  readonly readUnit: Bytes;
  readonly writeUnit: Bytes;
  /** Free requests a month. */
  readonly freeSqs: number;
  readonly freeSns: number;
}

export const messagingCharge: Rule<MessagingCharge> = {
  name: 'messaging-charge',
  statement: 'A message is charged by its 64 KB, a DynamoDB read by 4 KB and a write by 1 KB.',
  assumes:
    'The units of DynamoDB, from memory, and that its reads are strongly consistent. A record handed over by Lambda is charged like any other.',
  fields: { part: 'size', readUnit: 'size', writeUnit: 'size', freeSqs: 'count', freeSns: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: {
        part: 64 * KB,
        readUnit: 4 * KB,
        writeUnit: 1 * KB,
        freeSqs: 1_000_000,
        freeSns: 1_000_000,
      },
      certainty: 'documented',
      assumed: ['readUnit', 'writeUnit'],
      source: 'Pricing pages of Amazon SQS, SNS, EventBridge and DynamoDB',
      read: '2026-11-21',
    },
  ],
};

/** Requests that a message of this size is charged as. */
export function partsOf(part: Bytes, payload: Bytes): number {
  return Math.max(1, Math.ceil(payload / part));
}
