/**
 * Rule     An idle environment is kept for some minutes, in case another request comes.
 * Numbers  Until 2019-06: 25 min to 60 min (10 % gone at 28 min, 50 % at 44 min, 90 % at 59 min). From 2019-07: 10 min. From 2020-12: 300 s to 420 s. From 2023-11-26: 265 s to 360 s (10 % at 300 s, 45 % at 315 s, 70 % at 330 s, 95 % at 345 s).
 * Era      Four versions; AWS documents none of them.
 * Source   M. Shilkov, interval measurements of 2019 and January 2021 (mikhail.io); data set of a EuroSys 2026 paper on serverless costs (ubc-cirrus-lab/demystifying-serverless-costs, 100 probes a gap); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { MINUTE, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface EnvironmentKeepAlive {
  /** Idle life of an environment. */
  readonly idle: DistributionSpec;
}

export const environmentKeepAlive: Rule<EnvironmentKeepAlive> = {
  name: 'environment-keep-alive',
  statement: 'An environment without requests is closed after some minutes.',
  assumes:
    'Drawn anew for each idle period, independent of memory, runtime and region; the days between measurements. Provisioned environments never idle out.',
  fields: { idle: 'distribution' },
  versions: [
    {
      from: '2023-11-26',
      value: {
        idle: {
          kind: 'quantiles',
          points: [
            [0, 265 * SECOND],
            [0.1, 300 * SECOND],
            [0.45, 315 * SECOND],
            [0.7, 330 * SECOND],
            [0.95, 345 * SECOND],
            [1, 360 * SECOND],
          ],
        },
      },
      certainty: 'measured',
      assumed: ['day'],
      source: 'EuroSys 2026 data set ubc-cirrus-lab/demystifying-serverless-costs, keep-alive probes of 2025',
      read: '2026-11-21',
    },
    {
      from: '2020-12-01',
      value: { idle: { kind: 'uniform', min: 300 * SECOND, max: 420 * SECOND } },
      certainty: 'measured',
      assumed: ['day'],
      source: 'M. Shilkov, interval measurements of January 2021 (mikhail.io)',
      read: '2026-11-21',
    },
    {
      from: '2019-07-01',
      value: { idle: { kind: 'constant', value: 10 * MINUTE } },
      certainty: 'measured',
      source: 'M. Shilkov, "AWS Lambda: Cold Starts After 10 Minutes" (August 2019)',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: {
        idle: {
          kind: 'quantiles',
          points: [
            [0, 25 * MINUTE],
            [0.1, 28 * MINUTE],
            [0.5, 44 * MINUTE],
            [0.9, 59 * MINUTE],
            [1, 60 * MINUTE],
          ],
        },
      },
      certainty: 'measured',
      source: 'M. Shilkov, interval measurements of March to May 2019 (mikhail.io)',
      read: '2026-11-21',
    },
  ],
};
