import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

/** One GB, so that GB-seconds read as seconds. */
const PROVISIONED = { memory: 1_024, init: constant(2 * SECOND), duration: constant(SECOND) };
const probes = (every: number, count: number) => ({
  kind: 'trace-instants' as const,
  instants: Array.from({ length: count }, (_, i) => i * every),
});

describe('provisioned concurrency that is ready at the start', () => {
  const scenario = (amount: number, asOf = '2026-11-21') =>
    aScenario()
      .asOf(asOf)
      .run({ duration: HOUR })
      .withFunction('f', { ...PROVISIONED, provisionedConcurrency: amount })
      .withTraffic('web', 'f', probes(MINUTE, 60));

  it('is billed while it is allocated, and runs at its own rate; the inits lie before the run', () => {
    const fn = simulate(scenario(5).build()).functions.f!;
    expect(fn.billed).toEqual({
      requests: 60,
      durationMs: 60_000,
      gbSeconds: 0,
      provisionedDurationGbSeconds: 60,
      provisionedGbSeconds: 5 * 3_600,
      storageGbSeconds: 0,
    });
    expect(fn).toMatchObject({
      coldStarts: 0,
      provisionedInvocations: 60,
      spilloverInvocations: 0,
      environments: { mean: 5, max: 5, created: 5 },
    });
    expect(fn.gbSecondsBy.provisionedIdle).toBe(5 * 3_600 - 60);
  });

  it('is billed from the end of the warm-up on', () => {
    const { functions } = simulate(
      scenario(5)
        .run({ warmUp: 20 * MINUTE })
        .build(),
    );
    expect(functions.f?.billed).toMatchObject({ provisionedGbSeconds: 5 * 2_400, provisionedDurationGbSeconds: 40 });
  });

  it('never idles out, and never counts as a cold start', () => {
    const long = aScenario()
      .run({ duration: 12 * HOUR })
      .withFunction('f', { ...PROVISIONED, provisionedConcurrency: 1, keepAlive: constant(MINUTE) })
      .withTraffic('web', 'f', probes(2 * HOUR, 6));
    expect(simulate(long.build()).functions.f).toMatchObject({ coldStarts: 0, provisionedInvocations: 6 });
  });

  it('spills over when all of it is busy, and the spillover may be cold', () => {
    const burst = aScenario()
      .run({ duration: MINUTE })
      .withFunction('f', { ...PROVISIONED, provisionedConcurrency: 3 })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 5 });
    expect(simulate(burst.build()).functions.f).toMatchObject({
      provisionedInvocations: 3,
      spilloverInvocations: 2,
      coldStarts: 2,
    });
  });
});

describe('provisioned environments past their age', () => {
  // AWS Lambda Developer Guide, "Configuring provisioned concurrency": environments are recycled, and the init is billed.
  it('are initialised anew out of sight; each init is billed at the rate of provisioned runs', () => {
    const { result, trace } = traced(
      aScenario()
        .run({ duration: 7 * HOUR })
        .withFunction('f', { ...PROVISIONED, provisionedConcurrency: 2, maximumAge: constant(3 * HOUR) })
        .build(),
    );
    expect(trace.provisionedInits.map(({ at }) => at / HOUR).sort()).toEqual([3, 3, 6, 6]);
    expect(result.functions.f?.billed).toMatchObject({
      requests: 0,
      provisionedDurationGbSeconds: 4 * 2,
      gbSeconds: 0,
    });
    expect(result.functions.f).toMatchObject({ coldStarts: 0, gbSecondsBy: { init: 8, handler: 0 } });
  });

  it('bill only the inits after the warm-up', () => {
    const scenario = aScenario()
      .run({ duration: 7 * HOUR, warmUp: 4 * HOUR })
      .withFunction('f', { ...PROVISIONED, provisionedConcurrency: 2, maximumAge: constant(3 * HOUR) });
    expect(simulate(scenario.build()).functions.f?.billed.provisionedDurationGbSeconds).toBe(2 * 2);
  });

  it('run their first handler again as a first one', () => {
    const scenario = aScenario()
      .run({ duration: 4 * HOUR })
      .withFunction('f', {
        ...PROVISIONED,
        provisionedConcurrency: 1,
        maximumAge: constant(3 * HOUR),
        firstDuration: constant(9 * SECOND),
      })
      .withTraffic('web', 'f', probes(HOUR, 4));
    expect(traced(scenario.build()).attempts.map(({ duration }) => duration / SECOND)).toEqual([9, 1, 1, 9]);
  });
});

