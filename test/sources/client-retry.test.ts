import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/units.js';
import type { RetryCause, RetrySettings, Scenario } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

const sdk = (mode: 'standard' | 'legacy' | 'adaptive', maximumAttempts?: number): RetrySettings => ({
  kind: 'sdk',
  mode,
  maximumAttempts,
});
const backoff = (changes: Partial<Extract<RetrySettings, { kind: 'backoff' }>> = {}): RetrySettings => ({
  kind: 'backoff',
  interval: SECOND,
  backoffRate: 2,
  maximumDelay: HOUR,
  jitter: 'none',
  maximumAttempts: 5,
  on: ['throttle', 'serviceError'],
  ...changes,
});

const BEFORE = '2026-10-31';
const SINCE = '2026-11-01';

/** 100 requests a minute apart, so that each is over before the next; none succeeds. */
const oneByOne = (asOf: string, retry: RetrySettings, failing: (scenario: ScenarioBuilder) => void): Scenario => {
  const scenario = aScenario()
    .asOf(asOf)
    .run({ duration: 100 * MINUTE });
  failing(scenario);
  const instants = Array.from({ length: 100 }, (_, i) => i * MINUTE);
  return scenario.withTraffic('web', 'f', { kind: 'trace-instants', instants }, { retry, timeout: SECOND }).build();
};
const throttled = (scenario: ScenarioBuilder) => scenario.withFunction('f', { reservedConcurrency: 0 });
const broken = (scenario: ScenarioBuilder) =>
  scenario.account({ outages: [{ at: 0, for: 100 * MINUTE, share: 1 }] }).withFunction('f');
const slow = (scenario: ScenarioBuilder) => scenario.withFunction('f', { duration: constant(10 * SECOND) });

/** How many attempts each request took. */
function attemptsEach(scenario: Scenario): number[] {
  const counts = new Map<number, number>();
  for (const { arrivedAt, attemptAt, fn } of traced(scenario).attempts) {
    if (fn >= 0 && attemptAt >= 0) counts.set(arrivedAt, (counts.get(arrivedAt) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe('an SDK client in standard mode', () => {
  // AWS SDKs and Tools Reference Guide, "Retry behavior": 500 tokens; a retry of a throttle takes 5, of a transient error 14
  // (5 before November 2026), after a time-out 14 (10). A client without enough gives up at once.
  it.each([
    ['a throttle', BEFORE, throttled, 100],
    ['a throttle', SINCE, throttled, 100],
    ['a service error', BEFORE, broken, 100],
    ['a service error', SINCE, broken, 35],
    ['its own time-out', BEFORE, slow, 50],
    ['its own time-out', SINCE, slow, 35],
  ])('after %s (%s) makes three attempts until its tokens run dry, then one', (_cause, asOf, failing, retries) => {
    const whole = Math.floor(retries / 2);
    const expected = Array.from({ length: 100 }, (_, i) => (i < whole ? 3 : i === whole && retries % 2 === 1 ? 2 : 1));
    const scenario = oneByOne(asOf, sdk('standard'), failing);
    expect(attemptsEach(scenario)).toEqual(expected);
    expect(simulate(scenario).traffic.web?.attempts).toBe(100 + retries);
  });

  it('fails fast within one burst as well: 100 of 200 throttled requests are tried again once', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .withFunction('f', { reservedConcurrency: 0 })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 200 }, { retry: sdk('standard') });
    expect(simulate(scenario.build()).traffic.web).toMatchObject({ offered: 200, attempts: 300, throttled: 200 });
  });

  it('gets its tokens back by success: one for a plain one, what the retry took for a repeated one', () => {
    // 20 outages of 30 s, each fails one request three times (28 tokens); between them 40 plain successes return 28 at least.
    const instants = Array.from({ length: 20 * 41 }, (_, i) => i * MINUTE);
    const outages = Array.from({ length: 20 }, (_, i) => ({ at: i * 41 * MINUTE, for: 30 * SECOND, share: 1 }));
    const scenario = aScenario()
      .run({ duration: 20 * 41 * MINUTE })
      .account({ outages })
      .withFunction('f')
      .withTraffic('web', 'f', { kind: 'trace-instants', instants }, { retry: sdk('standard') });
    expect(simulate(scenario.build()).traffic.web).toMatchObject({
      attempts: 20 * 41 + 40,
      failed: 20,
      succeeded: 800,
    });
  });

  it('does not try a function error again', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .withFunction('f', { errorRate: 1 })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 10 }, { retry: sdk('standard') });
    expect(simulate(scenario.build()).traffic.web).toMatchObject({ attempts: 10, failed: 10 });
  });

  it.each([
    ['a throttle', BEFORE, throttled, [1, 2]],
    ['a throttle', SINCE, throttled, [1, 2]],
    ['a service error', BEFORE, broken, [1, 2]],
    ['a service error', SINCE, broken, [0.05, 0.1]],
  ])('after %s (%s) waits a uniform share of a span that doubles', (_cause, asOf, failing, spans) => {
    const rules = { 'client-retry': { quota: 1e6 } };
    const scenario = {
      ...oneByOne(asOf, sdk('standard'), failing),
      rules: { ...oneByOne(asOf, sdk('standard'), failing).rules, ...rules },
    };
    const delays: number[][] = [[], []];
    let previous = 0;
    for (const { attempt, attemptAt } of traced(scenario).attempts) {
      if (attempt > 0) delays[attempt - 1]!.push((attemptAt - previous) / SECOND);
      previous = attemptAt;
    }
    for (const [retry, span] of spans.entries()) {
      const found = delays[retry]!;
      expect(found.length).toBe(100);
      expect(Math.max(...found)).toBeLessThanOrEqual(span);
      // 100 uniform draws: mean within 3.9 standard errors of the middle, and something near both ends.
      const mean = found.reduce((a, b) => a + b) / 100;
      expect(Math.abs(mean - span / 2)).toBeLessThan((3.891 * span) / Math.sqrt(12 * 100));
      expect([Math.min(...found) < span * 0.15, Math.max(...found) > span * 0.85]).toEqual([true, true]);
    }
  });
});

