import { describe, expect, test } from 'vitest';
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { makeDistribution } from '../../src/engine/distributions/registry.js';
import { MILLISECOND, SECOND } from '../../src/engine/units.js';
import { allRules, fieldsOf } from '../../src/rules/catalogue.js';
import { environmentKeepAlive } from '../../src/rules/environment-keep-alive.js';
import { platformOverhead } from '../../src/rules/platform-overhead.js';
import { valueAt } from '../../src/rules/rule.js';
import { snapStart } from '../../src/rules/snap-start.js';
import { vpcNetwork } from '../../src/rules/vpc-network.js';

const mean = (spec: DistributionSpec): number => makeDistribution(spec).mean;

describe('the distributions of the rules', () => {
  test('can all be drawn from, with a mean of 0 or more', () => {
    const specs = allRules.flatMap((rule) =>
      rule.versions.flatMap(({ value }) =>
        Object.entries(value)
          .filter(([field]) => fieldsOf(rule)[field] === 'distribution')
          .map(([field, spec]) => [`${rule.name}.${field}`, mean(spec as DistributionSpec)] as const),
      ),
    );
    expect(specs.length).toBeGreaterThan(15);
    expect(specs.filter(([, average]) => !(average >= 0 && Number.isFinite(average)))).toEqual([]);
  });

  // The mean of a log-normal is median x exp(sd^2 / 2).
  test.each([
    { what: 'cold overhead in 2019', spec: valueAt(platformOverhead, '2019-06-01').cold, median: 200, sd: 0.5 },
    { what: 'cold overhead today', spec: valueAt(platformOverhead, '2026-01-01').cold, median: 80, sd: 0.5 },
    { what: 'SnapStart restore', spec: valueAt(snapStart, '2026-01-01').restore, median: 400, sd: 0.35 },
    { what: 'classic VPC', spec: valueAt(vpcNetwork, '2019-06-01').classicColdStart, median: 9_000, sd: 0.25 },
  ])('$what is a log-normal of median $median ms and spread $sd', ({ spec, median, sd }) => {
    expect(mean(spec) / (median * MILLISECOND * Math.exp(sd ** 2 / 2))).toBeCloseTo(1, 2);
  });

  test('an environment of today idles for 318.5 s on average', () => {
    // Piecewise linear: the mean is the sum of share x middle of each piece.
    const pieces = [
      [0.1, (265 + 300) / 2],
      [0.35, (300 + 315) / 2],
      [0.25, (315 + 330) / 2],
      [0.25, (330 + 345) / 2],
      [0.05, (345 + 360) / 2],
    ] as const;
    const seconds = pieces.reduce((sum, [share, middle]) => sum + share * middle, 0);
    expect(mean(valueAt(environmentKeepAlive, '2026-01-01').idle)).toBeCloseTo(seconds * SECOND, 3);
    expect(seconds).toBeCloseTo(318.5, 9);
  });
});