describe('provisioned concurrency that is asked for at the start', () => {
  // AWS Lambda Developer Guide, "Managing concurrency for a Lambda function" (2020) and "Understanding Lambda function scaling" (2026).
  const asked = (asOf: string, amount: number, region = 'us-east-1') => ({
    ...aScenario()
      .asOf(asOf)
      .run({ duration: 5 * MINUTE })
      .account({ concurrencyLimit: 10_000 })
      .rules({ 'provisioned-concurrency': { readyAtStart: false, preparation: constant(MINUTE) } })
      .withFunction('f', { ...PROVISIONED, provisionedConcurrency: amount, duration: constant(0) })
      .build(),
    region,
  });
  const allocations = (asOf: string, amount: number, region?: string) => {
    const byInstant = new Map<number, number>();
    for (const { at } of traced(asked(asOf, amount, region)).trace.provisionedInits) {
      byInstant.set(at / SECOND, (byInstant.get(at / SECOND) ?? 0) + 1);
    }
    return [...byInstant];
  };

  it('comes all at once when all of it is there: 1,000 after the preparation, 100 more each second', () => {
    expect(allocations('2026-11-21', 800)).toEqual([[60, 800]]);
    expect(allocations('2026-11-21', 3_000)).toEqual([[80, 3_000]]);
  });

  it('came as it was made: the burst of the region, then 500 a minute', () => {
    expect(allocations('2020-06-01', 3_800)).toEqual([
      [60, 3_000],
      [120, 500],
      [180, 300],
    ]);
    expect(allocations('2020-06-01', 1_200, 'sa-east-1')).toEqual([
      [60, 500],
      [120, 500],
      [180, 200],
    ]);
  });

  it('bills each init, used or not', () => {
    const { functions } = simulate(asked('2026-11-21', 800));
    expect(functions.f?.billed).toMatchObject({ requests: 0, provisionedDurationGbSeconds: 1_600 });
  });

  // AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle": 130 s or the function timeout.
  it.each([
    ['130 s of an init that takes longer', 30 * SECOND, 130],
    ['an init up to the function timeout where that is longer', 170 * SECOND, 170],
    ['an init within the limit whole', 900 * SECOND, 200],
  ])('bills %s', (_name, timeout, billed) => {
    const scenario = asked('2026-11-21', 3);
    const [fn] = scenario.functions;
    const { functions } = simulate({ ...scenario, functions: [{ ...fn!, timeout, init: constant(200 * SECOND) }] });
    expect(functions.f?.billed).toMatchObject({ provisionedDurationGbSeconds: 3 * billed });
  });

  it('serves nobody before it is there: until then requests run on demand', () => {
    const scenario = aScenario()
      .run({ duration: 3 * MINUTE })
      .rules({ 'provisioned-concurrency': { readyAtStart: false, preparation: constant(MINUTE) } })
      .withFunction('f', { ...PROVISIONED, provisionedConcurrency: 10 })
      .withTraffic('web', 'f', probes(30 * SECOND, 6));
    expect(simulate(scenario.build()).functions.f).toMatchObject({
      coldStarts: 1,
      provisionedInvocations: 4,
      spilloverInvocations: 2,
    });
  });

  it('does not count environments that had expired before it came among the most that existed', () => {
    const scenario = aScenario()
      .run({ duration: 3 * MINUTE })
      .rules({ 'provisioned-concurrency': { readyAtStart: false, preparation: constant(MINUTE) } })
      .withFunction('f', { ...PROVISIONED, provisionedConcurrency: 10, keepAlive: constant(5 * SECOND) })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 6 });
    expect(simulate(scenario.build()).functions.f?.environments.max).toBe(10);
  });
});