describe('an SDK client in legacy mode', () => {
  it('makes five attempts, whatever happened before, after at most 1, 2, 4 and 8 s', () => {
    const scenario = oneByOne(SINCE, sdk('legacy'), throttled);
    expect(attemptsEach(scenario)).toEqual(Array(100).fill(5));
    const longest = [0, 0, 0, 0];
    let previous = 0;
    for (const { attempt, attemptAt } of traced(scenario).attempts) {
      if (attempt > 0) longest[attempt - 1] = Math.max(longest[attempt - 1]!, (attemptAt - previous) / SECOND);
      previous = attemptAt;
    }
    expect(longest.map((delay, i) => delay <= 2 ** i && delay > 0.8 * 2 ** i)).toEqual([true, true, true, true]);
  });

  it('makes as many as it is told', () => {
    expect(attemptsEach(oneByOne(SINCE, sdk('legacy', 2), throttled))).toEqual(Array(100).fill(2));
  });
});

describe('an SDK client in adaptive mode', () => {
  // The function can do 20 a second; 25 are asked of it.
  const overload = (mode: 'standard' | 'adaptive') =>
    aScenario()
      .run({ duration: 5 * MINUTE })
      .rules({ 'request-rate-quota': { perConcurrency: 1e6 } })
      .withFunction('f', { duration: constant(100_000), reservedConcurrency: 2 })
      .withTraffic('web', 'f', 25, { retry: sdk(mode) })
      .build();
  const overloaded = (mode: 'standard' | 'adaptive') => simulate(overload(mode));

  it('slows down until few of its requests are throttled', () => {
    const throttles = (mode: 'standard' | 'adaptive') => overloaded(mode).functions.f!.throttles;
    expect(throttles('standard')).toBeGreaterThan(4 * throttles('adaptive'));
  });

  it('keeps the function busy most of the time', () => {
    expect(overloaded('adaptive').functions.f!.concurrency.mean).toBeGreaterThan(1.6);
  });

  it('sends requests in the order in which they came, and retries in turn with them', () => {
    const { attempts } = traced(overload('adaptive'));
    const sent = attempts.filter(({ attempt, attemptAt }) => attempt === 0 && attemptAt >= 0);
    const [first] = attempts.filter(({ reason }) => reason !== '');
    const inTurn = sent.filter(({ attemptAt }) => attemptAt > first!.attemptAt);
    expect(inTurn.length).toBeGreaterThan(1_000);
    // Of two first attempts at one instant the trace keeps the order of their ends, so instants are compared.
    const latestAt = new Map<number, number>();
    for (const { attemptAt, arrivedAt } of inTurn)
      latestAt.set(attemptAt, Math.max(arrivedAt, latestAt.get(attemptAt) ?? 0));
    const arrivals = [...latestAt].sort(([a], [b]) => a - b).map(([, arrivedAt]) => arrivedAt);
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
  });

  it('spaces requests at the least rate after a throttle nothing was measured before, looking again when a token is due', () => {
    // A throttle in the first half second leaves a rate of 0.5 a second and an empty bucket: one token takes 2 s.
    const scenario = aScenario()
      .run({ duration: 30 * SECOND })
      .withFunction('f', { reservedConcurrency: 0 })
      .withTraffic(
        'web',
        'f',
        { kind: 'trace-instants', instants: [0, 0.1, 0.2, 0.3].map((at) => at * SECOND) },
        {
          retry: sdk('adaptive', 1),
        },
      );
    const sent = traced(scenario.build()).attempts.map(({ attemptAt }) => attemptAt / SECOND);
    expect(sent).toEqual([0, 2, 4, 6]);
  });

  it('delays first attempts too, and shows it as wait', () => {
    expect(overloaded('adaptive').traffic.web!.parts.wait).toBeGreaterThan(0);
    expect(overloaded('standard').traffic.web!.parts.wait).toBe(0);
  });

  it('waits for nothing while nothing was throttled', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .withFunction('f')
      .withTraffic('web', 'f', 100, { retry: sdk('adaptive') });
    expect(simulate(scenario.build()).traffic.web).toMatchObject({ parts: { wait: 0, retryWait: 0 }, throttled: 0 });
  });
});

