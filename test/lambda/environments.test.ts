import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import { FUNCTION_TIMEOUT, OK } from '../../src/lambda/outcome.js';
import type { LambdaFunctionSettings } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

const at = (instants: number[], settings: Partial<LambdaFunctionSettings> = {}, duration = 12 * HOUR) =>
  aScenario()
    .run({ duration })
    .withFunction('f', { duration: constant(SECOND), ...settings })
    .withTraffic('web', 'f', { kind: 'trace-instants', instants });

/** C for a cold start, w for a warm one, in order of time. */
const starts = (scenario: ReturnType<typeof at>): string =>
  traced(scenario.build())
    .attempts.map(({ kind }) => (kind === 1 ? 'C' : 'w'))
    .join('');

describe('A8: an idle environment', () => {
  it('is warm until its keep-alive has passed since its last handler ended, and gone at that instant', () => {
    const second = (gap: number) => starts(at([0, SECOND + gap], { keepAlive: constant(600 * SECOND) }));
    expect([600 * SECOND - 1, 600 * SECOND, 600 * SECOND + 1].map(second)).toEqual(['Cw', 'CC', 'CC']);
  });

  it('begins a new idle life with each use', () => {
    const every9Minutes = Array.from({ length: 20 }, (_, i) => i * 9 * MINUTE);
    expect(starts(at(every9Minutes))).toBe(`C${'w'.repeat(19)}`);
  });

  // M. Shilkov, "AWS Lambda: Cold Starts After 10 Minutes" (2019); his measurements of January 2021; EuroSys 2026 data set of probes of 2025.
  it.each([
    ['2019-05-01', 24 * MINUTE, 61 * MINUTE],
    ['2019-08-01', 10 * MINUTE - 1, 10 * MINUTE],
    ['2021-06-01', 300 * SECOND - 1, 420 * SECOND],
    ['2026-11-21', 265 * SECOND - 1, 360 * SECOND],
  ])('as measured on %s is never gone after %d us and always after %d us', (asOf, warmGap, coldGap) => {
    const cold = (gap: number) => {
      const instants = Array.from({ length: 200 }, (_, i) => i * (gap + SECOND));
      const scenario = at(instants, { keepAlive: undefined }, 300 * HOUR).asOf(asOf);
      return simulate(scenario.build()).functions.f!.coldStarts;
    };
    expect([cold(warmGap), cold(coldGap)]).toEqual([1, 200]);
  });

  it('ends at the instant its life ends, whenever that is noticed: the average counts it to there', () => {
    const { trace, result } = traced(at([0, HOUR], { keepAlive: constant(10 * MINUTE) }, 2 * HOUR).build());
    expect(trace.closings.map(({ at: instant }) => instant)).toEqual([601 * SECOND, HOUR + 601 * SECOND]);
    expect(result.functions.f?.environments).toEqual({ mean: 1_202 / 7_200, max: 1, created: 2 });
  });

  it('draws each idle life anew', () => {
    const gaps = Array.from({ length: 40 }, (_, i) => i * 20 * SECOND);
    const kinds = starts(at(gaps, { keepAlive: { kind: 'samples', values: [5 * SECOND, 60 * SECOND] } }));
    expect(kinds.slice(1)).toMatch(/w.*C|C.*w/);
  });
});

describe('A9: an environment past its maximum age', () => {
  const aged = { maximumAge: constant(HOUR), keepAlive: constant(HOUR) };

  it('is not used again, though requests never stop', () => {
    const everyMinute = Array.from({ length: 180 }, (_, i) => i * MINUTE);
    const kinds = starts(at(everyMinute, aged));
    expect([...kinds.matchAll(/C/g)].map(({ index }) => index)).toEqual([0, 60, 120]);
  });

  it('is never ended in the middle of an invocation', () => {
    const scenario = at([0, HOUR - SECOND, HOUR + 5 * MINUTE], { ...aged, duration: constant(10 * MINUTE) });
    expect(starts(scenario)).toBe('CwC');
    expect(simulate(scenario.build()).traffic.web?.succeeded).toBe(3);
  });

  // theburningmonk.com (2017): about four hours; Xebia (about 2021): about two.
  it.each([
    ['2019-12-18', 3.5, 4.5],
    ['2026-11-21', 2, 2.25],
  ])('is on %s between %d and %d hours old', (asOf, low, high) => {
    const everyMinute = Array.from({ length: 10 * 60 }, (_, i) => i * MINUTE);
    const scenario = at(everyMinute, { maximumAge: undefined, duration: constant(0) }).asOf(asOf);
    const { attempts } = traced(scenario.build());
    const cold = attempts.filter(({ kind }) => kind === 1).map(({ attemptAt }) => attemptAt / HOUR);
    const lives = cold.slice(1).map((birth, i) => birth - cold[i]!);
    expect(lives.length).toBeGreaterThanOrEqual(2);
    expect(Math.min(...lives)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...lives)).toBeLessThanOrEqual(high + 1 / 60);
  });
});

