import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

const LEGACY = '2019-12-18';
const CURRENT = '2026-11-21';
const REASON = 'FunctionInvocationRateLimitExceeded';

/** Cold starts and throttles of the requests made at each instant. */
function coldAndThrottled(scenario: ScenarioBuilder): [seconds: number, cold: number, throttled: number][] {
  const at = new Map<number, [number, number]>();
  for (const attempt of traced(scenario.build()).attempts) {
    const counts = at.get(attempt.attemptAt) ?? [0, 0];
    if (attempt.kind === 1) counts[0]++;
    if (attempt.reason === REASON) counts[1]++;
    at.set(attempt.attemptAt, counts);
  }
  return [...at].map(([instant, [cold, throttled]]) => [instant / SECOND, cold, throttled]);
}

function bursts(asOf: string, handler: number, ...counts: [at: number, count: number][]): ScenarioBuilder {
  const scenario = aScenario()
    .asOf(asOf)
    .run({ duration: 10 * MINUTE })
    .account({ concurrencyLimit: 10_000 })
    .withFunction('f', { duration: constant(handler) });
  for (const [i, [at, count]] of counts.entries()) scenario.withTraffic(`b${i}`, 'f', { kind: 'burst', at, count });
  return scenario;
}

describe('T5: 10,000 calls under the rule of a region, as AWS works it out', () => {
  // AWS Lambda Operator Guide, on-demand scaling: burst 3,000 and 500 more each minute, L = 10,000, us-east-1.
  it.each([
    { spread: 'all at once', counts: [10_000], throttled: [7_000] },
    { spread: 'over two minutes', counts: [5_000, 5_000], throttled: [2_000, 1_500] },
    { spread: 'over three minutes', counts: [3_333, 3_333, 3_333], throttled: [333, 0, 0] },
    { spread: 'over four minutes', counts: [2_500, 2_500, 2_500, 2_500], throttled: [0, 0, 0, 0] },
  ])('$spread: $throttled are throttled', ({ counts, throttled }) => {
    const minutes = counts.map((count, minute): [number, number] => [minute * MINUTE, count]);
    expect(coldAndThrottled(bursts(LEGACY, 30 * SECOND, ...minutes)).map(([, , refused]) => refused)).toEqual(
      throttled,
    );
  });

  it.each([
    ['us-east-1', 3_000],
    ['us-west-2', 3_000],
    ['eu-west-1', 3_000],
    ['ap-northeast-1', 1_000],
    ['eu-central-1', 1_000],
    ['sa-east-1', 500],
  ])('%s makes %d environments at once', (region, burst) => {
    const scenario = { ...bursts(LEGACY, 30 * SECOND, [0, 4_000]).build(), region };
    expect(simulate(scenario).functions.f).toMatchObject({
      coldStarts: burst,
      throttlesByReason: { [REASON]: 4_000 - burst },
    });
  });
});

describe('T6: the rule of each function since November 2023', () => {
  // AWS Lambda Developer Guide, "Lambda scaling behavior": 1,000 environments in 10 s, refilled continuously.
  it('makes 1,000 of 3,000 at once, and 1,000 of 3,000 more ten seconds later', () => {
    expect(coldAndThrottled(bursts(CURRENT, 60 * SECOND, [0, 3_000], [10 * SECOND, 3_000]))).toEqual([
      [0, 1_000, 2_000],
      [10, 1_000, 2_000],
    ]);
  });

  it('makes 500 after five seconds', () => {
    expect(coldAndThrottled(bursts(CURRENT, 60 * SECOND, [0, 3_000], [5 * SECOND, 3_000]))).toEqual([
      [0, 1_000, 2_000],
      [5, 500, 2_500],
    ]);
  });

  it('saves nothing up: an hour without requests leaves 1,000 (Z2)', () => {
    const scenario = bursts(CURRENT, 60 * SECOND, [3_000 * SECOND, 3_000]).run({ duration: 3_600 * SECOND });
    expect(coldAndThrottled(scenario)).toEqual([[3_000, 1_000, 2_000]]);
  });

  it('changes on its day', () => {
    const cold = (asOf: string) => simulate(bursts(asOf, 60 * SECOND, [0, 4_000]).build()).functions.f!.coldStarts;
    expect([cold('2023-11-25'), cold('2023-11-26')]).toEqual([3_000, 1_000]);
  });
});

describe('who shares an allowance', () => {
  const two = (asOf: string): ScenarioBuilder =>
    aScenario()
      .asOf(asOf)
      .run({ duration: 2 * MINUTE })
      .account({ concurrencyLimit: 10_000 })
      .withFunction('a', { duration: constant(30 * SECOND) })
      .withFunction('b', { duration: constant(30 * SECOND), reservedConcurrency: 2_000 })
      .withTraffic('first', 'a', { kind: 'burst', at: 0, count: 2_500 })
      .withTraffic('second', 'b', { kind: 'burst', at: SECOND, count: 1_200 });
  const cold = (scenario: ScenarioBuilder) =>
    Object.values(simulate(scenario.build()).functions).map((fn) => [fn.coldStarts, fn.throttlesByReason]);

  it('before, the region: what one function took the other lacks, reservation or not (Z1, Z22)', () => {
    expect(cold(two(LEGACY))).toEqual([
      [2_500, {}],
      [500, { [REASON]: 700 }],
    ]);
  });

  it('now, nobody', () => {
    expect(cold(two(CURRENT))).toEqual([
      [1_000, { [REASON]: 1_500 }],
      [1_000, { [REASON]: 200 }],
    ]);
  });
});

describe('Z1: an allowance of the region', () => {
  it('takes nothing for a warm start, and gets nothing back when environments end', () => {
    // The 3,500 environments have expired at 691 s, ten minutes after their last use; ten marks brought what the allowance can hold.
    const scenario = bursts(
      LEGACY,
      30 * SECOND,
      [0, 3_000],
      [MINUTE, 3_000],
      [61 * SECOND, 1_000],
      [11 * MINUTE + 31 * SECOND, 4_000],
    );
    expect(coldAndThrottled(scenario.run({ duration: 20 * MINUTE }))).toEqual([
      [0, 3_000, 0],
      [60, 0, 0],
      [61, 500, 500],
      [691, 3_000, 1_000],
    ]);
  });

  it('may be told to refill continuously', () => {
    const scenario = bursts(LEGACY, 30 * SECOND, [0, 4_000], [6 * SECOND, 1_000]).rules({
      'function-scaling-rate': { refill: 'continuous' },
    });
    expect(coldAndThrottled(scenario)).toEqual([
      [0, 3_000, 1_000],
      [6, 50, 950],
    ]);
  });
});
