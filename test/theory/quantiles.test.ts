/** Percentiles of latency against the quantiles of the law they come from. */
import { expect, it } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario } from '../support/a-scenario.js';
import { SEEDS } from '../support/replications.js';

it('p50, p90 and p99 of exponential durations are mean x ln(1 / (1 - share)), in each of 20 seeds', () => {
  const n = 40_000;
  const scenario = aScenario()
    .run({ duration: (n / 100) * SECOND })
    .withFunction('f', { duration: { kind: 'exponential', mean: 80_000 } })
    .withTraffic('web', 'f', 100, { arrivals: { kind: 'regular' } })
    .build();
  const shares = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;
  for (const seed of SEEDS) {
    const { duration } = simulate(scenario, { seed }).functions.f!;
    expect(duration.count).toBe(n);
    for (const [name, share] of Object.entries(shares)) {
      const theory = -80 * Math.log(1 - share);
      // The rank of the theoretical quantile is binomial; over its density, the standard error of the quantile. 60 intervals: 99.99% each.
      const standardError = (80 * Math.sqrt(share / (1 - share))) / Math.sqrt(n);
      const found = duration[name as 'p50' | 'p90' | 'p99']!;
      expect(Math.abs(found - theory), `seed ${seed} ${name}: ${found}, theory ${theory}`).toBeLessThan(
        3.891 * standardError + 0.005 * theory,
      );
    }
  }
});
