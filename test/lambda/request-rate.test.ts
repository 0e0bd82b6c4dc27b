import { describe, expect, it } from 'vitest';
import { MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

const CALLER = 'CallerRateLimitExceeded';
const RESERVED = 'ReservedFunctionInvocationRateLimitExceeded';
const evenly = { arrivals: { kind: 'regular' } } as const;

/** What ran in each second, and what was throttled for each reason. */
function bySecond(scenario: ScenarioBuilder): { ran: number; reasons: Record<string, number> }[] {
  const rows: { ran: number; reasons: Record<string, number> }[] = [];
  for (const { attemptAt, reason } of traced(scenario.build()).attempts) {
    rows[Math.floor(attemptAt / SECOND)] ??= { ran: 0, reasons: {} };
    const row = rows[Math.floor(attemptAt / SECOND)]!;
    if (reason === '') row.ran++;
    else row.reasons[reason] = (row.reasons[reason] ?? 0) + 1;
  }
  return rows;
}

describe('T7: ten requests a second for each of 1,000', () => {
  // AWS Lambda Developer Guide, "Understanding Lambda function scaling", requests per second: 50 ms at 20,000/s needs 1,000 environments and still passes only 10,000.
  const at = (rate: number, handler: number) =>
    aScenario()
      .run({ duration: 5 * SECOND })
      .withFunction('f', { duration: constant(handler) })
      .withTraffic('web', 'f', rate, evenly);

  it('of 20,000 that take 50 ms, 10,000 are served and 10,000 throttled from the third second on (Z17)', () => {
    const rows = bySecond(at(20_000, 50 * MILLISECOND));
    // The last of the first second, 50 us before its end, finds half a token.
    expect(rows[0]).toEqual({ ran: 19_999, reasons: { [CALLER]: 1 } });
    expect(rows.slice(2)).toEqual(Array(3).fill({ ran: 10_000, reasons: { [CALLER]: 10_000 } }));
  });

  it('10,000 that take 100 ms fit exactly', () => {
    expect(bySecond(at(10_000, 100 * MILLISECOND))).toEqual(Array(5).fill({ ran: 10_000, reasons: {} }));
  });

  it('one more a second is one too many, once the allowance of the first second is used up', () => {
    const { functions } = simulate(
      at(10_001, 50 * MILLISECOND)
        .run({ duration: 100 * SECOND, warmUp: 99 * SECOND })
        .build(),
    );
    expect(functions.f).toMatchObject({ invocations: 10_001, throttles: 0 });
    const { functions: later } = simulate(
      at(10_100, 50 * MILLISECOND)
        .run({ duration: 102 * SECOND, warmUp: 101 * SECOND })
        .build(),
    );
    expect(later.f).toMatchObject({ invocations: 10_000, throttlesByReason: { [CALLER]: 100 } });
  });
});

describe('T8: ten requests a second for each of 10 provisioned', () => {
  // AWS Lambda Developer Guide, "Understanding Lambda function scaling": spillover begins at 10 in flight or at 100 requests a second.
  it('of 150 that take 20 ms, 100 run provisioned and 50 spill over from the third second on', () => {
    const scenario = aScenario()
      .run({ duration: 10 * SECOND, warmUp: 2 * SECOND })
      .withFunction('f', { duration: constant(20 * MILLISECOND), provisionedConcurrency: 10 })
      .withTraffic('web', 'f', 150, evenly);
    expect(simulate(scenario.build()).functions.f).toMatchObject({
      invocations: 1_200,
      provisionedInvocations: 800,
      spilloverInvocations: 400,
      throttles: 0,
    });
  });

  it('100 that take 20 ms stay on provisioned environments', () => {
    const scenario = aScenario()
      .run({ duration: 10 * SECOND })
      .withFunction('f', { duration: constant(20 * MILLISECOND), provisionedConcurrency: 10 })
      .withTraffic('web', 'f', 100, evenly);
    expect(simulate(scenario.build()).functions.f).toMatchObject({
      provisionedInvocations: 1_000,
      spilloverInvocations: 0,
    });
  });
});

describe('the rate of a reservation', () => {
  it('is ten for each, with a reason of its own', () => {
    const scenario = aScenario()
      .run({ duration: 4 * SECOND })
      .withFunction('f', { duration: constant(10 * MILLISECOND), reservedConcurrency: 5 })
      .withTraffic('web', 'f', 80, evenly);
    expect(bySecond(scenario).slice(2)).toEqual(Array(2).fill({ ran: 50, reasons: { [RESERVED]: 30 } }));
  });

  it('is not used up by requests that were throttled for want of concurrency', () => {
    // 1 in flight: of ten a tenth of a second apart with a 450 ms handler every fifth runs; the allowance of 10 a second would have gone to the others.
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .withFunction('f', { duration: constant(450 * MILLISECOND), reservedConcurrency: 1 })
      .withTraffic('web', 'f', 100, evenly);
    const { functions } = simulate(scenario.build());
    expect(functions.f).toMatchObject({
      invocations: 134,
      throttlesByReason: { ReservedFunctionConcurrentInvocationLimitExceeded: 6_000 - 134 },
    });
  });
});

describe('the bucket of a request rate (Z17)', () => {
  it('holds one second of the rate, or what the rule is told', () => {
    // Handlers of no time: nothing but the rate limits 5,000 at one instant.
    const at = (window: number) =>
      simulate(
        aScenario()
          .run({ duration: SECOND })
          .account({ concurrencyLimit: 100 })
          .rules({ 'request-rate-quota': { window } })
          .withFunction('f', { duration: constant(0) })
          .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 5_000 })
          .build(),
      ).functions.f;
    expect([SECOND, SECOND / 2, 2 * SECOND].map((window) => at(window)?.throttlesByReason)).toEqual([
      { [CALLER]: 4_000 },
      { [CALLER]: 4_500 },
      { [CALLER]: 3_000 },
    ]);
  });
});
