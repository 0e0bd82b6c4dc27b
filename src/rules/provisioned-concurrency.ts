/**
 * Rule     Provisioned concurrency is prepared for a minute or two, then allocated at a limited rate.
 * Numbers  Preparation 60 s to 120 s. Until 2023-11-25: 3,000 at once in us-east-1, us-west-2 and eu-west-1, 1,000 in ap-northeast-1 and eu-central-1, 500 elsewhere, then 500 a minute. Since: 1,000 at once, 6,000 a minute.
 * Era      2019-12-03 to 2023-11-25, usable as it comes; since 2023-11-26, usable when all of it is there.
 * Source   AWS Lambda Developer Guide, "Managing concurrency for a Lambda function" (2020) and "Understanding Lambda function scaling" (2026); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { MINUTE, type Micros, SECOND } from '../engine/units.js';
import { burstIn } from './function-scaling-rate.js';
import type { Rule } from './rule.js';

export interface ProvisionedConcurrency {
  /** From the request to the first environment. */
  readonly preparation: DistributionSpec;
  readonly burst: number;
  /** Region → burst, where it differs from `burst`. */
  readonly burstByRegion: Readonly<Record<string, number>>;
  readonly perMinute: number;
  /** Nothing can be used until all that was requested is allocated. */
  readonly allAtOnce: boolean;
  /** False makes a run begin with the request instead of with the environments. */
  readonly readyAtStart: boolean;
}

const preparation: DistributionSpec = { kind: 'uniform', min: 60 * SECOND, max: 120 * SECOND };

export const provisionedConcurrency: Rule<ProvisionedConcurrency> = {
  name: 'provisioned-concurrency',
  statement: 'Provisioned concurrency takes a minute or two to prepare and is then allocated at a limited rate.',
  assumes:
    'Preparation is uniform between its bounds. The old 500 come at each full minute. The current allowance starts full at 1,000, as that of on-demand scaling does, but is its own. What a scenario asks for at its start is ready then.',
  fields: {
    preparation: 'distribution',
    burst: 'count',
    burstByRegion: 'table',
    perMinute: 'count',
    allAtOnce: 'flag',
    readyAtStart: 'flag',
  },
  versions: [
    {
      from: '2023-11-26',
      value: { preparation, burst: 1_000, burstByRegion: {}, perMinute: 6_000, allAtOnce: true, readyAtStart: true },
      certainty: 'documented',
      assumed: ['day', 'preparation', 'burst', 'readyAtStart'],
      source: 'AWS Lambda Developer Guide, "Understanding Lambda function scaling"',
      read: '2026-11-21',
    },
    {
      from: '2019-12-03',
      value: {
        preparation,
        burst: 500,
        burstByRegion: {
          'us-east-1': 3_000,
          'us-west-2': 3_000,
          'eu-west-1': 3_000,
          'ap-northeast-1': 1_000,
          'eu-central-1': 1_000,
        },
        perMinute: 500,
        allAtOnce: false,
        readyAtStart: true,
      },
      certainty: 'documented',
      assumed: ['preparation', 'allAtOnce', 'readyAtStart'],
      source: 'AWS Lambda Developer Guide, "Managing concurrency for a Lambda function" (2020)',
      read: '2026-11-21',
    },
  ],
};

/** Environments of `requested` that can be used, `elapsed` after the preparation ended. */
export function allocatedAfter(
  value: ProvisionedConcurrency,
  region: string,
  requested: number,
  elapsed: Micros,
): number {
  const minutes = elapsed / MINUTE;
  const grown = value.allAtOnce ? Math.floor(minutes * value.perMinute) : Math.floor(minutes) * value.perMinute;
  const allocated = Math.min(requested, burstIn(value, region) + grown);
  return value.allAtOnce && allocated < requested ? 0 : allocated;
}
