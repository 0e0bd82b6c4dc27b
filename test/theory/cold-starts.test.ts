/** Cold starts whose share is known in closed form, and the published example of the simulator simfaas. */
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { interval, SEEDS, told } from '../support/replications.js';

describe('one environment and handlers of no time: a request is cold when the gap before it passed the keep-alive', () => {
  // Gaps of Poisson arrivals are independent, so the number of cold starts is binomial: the exact standard error of all seeds together.
  it.each([
    [0.01, 60],
    [0.005, 300],
    [0.02, 200],
  ])('rate %d/s, keep-alive %d s: share exp(-rate x keepAlive)', (rate, keepAlive) => {
    const scenario = aScenario()
      .run({ duration: (20_000 / rate) * SECOND })
      .withFunction('f', { duration: constant(0), keepAlive: constant(keepAlive * SECOND) })
      .withTraffic('web', 'f', rate)
      .build();
    let cold = 0;
    let gaps = 0;
    for (const seed of SEEDS) {
      const fn = simulate(scenario, { seed }).functions.f!;
      // The first request of a run is cold without a gap.
      cold += fn.coldStarts - 1;
      gaps += fn.invocations - 1;
    }
    const theory = Math.exp(-rate * keepAlive);
    const standardError = Math.sqrt((theory * (1 - theory)) / gaps);
    expect(Math.abs(cold / gaps - theory), `seeds 1 to 20: ${cold} of ${gaps}, theory ${theory}`).toBeLessThan(
      3.291 * standardError,
    );
  });

  it('the environment exists 1 - exp(-rate x keepAlive) of the time', () => {
    const [rate, keepAlive] = [0.005, 300];
    const scenario = aScenario()
      .run({ duration: 4e6 * SECOND, warmUp: 1e4 * SECOND })
      .withFunction('f', { duration: constant(0), keepAlive: constant(keepAlive * SECOND) })
      .withTraffic('web', 'f', rate)
      .build();
    const theory = 1 - Math.exp(-rate * keepAlive);
    const found = interval(SEEDS.map((seed) => simulate(scenario, { seed }).functions.f!.environments.mean));
    expect(found.low, told(theory, found)).toBeLessThan(theory);
    expect(found.high, told(theory, found)).toBeGreaterThan(theory);
    expect(found.high - found.low).toBeLessThan(0.01);
  });
});

describe('the example in the README of simfaas', () => {
  // pacslab/simfaas, README: arrivals 0.9/s, warm 1.991 s, cold 2.244 s, exponential, an idle environment ends after 600 s; 1e6 s.
  const scenario = aScenario()
    .run({ duration: 1e6 * SECOND })
    .withFunction('f', {
      duration: { kind: 'exponential', mean: 1_991_000 },
      firstDuration: { kind: 'exponential', mean: 2_244_000 },
      keepAlive: constant(600 * SECOND),
    })
    .withTraffic('web', 'f', 0.9)
    .build();

  it('each of 20 seeds: cold share 0.00134 +- 0.00015, environments 7.70 +- 0.1, running 1.79 +- 0.02', () => {
    for (const seed of SEEDS) {
      const fn = simulate(scenario, { seed }).functions.f!;
      const where = `seed ${seed}`;
      expect(Math.abs(fn.coldStarts / fn.invocations - 0.00134), where).toBeLessThan(0.00015);
      expect(Math.abs(fn.environments.mean - 7.7), where).toBeLessThan(0.1);
      expect(Math.abs(fn.concurrency.mean - 1.79), where).toBeLessThan(0.02);
    }
  });
});