describe('of several idle environments', () => {
  /** Which of four environments serve requests that come one at a time, after all four were needed at once. */
  const served = (order: string) => {
    const instants = [0, 1, 2, 3, ...Array.from({ length: 6 }, (_, i) => (i + 1) * MINUTE)];
    const scenario = at(instants).rules({ 'environment-choice': { order } });
    return traced(scenario.build())
      .attempts.slice(4)
      .map(({ environment }) => environment);
  };

  it('the one used last is used again (Z10)', () => {
    expect(served('most-recently-used')).toEqual([3, 3, 3, 3, 3, 3]);
  });

  it('the one idle longest may be chosen instead: all take turns', () => {
    expect(served('least-recently-used')).toEqual([0, 1, 2, 3, 0, 1]);
  });

  it('or any of them, with equal chance: 8,000 choices among four, seed 1', () => {
    const instants = [0, 1, 2, 3, ...Array.from({ length: 8_000 }, (_, i) => (i + 1) * 4 * SECOND)];
    const scenario = at(instants).rules({ 'environment-choice': { order: 'random' } });
    const counts = [0, 0, 0, 0];
    for (const { environment } of traced(scenario.build()).attempts.slice(4)) counts[environment]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
    // 3 degrees of freedom: the 99.9% point.
    expect(chiSquare).toBeLessThan(16.27);
    expect(counts.reduce((a, b) => a + b)).toBe(8_000);
  });

  it('most recently used first lets the surplus expire; the other order keeps all four', () => {
    const instants = [0, 1, 2, 3, ...Array.from({ length: 60 }, (_, i) => (i + 1) * MINUTE)];
    const existing = (order: string) => {
      const scenario = at(instants, {}, HOUR + 30 * SECOND).rules({ 'environment-choice': { order } });
      const { trace } = traced(scenario.build());
      return 4 - trace.closings.length;
    };
    expect([existing('most-recently-used'), existing('least-recently-used')]).toEqual([1, 4]);
  });
});

describe('initial environments', () => {
  it('are idle and initialised at time 0: no cold start, no first run, no init on the bill', () => {
    const settings = { initialEnvironments: 3, init: constant(2 * SECOND), firstDuration: constant(9 * SECOND) };
    const { functions } = simulate(at([0, 0, 0], settings).build());
    expect(functions.f).toMatchObject({ coldStarts: 0, invocations: 3, environments: { max: 3 } });
    expect([functions.f?.duration.max, functions.f?.gbSecondsBy.init]).toEqual([1_000, 0]);
  });

  it('are kept alive like any other', () => {
    expect(starts(at([600 * SECOND - 1], { initialEnvironments: 1 }))).toBe('w');
    expect(starts(at([600 * SECOND], { initialEnvironments: 1 }))).toBe('C');
  });

  it('take nothing from the allowance of new ones', () => {
    const scenario = at([], { initialEnvironments: 500, duration: constant(60 * SECOND) }, MINUTE)
      .account({ concurrencyLimit: 10_000 })
      .withTraffic('burst', 'f', { kind: 'burst', at: 0, count: 1_600 });
    expect(simulate(scenario.build()).functions.f).toMatchObject({ coldStarts: 1_000, throttles: 100 });
  });
});

describe('extensions', () => {
  const extended = { extensions: { init: constant(300_000), after: constant(2 * SECOND) }, init: constant(200_000) };

  it('add to the init, and are billed after the handler, while the client has its answer', () => {
    const scenario = at([0, MINUTE], { ...extended, memory: 1_024 });
    const { result, attempts } = traced(scenario.build());
    expect(attempts.map(({ answeredAt, arrivedAt }) => (answeredAt - arrivedAt) / SECOND)).toEqual([1.5, 1]);
    expect(result.functions.f?.duration).toMatchObject({ min: 1_000, max: 1_000 });
    expect(result.functions.f?.initDuration.mean).toBe(500);
    expect(result.functions.f?.billed.gbSeconds).toBe(3.5 + 3);
  });

  it('hold the environment, but not its concurrency', () => {
    const scenario = at(
      [0, 2 * SECOND, 6 * SECOND],
      { ...extended, reservedConcurrency: 1, init: constant(0) },
      MINUTE,
    );
    // The first handler ends at 1.3 s, its environment is free at 3.3 s: the second request needs another, and may have it.
    expect(starts(scenario)).toBe('CCw');
    expect(simulate(scenario.build()).functions.f).toMatchObject({
      throttles: 0,
      concurrency: { mean: expect.closeTo(3.6 / 60, 12), max: 1 },
      environments: { max: 2 },
    });
  });

  it('have the function timeout together with the handler', () => {
    const { functions } = simulate(
      at([0], { ...extended, memory: 1_024, timeout: 1.5 * SECOND, init: constant(0) }).build(),
    );
    expect([functions.f?.duration.mean, functions.f?.timeouts, functions.f?.billed.gbSeconds]).toEqual([1_000, 1, 1.8]);
  });

  it('that pass the timeout reset the environment, though the client had its answer', () => {
    const overrun = { ...extended, timeout: 1.8 * SECOND, init: constant(200_000) };
    const { result, attempts } = traced(at([0, MINUTE], overrun).build());
    expect(attempts.map(({ answer, outcome }) => [answer, outcome])).toEqual([
      [OK, FUNCTION_TIMEOUT],
      [OK, FUNCTION_TIMEOUT],
    ]);
    // The second repeats the init of 500 ms inside its Duration.
    expect(attempts.map(({ duration }) => duration)).toEqual([SECOND, 1.5 * SECOND]);
    expect([result.functions.f?.errors, result.traffic.web?.succeeded]).toEqual([2, 2]);
  });
});
