/**
 * Rule     A streamed response is billed by the bytes beyond its first part.
 * Numbers  6 MB of each response are free of it.
 * Era      Since response streaming exists (2023-04-07).
 * Source   AWS Lambda pricing page, example with response streaming; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, GB, MB } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface ResponseStreamingCharge {
  readonly included: Bytes;
}

export const responseStreamingCharge: Rule<ResponseStreamingCharge> = {
  name: 'response-streaming-charge',
  statement: 'Streamed bytes beyond the first 6 MB of a response are billed.',
  assumes: "A GB is 1,024 MB, as in the page's example. The day is from memory.",
  fields: { included: 'size' },
  versions: [
    {
      from: '2023-04-07',
      value: { included: 6 * MB },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda pricing page',
      read: '2026-11-21',
    },
  ],
};

/** Billed GB of one streamed response. */
export function streamedGb(value: ResponseStreamingCharge, size: Bytes): number {
  return Math.max(0, size - value.included) / GB;
}
