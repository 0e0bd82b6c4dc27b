/**
 * Rule     A function that CloudFront runs at the edge has limits and a billing unit of its own.
 * Numbers  Viewer events: 128 MB at most, 5 s. Origin events: 10,240 MB at most, 30 s. Billed in units of 50 ms until 2020, 1 ms since.
 * Era      Two versions.
 * Source   Amazon CloudFront Developer Guide, "Restrictions on Lambda@Edge"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { MILLISECOND, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface LambdaEdge {
  /** The unit of the bill. */
  readonly granularity: Micros;
  /** MB. */
  readonly viewerMemory: number;
  readonly viewerTimeout: Micros;
  /** MB. */
  readonly originMemory: number;
  readonly originTimeout: Micros;
}

const limits = {
  viewerMemory: 128,
  viewerTimeout: 5 * SECOND,
  originMemory: 10_240,
  originTimeout: 30 * SECOND,
};

export const lambdaEdge: Rule<LambdaEdge> = {
  name: 'lambda-edge',
  statement: 'A Lambda@Edge function has lower limits, and was billed in units of 50 ms before they became 1 ms.',
  assumes:
    'The unit of 50 ms and the day it ended are from memory. So is that the edge has no arm64, no container images, no VPC, no SnapStart and no storage above 512 MB; that it has no provisioned concurrency is documented.',
  fields: {
    granularity: 'duration',
    viewerMemory: 'count',
    viewerTimeout: 'duration',
    originMemory: 'count',
    originTimeout: 'duration',
  },
  versions: [
    {
      from: '2021-01-01',
      value: { granularity: 1 * MILLISECOND, ...limits },
      certainty: 'documented',
      assumed: ['day', 'granularity'],
      source: 'Amazon CloudFront Developer Guide, "Restrictions on Lambda@Edge"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { granularity: 50 * MILLISECOND, ...limits },
      certainty: 'documented',
      assumed: ['granularity'],
      source: 'Amazon CloudFront Developer Guide, "Restrictions on Lambda@Edge"',
      read: '2026-11-21',
    },
  ],
};

/** What a function may have at most, in MB and in time; `edgeEvent` tells viewer from origin events, viewer by default. */
export function limitsAtEdge(value: LambdaEdge, edgeEvent?: string): { memory: number; timeout: Micros } {
  return edgeEvent?.startsWith('origin') === true
    ? { memory: value.originMemory, timeout: value.originTimeout }
    : { memory: value.viewerMemory, timeout: value.viewerTimeout };
}
