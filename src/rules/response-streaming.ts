/**
 * Rule     A streamed response leaves without a limit at first, then at a capped rate; the function runs and is billed until it is out.
 * Numbers  6 MB uncapped, then 2 MB a second.
 * Era      Since response streaming exists (2023-04-07).
 * Source   AWS Lambda Developer Guide, "Response streaming for Lambda functions"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, MB, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface ResponseStreaming {
  readonly uncapped: Bytes;
  /** Bytes per second beyond `uncapped`. */
  readonly rate: Bytes;
}

export const responseStreaming: Rule<ResponseStreaming> = {
  name: 'response-streaming',
  statement: 'The first 6 MB of a streamed response are not slowed down; the rest leaves at 2 MB a second at most.',
  assumes: 'The uncapped part takes no time of its own; the day is from memory.',
  fields: { uncapped: 'size', rate: 'size' },
  versions: [
    {
      from: '2023-04-07',
      value: { uncapped: 6 * MB, rate: 2 * MB },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda Developer Guide, "Response streaming for Lambda functions"',
      read: '2026-11-21',
    },
  ],
};

/** Least time a streamed response takes to leave, in whole microseconds; `ownRate` is the function's own, bytes per second. */
export function streamingTime(value: ResponseStreaming, size: Bytes, ownRate?: number): Micros {
  const capped = Math.max(0, size - value.uncapped) / value.rate;
  const own = ownRate === undefined ? 0 : size / ownRate;
  return Math.ceil(Math.max(capped, own) * SECOND);
}