describe('a client with a back-off of its own', () => {
  const instants = (retry: RetrySettings) => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('f', { reservedConcurrency: 0 })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 1 }, { retry });
    return traced(scenario.build()).attempts.map(({ attemptAt }) => attemptAt / SECOND);
  };

  it('waits interval x rate^retry, at most its maximum, from the end of the failed attempt', () => {
    expect(instants(backoff())).toEqual([0, 1, 3, 7, 15]);
    expect(instants(backoff({ maximumDelay: 3 * SECOND }))).toEqual([0, 1, 3, 6, 9]);
    expect(instants(backoff({ backoffRate: 1, maximumAttempts: 3 }))).toEqual([0, 1, 2]);
    // AWS Step Functions Developer Guide, "Handle transient Lambda service exceptions": 2 s, rate 2, 6 attempts.
    expect(instants(backoff({ interval: 2 * SECOND, maximumAttempts: 6 }))).toEqual([0, 2, 6, 14, 30, 62]);
  });

  it('with full jitter draws between nothing and that', () => {
    const drawn = instants(backoff({ jitter: 'full' }));
    const delays = drawn.slice(1).map((at, i) => at - drawn[i]!);
    expect(delays.map((delay, i) => delay >= 0 && delay < 2 ** i)).toEqual([true, true, true, true]);
    expect(delays).not.toEqual([1, 2, 4, 8]);
  });

  it.each<[RetryCause, (scenario: ScenarioBuilder) => ScenarioBuilder]>([
    ['throttle', throttled],
    ['serviceError', broken],
    ['functionError', (scenario) => scenario.withFunction('f', { errorRate: 1 })],
    ['timeout', slow],
  ])('tries again on %s if, and only if, it is told so', (cause, failing) => {
    const others = (['throttle', 'serviceError', 'functionError', 'timeout'] as const).filter((one) => one !== cause);
    const attempts = (on: readonly RetryCause[]) =>
      attemptsEach(oneByOne(SINCE, backoff({ on, maximumAttempts: 3 }), failing)).reduce((a, b) => a + b);
    expect([attempts([cause]), attempts(others)]).toEqual([300, 100]);
  });

  it('ends in success as soon as an attempt succeeds: the latency holds the waits, as retryWait', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .account({ outages: [{ at: 0, for: 2 * SECOND, share: 1 }] })
      .withFunction('f', { duration: constant(SECOND), memory: 1_024 })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 1 }, { retry: backoff() });
    const { traffic, functions } = simulate(scenario.build());
    expect(traffic.web).toMatchObject({
      attempts: 3,
      succeeded: 1,
      latency: { mean: 4_000 },
      parts: { wait: 0, retryWait: 3_000, handler: 1_000 },
    });
    expect(functions.f).toMatchObject({ invocations: 1, serviceErrors: 2, gbSecondsBy: { retried: 1, failed: 0 } });
  });

  it('leaves a request unfinished that still waits at the end of the run', () => {
    const scenario = aScenario()
      .run({ duration: 10 * SECOND })
      .withFunction('f', { reservedConcurrency: 0 })
      .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 4 }, { retry: backoff({ maximumAttempts: 20 }) });
    expect(simulate(scenario.build()).traffic.web).toMatchObject({
      offered: 4,
      unfinished: 4,
      throttled: 0,
      attempts: 16,
    });
  });
});
