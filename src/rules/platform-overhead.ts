/**
 * Rule     Around the code lies time that no log line shows: placing and starting an environment on a cold start, routing on every call.
 * Numbers  Cold, until 2020-11: p50 200 ms, p99 640 ms; since: p50 80 ms, p99 256 ms (a log-normal with standard deviation 0.5 of the logarithm). Images 1.5 times. Warm p50 5 ms, p99 10 ms.
 * Era      Two versions; AWS publishes neither.
 * Source   X-Ray traces of a small Rust function, January 2021 (codetalkio/patterns-serverless-rust-minimal): about 75 ms before the init, about 6 ms around a warm call; N. Malishev, "AWS Lambda cold start language comparisons" (2018); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { MILLISECOND, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface PlatformOverhead {
  /** Before the init of a cold start. */
  readonly cold: DistributionSpec;
  /** Around every invocation, cold or warm; it holds no environment. */
  readonly warm: DistributionSpec;
  /** What `cold` is multiplied by for a container image. */
  readonly imageFactor: number;
}

function logNormal(p50: Micros, p99: Micros): DistributionSpec {
  return { kind: 'two-quantiles', low: 0.5, atLow: p50, high: 0.99, atHigh: p99 };
}

const warm = logNormal(5 * MILLISECOND, 10 * MILLISECOND);

export const platformOverhead: Rule<PlatformOverhead> = {
  name: 'platform-overhead',
  statement:
    'A cold start waits for the platform before its init, and every call passes through routing; no log line shows either.',
  assumes:
    'All figures are choices near those measurements; the day between the two versions is that of the change to 1 ms billing.',
  fields: { cold: 'distribution', warm: 'distribution', imageFactor: 'number' },
  versions: [
    {
      from: '2020-12-01',
      value: { cold: logNormal(80 * MILLISECOND, 256 * MILLISECOND), warm, imageFactor: 1.5 },
      certainty: 'assumed',
      source: 'Chosen near X-Ray traces of January 2021 (codetalkio/patterns-serverless-rust-minimal)',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { cold: logNormal(200 * MILLISECOND, 640 * MILLISECOND), warm, imageFactor: 1.5 },
      certainty: 'assumed',
      source: 'Chosen below X-Ray traces of 2018 (N. Malishev, "AWS Lambda cold start language comparisons")',
      read: '2026-11-21',
    },
  ],
};
