/**
 * Users who ask, wait and think, against the finite-source formulas. Both are insensitive to the laws of duration and
 * thinking; twenty seeds, the interval from their spread.
 */
import { describe, expect, it } from 'vitest';
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { interval, SEEDS, told } from '../support/replications.js';

/**
 * Engset: `users` think for a mean of 1/a of the handler's time and are turned away when all `servers` are busy. The
 * distribution of the busy ones, and from it the share of requests that is turned away.
 */
function engset(users: number, servers: number, a: number): { busy: number; lost: number } {
  const weights: number[] = [1];
  for (let n = 1; n <= Math.min(users, servers); n++) weights.push((weights[n - 1]! * (users - n + 1) * a) / n);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const busy = weights.reduce((sum, weight, n) => sum + n * weight, 0) / total;
  const asked = weights.reduce((sum, weight, n) => sum + (users - n) * weight, 0);
  return { busy, lost: servers < users ? ((users - servers) * weights[servers]!) / asked : 0 };
}

const exponential = (mean: number): DistributionSpec => ({ kind: 'exponential', mean });

function runs(users: number, reserved: number | undefined, duration: DistributionSpec, thinkTime: DistributionSpec) {
  const scenario = aScenario()
    .run({ duration: 2 * HOUR, warmUp: 5 * MINUTE })
    .rules({ 'request-rate-quota': { perConcurrency: 1e6 } })
    .withFunction('f', { duration, reservedConcurrency: reserved })
    .withTraffic('people', 'f', { kind: 'users', count: users, thinkTime })
    .build();
  return SEEDS.map((seed) => simulate(scenario, { seed }).functions.f!);
}

describe('closed loop', () => {
  it.each<[string, DistributionSpec, DistributionSpec]>([
    ['exponential', exponential(SECOND), exponential(4 * SECOND)],
    [
      'uniform and log-normal',
      { kind: 'uniform', min: 0, max: 2 * SECOND },
      { kind: 'lognormal', mean: 4 * SECOND, cv: 1.5 },
    ],
  ])('20 users without a limit: each is served a share 1/(1+4) of the time, %s', (_name, duration, thinkTime) => {
    const all = runs(20, undefined, duration, thinkTime);
    const busy = interval(all.map((fn) => fn.concurrency.mean));
    expect(busy.low, told(4, busy)).toBeLessThan(4);
    expect(busy.high, told(4, busy)).toBeGreaterThan(4);
    expect(busy.high - busy.low).toBeLessThan(0.1);
    const perSecond = interval(all.map((fn) => fn.invocations / (115 * 60)));
    expect(perSecond.low, told(4, perSecond)).toBeLessThan(4);
    expect(perSecond.high, told(4, perSecond)).toBeGreaterThan(4);
  });

  it.each<[string, DistributionSpec]>([
    ['exponential', exponential(SECOND)],
    ['constant', constant(SECOND)],
  ])('M/M/c/c/N: 20 users on 4 reserved lose what Engset says, duration %s', (_name, duration) => {
    const theory = engset(20, 4, 1 / 4);
    const all = runs(20, 4, duration, exponential(4 * SECOND));
    const busy = interval(all.map((fn) => fn.concurrency.mean));
    expect(busy.low, told(theory.busy, busy)).toBeLessThan(theory.busy);
    expect(busy.high, told(theory.busy, busy)).toBeGreaterThan(theory.busy);
    const lost = interval(all.map((fn) => fn.throttles / (fn.throttles + fn.invocations)));
    expect(lost.low, told(theory.lost, lost)).toBeLessThan(theory.lost);
    expect(lost.high, told(theory.lost, lost)).toBeGreaterThan(theory.lost);
    expect(lost.high - lost.low).toBeLessThan(0.02);
  });
});
