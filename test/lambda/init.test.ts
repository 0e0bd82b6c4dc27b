import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { FUNCTION_ERROR, FUNCTION_TIMEOUT, OK } from '../../src/lambda/outcome.js';
import type { LambdaFunctionSettings } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

/** One GB, so that GB-seconds read as seconds. */
const at = (instants: number[], settings: Partial<LambdaFunctionSettings>, asOf = '2026-11-21') =>
  aScenario()
    .asOf(asOf)
    .run({ duration: HOUR })
    .withFunction('f', { memory: 1_024, duration: constant(SECOND), ...settings })
    .withTraffic('web', 'f', { kind: 'trace-instants', instants });

/** Of each attempt, in seconds: latency, Duration, Init Duration; and how it ended. */
function shown(scenario: ReturnType<typeof at>): [latency: number, duration: number, init: number, outcome: number][] {
  return traced(scenario.build()).attempts.map((attempt) => [
    (attempt.answeredAt - attempt.arrivedAt) / SECOND,
    attempt.duration / SECOND,
    attempt.init / SECOND,
    attempt.outcome,
  ]);
}

describe('T4: an init of 12 s on demand', () => {
  // AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"; measured by bitesizedserverless.com (2022).
  it('is given up at 10 s and run again inside the invocation: 23 s for the client, Duration 13 s, no Init Duration', () => {
    const scenario = at([0], { init: constant(12 * SECOND), timeout: 30 * SECOND });
    expect(shown(scenario)).toEqual([[23, 13, 0, OK]]);
    const fn = simulate(scenario.build()).functions.f!;
    expect([fn.coldStarts, fn.initDuration.count, fn.duration.mean]).toEqual([1, 0, 13_000]);
  });

  it('fails at 20 s when the function times out after 10 s', () => {
    expect(shown(at([0], { init: constant(12 * SECOND), timeout: 10 * SECOND }))).toEqual([
      [20, 10, 0, FUNCTION_TIMEOUT],
    ]);
  });

  it('is within the limit at exactly 10 s', () => {
    expect(shown(at([0], { init: constant(10 * SECOND) }))).toEqual([[11, 1, 10, OK]]);
    expect(shown(at([0], { init: constant(10 * SECOND + 1) }))).toEqual([[21.000001, 11.000001, 0, OK]]);
  });

  it('leaves a warm environment behind', () => {
    expect(shown(at([0, MINUTE], { init: constant(12 * SECOND), timeout: 30 * SECOND }))).toEqual([
      [23, 13, 0, OK],
      [1, 1, 0, OK],
    ]);
  });

  // The part that was given up is billed since 2025-08-01, and was not before (Z5); the repeated part is Duration, and always was billed.
  it.each([
    ['2019-12-18', 13],
    ['2021-06-01', 13],
    ['2024-06-01', 13],
    ['2025-07-31', 13],
    ['2025-08-01', 23],
    ['2026-11-21', 23],
  ])('is billed on %s as %d s', (asOf, billed) => {
    const { functions } = simulate(at([0], { init: constant(12 * SECOND), timeout: 30 * SECOND }, asOf).build());
    expect([functions.f?.billed.gbSeconds, functions.f?.gbSecondsBy.init]).toEqual([billed, billed - 1]);
  });

  it('may be given the CPU share of its memory when it is repeated', () => {
    const half = 1_769 / 2;
    const scenario = at([0], { memory: half, init: constant(12 * SECOND), timeout: 60 * SECOND });
    expect(shown(scenario.rules({ 'init-phase': { rerunShare: 'normal' } }))).toEqual([[35, 25, 0, OK]]);
  });
});

describe('A6: an environment whose invocation timed out', () => {
  // AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle", Failures during the invoke phase.
  const slowFirst = { init: constant(2 * SECOND), firstDuration: constant(5 * SECOND), timeout: 3 * SECOND };

  it('ends at its timeout exactly, for the client at that moment (Z20)', () => {
    expect(shown(at([0], slowFirst))).toEqual([[5, 3, 2, FUNCTION_TIMEOUT]]);
  });

  it('is used again, and initialises inside that invocation: Duration grows, no Init Duration, no cold start', () => {
    const scenario = at([0, MINUTE, 2 * MINUTE], { ...slowFirst, timeout: 4 * SECOND });
    expect(shown(scenario)).toEqual([
      [6, 4, 2, FUNCTION_TIMEOUT],
      [3, 3, 0, OK],
      [1, 1, 0, OK],
    ]);
    const { functions, traffic } = simulate(scenario.build());
    expect(functions.f).toMatchObject({
      invocations: 3,
      coldStarts: 1,
      errors: 1,
      timeouts: 1,
      environments: { created: 1 },
    });
    expect(functions.f?.initDuration.count).toBe(1);
    expect(functions.f?.gbSecondsBy.init).toBe(4);
    expect(traffic.web?.parts).toMatchObject({ init: 1_000, handler: 1_000 });
  });

  it('times out again and again when init and handler together never fit', () => {
    const scenario = at([0, MINUTE, 2 * MINUTE], {
      init: constant(2.5 * SECOND),
      firstDuration: constant(9 * SECOND),
      timeout: 3 * SECOND,
    });
    expect(shown(scenario).map(([, duration, , outcome]) => [duration, outcome])).toEqual(
      Array(3).fill([3, FUNCTION_TIMEOUT]),
    );
  });

  it('counts a function error as no reset', () => {
    expect(
      shown(at([0, MINUTE], { init: constant(2 * SECOND), errorRate: 1 })).map(([, duration]) => duration),
    ).toEqual([1, 1]);
  });
});

