/**
 * M/G/c/c: reserved concurrency has no queue, so the share of throttled requests is Erlang's loss formula, whatever the law
 * of the duration. Twenty seeds each; the interval comes from the spread of the seeds, because throttles come in clumps and
 * a binomial band would be too narrow by a factor of two and more.
 */
import { describe, expect, it } from 'vitest';
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { interval, SEEDS, told } from '../support/replications.js';

/** Share of calls lost when `offered` Erlang meet `servers`, by the usual recursion. */
function erlangB(offered: number, servers: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}

/** Throttled shares of the seeds, with `offered` Erlang of a duration of mean 100 ms on a reservation. */
function throttledShares(offered: number, reserved: number, duration: DistributionSpec, requests: number): number[] {
  const rate = offered / 0.1;
  const scenario = aScenario()
    .account({ concurrencyLimit: 10_000 })
    .run({ duration: (requests / rate + 10) * SECOND, warmUp: 10 * SECOND })
    .rules({ 'request-rate-quota': { perConcurrency: 1e6 } })
    .withFunction('f', { duration, reservedConcurrency: reserved })
    .withTraffic('web', 'f', rate)
    .build();
  return SEEDS.map((seed) => {
    const { throttles, invocations } = simulate(scenario, { seed }).functions.f!;
    return throttles / (throttles + invocations);
  });
}

const LAWS: [string, DistributionSpec][] = [
  ['exponential', { kind: 'exponential', mean: 100_000 }],
  ['log-normal with cv 2', { kind: 'lognormal', mean: 100_000, cv: 2 }],
  ['uniform', { kind: 'uniform', min: 0, max: 200_000 }],
  ['constant', constant(100_000)],
];

describe('M/G/c/c: the share throttled equals Erlang B, within the 99.9% interval of 20 seeds', () => {
  it('the formula itself: 10 Erlang on 10 lose 0.21458', () => {
    expect([erlangB(10, 10), erlangB(80, 100), erlangB(1, 1)].map((share) => share.toFixed(5))).toEqual([
      '0.21458',
      '0.00399',
      '0.50000',
    ]);
  });

  it.each(LAWS)('10 Erlang on 10, duration %s', (_name, duration) => {
    const found = interval(throttledShares(10, 10, duration, 60_000));
    const theory = erlangB(10, 10);
    expect(found.low, told(theory, found)).toBeLessThan(theory);
    expect(found.high, told(theory, found)).toBeGreaterThan(theory);
    // An interval so wide that it says nothing would pass as well.
    expect(found.high - found.low).toBeLessThan(0.015);
  });

  it.each(LAWS)('80 Erlang on 100, duration %s', (_name, duration) => {
    const found = interval(throttledShares(80, 100, duration, 120_000));
    const theory = erlangB(80, 100);
    expect(found.low, told(theory, found)).toBeLessThan(theory);
    expect(found.high, told(theory, found)).toBeGreaterThan(theory);
    expect(found.high - found.low).toBeLessThan(0.002);
  });
});
