/**
 * Rule     New execution environments are made at a limited rate. Once a region shared one allowance; now each function has its own.
 * Numbers  Until 2023-11-25, a region: burst 3,000 in us-east-1, us-west-2 and eu-west-1, 1,000 in ap-northeast-1 and eu-central-1 (from 2020-12 in us-east-2 too), 500 elsewhere; then 500 a minute. Since: 1,000 a function, refilled at 6,000 a minute (1,000 in 10 s).
 * Era      2018 to 2023-11-25 by region, in steps; since 2023-11-26 by function, continuously.
 * Source   AWS Lambda Developer Guide, "AWS Lambda function scaling" (2019, 2020) and "Lambda scaling behavior" (2026); AWS Lambda Operator Guide, on-demand scaling and "How concurrency bursts are managed" (2021); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface FunctionScalingRate {
  /** Who shares an allowance. */
  readonly scope: 'function' | 'region';
  /** Environments that can be made at once, and the most the allowance ever holds. */
  readonly burst: number;
  /** Region → burst, where it differs from `burst`. */
  readonly burstByRegion: Readonly<Record<string, number>>;
  readonly perMinute: number;
  /** `step`: the whole minute's share at each full minute. */
  readonly refill: 'continuous' | 'step';
}

const burstByRegion = {
  'us-east-1': 3_000,
  'us-west-2': 3_000,
  'eu-west-1': 3_000,
  'ap-northeast-1': 1_000,
  'eu-central-1': 1_000,
};

const byRegion = { scope: 'region', burst: 500, perMinute: 500, refill: 'step' } as const;

export const functionScalingRate: Rule<FunctionScalingRate> = {
  name: 'function-scaling-rate',
  statement: 'New environments are made at a limited rate; a request that needs one beyond it is throttled.',
  assumes:
    'A token bucket that starts full, one token an environment made, none for a warm start and none given back. Before: 500 new tokens at each full minute. Reservations draw on the same allowance, versions and aliases on that of their function. The days of both changes: 2023-11-26 is from memory, and us-east-2 joined the middle group between the editions of July 2020 and of 2021.',
  fields: {
    scope: ['function', 'region'],
    burst: 'count',
    burstByRegion: 'table',
    perMinute: 'count',
    refill: ['continuous', 'step'],
  },
  versions: [
    {
      from: '2023-11-26',
      value: { scope: 'function', burst: 1_000, burstByRegion: {}, perMinute: 6_000, refill: 'continuous' },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda Developer Guide, "Lambda scaling behavior"',
      read: '2026-11-21',
    },
    {
      from: '2020-12-01',
      value: { ...byRegion, burstByRegion: { ...burstByRegion, 'us-east-2': 1_000 } },
      certainty: 'documented',
      assumed: ['day', 'refill'],
      source: 'AWS Lambda Operator Guide, "How concurrency bursts are managed" (2021)',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { ...byRegion, burstByRegion },
      certainty: 'documented',
      assumed: ['refill'],
      source: 'AWS Lambda Developer Guide, "AWS Lambda function scaling" (2019 and 2020)',
      read: '2026-11-21',
    },
  ],
};

/** Environments that can be made at once in a region. */
export function burstIn(value: Pick<FunctionScalingRate, 'burst' | 'burstByRegion'>, region: string): number {
  return Object.hasOwn(value.burstByRegion, region) ? value.burstByRegion[region]! : value.burst;
}
