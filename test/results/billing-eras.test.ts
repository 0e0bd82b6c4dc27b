/** What a run is billed in each era: one cold and one warm invocation, by package, and what that costs. */
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import type { LambdaFunctionSettings } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';

const MANAGED = { runtime: 'nodejs12.x' };
const CUSTOM = { runtime: 'provided' };
const IMAGE = { packageType: 'Image' } as const;

/** Billed milliseconds of a cold invocation with a 166.62 ms init and a 128.83 ms handler, and of a warm one. */
function billed(asOf: string, settings: Partial<LambdaFunctionSettings>) {
  const scenario = aScenario()
    .asOf(asOf)
    .run({ duration: 10 * MINUTE })
    .withFunction('f', { memory: 1_024, init: constant(166_620), duration: constant(128_830), ...settings })
    .withTraffic('web', 'f', { kind: 'trace-instants', instants: [0, MINUTE] });
  return simulate(scenario.build());
}

describe('the billed duration of a run', () => {
  // AWS Lambda Developer Guide, REPORT samples (2019, 2023, 2026): 128.83 + init 166.62 -> 200 when inits were free and units 100 ms;
  // AWS Compute Blog, "AWS Lambda standardizes billing for INIT Phase"; bitesizedserverless.com (2022) for images and custom runtimes.
  it.each([
    { asOf: '2019-12-18', era: '100 ms, init free', kind: 'zip', settings: MANAGED, expect: 200 + 200 },
    { asOf: '2019-12-18', era: '100 ms, init free', kind: 'custom', settings: CUSTOM, expect: 300 + 200 },
    { asOf: '2020-11-30', era: 'its last day', kind: 'zip', settings: MANAGED, expect: 200 + 200 },
    { asOf: '2020-12-01', era: '1 ms, init free', kind: 'zip', settings: MANAGED, expect: 129 + 129 },
    { asOf: '2021-06-01', era: '1 ms, init free', kind: 'custom', settings: CUSTOM, expect: 296 + 129 },
    { asOf: '2021-06-01', era: '1 ms, init free', kind: 'image', settings: IMAGE, expect: 296 + 129 },
    { asOf: '2024-06-01', era: '1 ms, init free', kind: 'zip', settings: MANAGED, expect: 129 + 129 },
    { asOf: '2024-06-01', era: '1 ms, init free', kind: 'image', settings: IMAGE, expect: 296 + 129 },
    { asOf: '2025-07-31', era: 'its last day', kind: 'zip', settings: MANAGED, expect: 129 + 129 },
    { asOf: '2025-08-01', era: '1 ms, init billed', kind: 'zip', settings: MANAGED, expect: 296 + 129 },
    { asOf: '2026-11-21', era: '1 ms, init billed', kind: 'zip', settings: MANAGED, expect: 296 + 129 },
    { asOf: '2026-11-21', era: '1 ms, init billed', kind: 'image', settings: IMAGE, expect: 296 + 129 },
  ])('on $asOf ($era), $kind: $expect ms', ({ asOf, settings, expect: milliseconds }) => {
    const { functions, bill } = billed(asOf, settings);
    // The pricing page of 2019 showed two digits less.
    const price = asOf < '2020-01-01' ? 0.00001667 : 0.0000166667;
    expect(functions.f?.billed).toMatchObject({
      requests: 2,
      durationMs: milliseconds,
      gbSeconds: milliseconds / 1_000,
    });
    const duration = bill.lines.find((line) => line.unit === 'GB-s' || /duration/i.test(line.item));
    expect([duration?.quantity, duration?.usd]).toEqual([
      expect.closeTo(milliseconds / 1_000, 12),
      expect.closeTo((milliseconds / 1_000) * price, 12),
    ]);
    expect(bill.total).toBeCloseTo(2 * 0.2e-6 + (milliseconds / 1_000) * price, 12);
  });

  it('never counts a free init as GB-seconds, and shows what rounding costs', () => {
    expect(billed('2019-12-18', MANAGED).functions.f?.gbSecondsBy).toEqual({
      handler: expect.closeTo(0.25766, 12),
      init: 0,
      downstream: 0,
      rounding: expect.closeTo(0.4 - 0.25766, 12),
      failed: 0,
      retried: 0,
      provisionedIdle: 0,
    });
    const today = billed('2026-11-21', MANAGED).functions.f!.gbSecondsBy;
    expect([today.init, today.rounding]).toEqual([
      expect.closeTo(0.16662, 12),
      expect.closeTo(0.425 - 0.25766 - 0.16662, 12),
    ]);
  });

  it('is the Duration alone in every log: the init is apart', () => {
    for (const asOf of ['2019-12-18', '2024-06-01', '2026-11-21']) {
      const { functions } = billed(asOf, MANAGED);
      expect(functions.f?.duration).toMatchObject({ count: 2, min: 128.83, max: 128.83 });
      expect(functions.f?.initDuration).toMatchObject({ count: 1, mean: 166.62 });
    }
  });

  it('is at least one unit', () => {
    expect(billed('2019-12-18', { duration: constant(0), ...MANAGED }).functions.f?.billed.durationMs).toBe(200);
    expect(billed('2024-06-01', { duration: constant(0), ...MANAGED }).functions.f?.billed.durationMs).toBe(2);
  });
});

describe('what a failed run costs', () => {
  it('is what a good one costs: an error its duration, a timeout the timeout', () => {
    const { functions } = billed('2024-06-01', { ...MANAGED, errorRate: 1 });
    expect(functions.f).toMatchObject({ errors: 2, billed: { durationMs: 258 }, gbSecondsBy: { failed: 0.258 } });
    const late = billed('2024-06-01', {
      ...MANAGED,
      duration: constant(90 * SECOND),
      timeout: 3 * SECOND,
      init: constant(0),
    });
    expect(late.functions.f).toMatchObject({
      errors: 2,
      timeouts: 2,
      billed: { durationMs: 6_000 },
      gbSecondsBy: { failed: 6 },
    });
  });
});

describe('storage above 512 MB', () => {
  it('is billed for the billed time, init included', () => {
    const { functions } = billed('2026-11-21', { ...MANAGED, ephemeralStorage: 2_560 });
    expect(functions.f?.billed.storageGbSeconds).toBeCloseTo(2 * 0.425, 12);
  });
});
