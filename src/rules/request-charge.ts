/**
 * Rule     Every invocation that begins is one request, whatever its outcome; a large asynchronous event counts as several.
 * Numbers  An asynchronous event: 256 KB are one request, each further 64 KB or part of them one more.
 * Era      The same since the first day covered; events above 256 KB exist since October 2025.
 * Source   AWS Lambda pricing page (2026); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, KB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface RequestCharge {
  /** Of an asynchronous event, covered by its first request. */
  readonly asynchronousFirst: Bytes;
  readonly asynchronousChunk: Bytes;
}

export const requestCharge: Rule<RequestCharge> = {
  name: 'request-charge',
  statement: 'Every invocation that begins is a billed request.',
  assumes: 'A throttled attempt is no request; a batch from a queue or stream is one.',
  fields: { asynchronousFirst: 'size', asynchronousChunk: 'size' },
  versions: [
    {
      from: '2018-01-01',
      value: { asynchronousFirst: 256 * KB, asynchronousChunk: 64 * KB },
      certainty: 'documented',
      source: 'AWS Lambda pricing page',
      read: '2026-11-21',
    },
  ],
};

/** Billed requests of one invocation. */
export function requestsOf(value: RequestCharge, asynchronous: boolean, payload: Bytes): number {
  if (!asynchronous) return 1;
  return 1 + Math.ceil(Math.max(0, payload - value.asynchronousFirst) / value.asynchronousChunk);
}
