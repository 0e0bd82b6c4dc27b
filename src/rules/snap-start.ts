/**
 * Rule     With SnapStart the init runs when a version is published; a cold start restores its snapshot instead.
 * Numbers  Restore p50 400 ms, p99 903 ms (standard deviation 0.35 of the logarithm); hook after it 0 ms; both within 10 s.
 * Era      Since SnapStart exists (2022-11-28).
 * Source   AWS Lambda Developer Guide, "Improving startup performance with Lambda SnapStart"; measured restores between 240 ms and 770 ms at the median (maxday/lambda-perf 2023 and 2025); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { MILLISECOND, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SnapStart {
  readonly restore: DistributionSpec;
  /** The function's own after-restore hook; billed. */
  readonly afterRestore: DistributionSpec;
  /** For both together; past it the cold start fails. */
  readonly limit: Micros;
}

export const snapStart: Rule<SnapStart> = {
  name: 'snap-start',
  statement: 'A cold start of a SnapStart version restores a snapshot instead of running the init.',
  assumes:
    'The distribution: the log-normal of that median and spread. Restores of an empty snapshot cache are not slower. The day is from memory.',
  fields: { restore: 'distribution', afterRestore: 'distribution', limit: 'duration' },
  versions: [
    {
      from: '2022-11-28',
      value: {
        restore: {
          kind: 'two-quantiles',
          low: 0.5,
          atLow: 400 * MILLISECOND,
          high: 0.99,
          atHigh: 903 * MILLISECOND,
        },
        afterRestore: { kind: 'constant', value: 0 },
        limit: 10 * SECOND,
      },
      certainty: 'assumed',
      source: 'Chosen among measured restores (maxday/lambda-perf, 2023 and 2025)',
      read: '2026-11-21',
    },
  ],
};
