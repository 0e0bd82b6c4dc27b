/** Environments replaced for their age before a request needs it: no cold start, an init that is billed all the same. */
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, type Micros, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aCall, aScenario, constant, type FunctionChanges } from '../support/a-scenario.js';

const AGE = HOUR + SECOND / 2;

/** One request each `every`, for three hours. */
function aged(share: number, fn: FunctionChanges = {}, every: Micros = 2 * SECOND) {
  return aScenario()
    .rules({ 'proactive-init': { share } })
    .run({ duration: 3 * HOUR })
    .withFunction('api', {
      memory: 1024,
      timeout: MINUTE,
      init: constant(SECOND),
      duration: constant(100_000),
      firstDuration: constant(500_000),
      keepAlive: constant(10 * MINUTE),
      maximumAge: constant(AGE),
      ...fn,
    })
    .withTraffic('web', 'api', SECOND / every, { arrivals: { kind: 'regular' } });
}

const runOf = (share: number, fn?: FunctionChanges, every?: Micros) =>
  simulate(aged(share, fn, every).build()).functions.api!;

describe('an environment that reaches its maximum age', () => {
  it('ends, and the next request starts cold, unless the rule says otherwise', () => {
    expect(runOf(0)).toMatchObject({ coldStarts: 3, environments: { created: 3 }, initDuration: { count: 3 } });
  });

  it('is replaced by one that is initialised, whose first run is a first run', () => {
    const { coldStarts, environments, initDuration, billed, gbSecondsBy, duration, invocations } = runOf(1);
    expect({ coldStarts, created: environments.created, inits: initDuration.count, most: environments.max }).toEqual({
      coldStarts: 1,
      created: 3,
      inits: 1,
      most: 1,
    });
    expect(gbSecondsBy.init).toBeCloseTo(3, 9);
    expect(billed.gbSeconds).toBeCloseTo(3 + 0.1 * invocations + 3 * 0.4, 6);
    expect(duration.max).toBe(500);
  });

  it('is replaced when it is given back, where it is busy', () => {
    const { coldStarts, environments } = runOf(1, { duration: constant(15 * SECOND) }, 20 * SECOND);
    expect({ coldStarts, created: environments.created }).toEqual({ coldStarts: 1, created: 3 });
  });

  it('is not replaced where its idle life was over before', () => {
    const { environments, coldStarts } = runOf(1, {}, 2 * HOUR);
    expect({ coldStarts, created: environments.created }).toEqual({ coldStarts: 2, created: 2 });
  });

  it('has a replacement whose init is not billed where that of a cold start was not', () => {
    const { gbSecondsBy, billed, invocations } = simulate(aged(1).asOf('2025-07-31').build()).functions.api!;
    expect(gbSecondsBy.init).toBe(0);
    expect(billed.gbSeconds).toBeCloseTo(0.1 * invocations + 3 * 0.4, 6);
  });

  it('has a replacement whose init is given up at its limit and repeated by the first request', () => {
    const { duration, gbSecondsBy } = runOf(1, { init: constant(12 * SECOND) }, 30 * SECOND);
    // Ten seconds given up and twelve repeated, for each of the three.
    expect(gbSecondsBy.init).toBeCloseTo(3 * 22, 6);
    expect(duration.max).toBe(12_500);
  });

  it('has a replacement that makes the calls of its init', () => {
    const connection = { time: constant(50_000), per: 'environment' as const };
    const { functions, dependencies } = simulate(
      aged(1, { calls: [aCall('db', { each: 'environment' })] })
        .withDependency('db', 10_000, { connection })
        .build(),
    );
    expect(dependencies.db).toMatchObject({ calls: 3, succeeded: 3, connections: { max: 1 } });
    expect(functions.api!.coldStarts).toBe(1);
    expect(functions.api!.gbSecondsBy.init).toBeCloseTo(3 * 1.06, 6);
  });

  it('is replaced as often as the share says', () => {
    const { coldStarts, environments } = simulate(
      aged(0.5, { maximumAge: constant(10 * MINUTE + SECOND / 2) }, 30 * SECOND)
        .run({ duration: 200 * HOUR })
        .build(),
    ).functions.api!;
    // Drawn some 1,190 times: within 3.29 standard errors.
    expect(Math.abs(coldStarts / environments.created - 0.5)).toBeLessThan(0.048);
  });
});