describe('A10: SnapStart', () => {
  // AWS Lambda Developer Guide, "Improving startup performance with Lambda SnapStart": the hook after the restore is billed, the restore is not.
  const snap = {
    runtime: 'java21',
    init: constant(6 * SECOND),
    snapStart: { restore: constant(400_000), afterRestore: constant(100_000) },
  };

  it('fails, without running the handler, when restore and hook take more than 10 s', () => {
    const slow = { ...snap, snapStart: { restore: constant(9 * SECOND), afterRestore: constant(2 * SECOND) } };
    const scenario = at([0], slow);
    expect(shown(scenario)).toEqual([[10, 0, 10, FUNCTION_ERROR]]);
    const fn = simulate(scenario.build()).functions.f!;
    // What ran of the hook before the limit is billed, the restore is not.
    expect([fn.errors, fn.coldStarts, fn.billed.durationMs]).toEqual([1, 1, 1_000]);
  });

  it('restores instead of initialising, and bills the hook alone', () => {
    const scenario = at([0, MINUTE], snap);
    expect(shown(scenario)).toEqual([
      [1.5, 1, 0.5, OK],
      [1, 1, 0, OK],
    ]);
    expect(simulate(scenario.build()).functions.f?.billed.gbSeconds).toBe(2.1);
  });

  it('bills the hook also on a day when other inits were free', () => {
    expect(simulate(at([0], snap, '2023-06-01').build()).functions.f?.billed.gbSeconds).toBe(1.1);
  });

  it('takes its restore from the rule when the scenario gives none', () => {
    const scenario = at([0], { ...snap, snapStart: { restore: undefined, afterRestore: undefined } });
    const ms = simulate(scenario.rules({ 'snap-start': { restore: constant(250_000) } }).build()).functions.f
      ?.initDuration.mean;
    expect(ms).toBe(250);
  });
});

describe('the first run in an environment', () => {
  it('takes firstDuration, on provisioned environments too', () => {
    const settings = { firstDuration: constant(3 * SECOND), provisionedConcurrency: 1 };
    expect(shown(at([0, 0, MINUTE, MINUTE], settings)).map(([, duration]) => duration)).toEqual([3, 3, 1, 1]);
  });
});

describe('a cold start', () => {
  it('is, for the client, platform time, download, init and handler; the log shows the last two', () => {
    const scenario = at([0], { init: constant(200_000), packageSize: 40 * 2 ** 20 }).rules({
      'platform-overhead': { cold: constant(80_000), warm: constant(7_000) },
    });
    // AWS publishes no download time; the rule takes 0.5 ms a MB: 40 MB are 20 ms.
    expect(shown(scenario)).toEqual([[1.3, 1, 0.2, OK]]);
    expect(simulate(scenario.build()).traffic.web?.parts).toEqual({
      wait: 0,
      overhead: 100,
      init: 200,
      handler: 1_000,
      downstream: 0,
      retryWait: 0,
    });
  });

  it('of an image waits half as long again for the platform', () => {
    const scenario = at([0], { packageType: 'Image' }).rules({
      'platform-overhead': { cold: constant(80_000), warm: constant(0) },
    });
    expect(shown(scenario)[0]?.[0]).toBe(1.12);
  });

  it('holds its concurrency from admission on; the warm platform time holds nothing', () => {
    const scenario = at([0, 10 * MINUTE], { init: constant(SECOND) }).rules({
      'platform-overhead': { cold: constant(2 * SECOND), warm: constant(5 * SECOND) },
    });
    // 2 + 1 + 1 s cold, 1 s warm, of an hour.
    expect(simulate(scenario.build()).functions.f?.concurrency).toEqual({ mean: 5 / 3_600, max: 1 });
    expect(shown(scenario).map(([latency]) => latency)).toEqual([4, 6]);
  });
});
