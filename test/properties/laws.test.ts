/** Laws of every run of synchronous traffic, on 200 random scenarios. The number of a scenario is its seed. */
import { describe, expect, it } from 'vitest';
import type { Bill, TrafficResult } from '../../src/results/run-result.js';
import { breachesIn, lawRuns, near, sumOf } from '../support/law-runs.js';
import { randomScenario } from '../support/random-scenario.js';

const runs = lawRuns(200, randomScenario);
const broken = breachesIn(runs);

/** A fault for each comparison of a row that does not hold. */
function* faults(where: string, claims: Record<string, readonly [number, number]>): Generator<string> {
  for (const [claim, [found, expected]] of Object.entries(claims)) {
    if (!near(found, expected)) yield `${where}: ${claim}: ${found}, not ${expected}`;
  }
}

describe('in 200 random scenarios', () => {
  it('something of everything happens', () => {
    const functions = runs.flatMap(({ result }) => Object.values(result.functions));
    const traffic = runs.flatMap(({ result }) => Object.values(result.traffic));
    const often = (list: readonly unknown[]) => list.length >= 5;
    expect({
      coldStarts: often(functions.filter((fn) => fn.coldStarts > 0)),
      errors: often(functions.filter((fn) => fn.errors > fn.timeouts)),
      timeouts: often(functions.filter((fn) => fn.timeouts > 0)),
      serviceErrors: often(functions.filter((fn) => fn.serviceErrors > 0)),
      provisioned: often(functions.filter((fn) => fn.provisionedInvocations > 0)),
      spillover: often(functions.filter((fn) => fn.spilloverInvocations > 0)),
      retried: often(functions.filter((fn) => fn.gbSecondsBy.retried > 0)),
      gaveUp: often(traffic.filter((one) => one.throttled > 0)),
      timedOut: often(traffic.filter((one) => one.timedOut > 0)),
      unfinished: often(traffic.filter((one) => one.unfinished > 0)),
      waited: often(traffic.filter((one) => one.parts.wait > 0)),
      retryWait: often(traffic.filter((one) => one.parts.retryWait > 0)),
      reasons: [...new Set(functions.flatMap((fn) => Object.keys(fn.throttlesByReason)))].sort(),
    }).toEqual({
      coldStarts: true,
      errors: true,
      timeouts: true,
      serviceErrors: true,
      provisioned: true,
      spillover: true,
      retried: true,
      gaveUp: true,
      timedOut: true,
      unfinished: true,
      waited: true,
      retryWait: true,
      reasons: [
        'CallerRateLimitExceeded',
        'ConcurrentInvocationLimitExceeded',
        'EniLimit',
        'FunctionInvocationRateLimitExceeded',
        'ReservedFunctionConcurrentInvocationLimitExceeded',
        'ReservedFunctionInvocationRateLimitExceeded',
      ],
    });
  });

  it('every request succeeds, fails, is throttled, times out or is unfinished: nothing else and nothing twice', () => {
    const outcomes = ({ succeeded, failed, throttled, timedOut, unfinished }: TrafficResult) => [
      succeeded,
      failed,
      throttled,
      timedOut,
      unfinished,
    ];
    expect(
      broken(function* ({ result }) {
        for (const [id, one] of Object.entries(result.traffic)) {
          yield* faults(id, {
            offered: [outcomes(one).reduce((a, b) => a + b), one.offered],
            'latencies that count': [one.latency.count, one.succeeded],
          });
          if (outcomes(one).some((count) => count < 0 || !Number.isInteger(count))) yield `${id}: ${outcomes(one)}`;
          if (one.attempts < one.succeeded + one.failed + one.throttled + one.timedOut)
            yield `${id}: ${one.attempts} attempts are too few`;
        }
      }),
    ).toEqual([]);
  });

  it('every attempt is an invocation, a throttle, a service error, or was refused in front of Lambda', () => {
    expect(
      broken(function* ({ scenario, result }) {
        // With a warm-up, attempts count by arrival and the others by when they happen.
        if (scenario.run.warmUp > 0) return;
        for (const { id } of scenario.functions) {
          const own = scenario.traffic.filter(({ to }) => to === id);
          const fn = result.functions[id]!;
          const attempts = own.reduce((sum, one) => sum + result.traffic[one.id]!.attempts, 0);
          const seen = fn.invocations + fn.throttles + fn.serviceErrors;
          const inFront = own.some(({ via }) => via === 'rest-api' || via === 'http-api');
          if (inFront ? seen > attempts : seen !== attempts) yield `${id}: ${attempts} attempts, ${seen} reached it`;
        }
      }),
    ).toEqual([]);
  });

  it('the parts of the latency add up to its mean, and none is negative', () => {
    expect(
      broken(function* ({ result }) {
        for (const [id, { parts, latency }] of Object.entries(result.traffic)) {
          yield* faults(id, { parts: [Object.values(parts).reduce((a, b) => a + b), latency.mean ?? 0] });
          for (const [part, value] of Object.entries(parts)) if (!(value >= -1e-9)) yield `${id}: ${part} is ${value}`;
        }
      }),
    ).toEqual([]);
  });

  it('GB-seconds add up by what they were for, and by what they were billed as', () => {
    expect(
      broken(function* ({ result, scenario }) {
        for (const { id, memory, provisionedConcurrency } of scenario.functions) {
          const { gbSecondsBy: by, billed, invocations } = result.functions[id]!;
          const ran = billed.gbSeconds + billed.provisionedDurationGbSeconds;
          yield* faults(id, {
            'by purpose': [by.handler + by.init + by.downstream + by.rounding, ran],
            'by time': [(billed.durationMs / 1000) * (memory / 1024), ran],
            requests: [billed.requests, invocations],
            allocated: [billed.provisionedGbSeconds > 0 ? 1 : 0, provisionedConcurrency > 0 ? 1 : 0],
          });
          if (by.failed > ran + 1e-9 || by.retried > ran + 1e-9) yield `${id}: more failed or retried than ran`;
          for (const [part, value] of Object.entries({ ...by, ...billed }))
            if (!(value >= 0)) yield `${id}: ${part} is ${value}`;
        }
      }),
    ).toEqual([]);
  });

  it('counts of a function fit each other', () => {
    expect(
      broken(function* ({ result, scenario }) {
        for (const [id, fn] of Object.entries(result.functions)) {
          const settings = scenario.functions.find((one) => one.id === id)!;
          yield* faults(id, {
            throttles: [Object.values(fn.throttlesByReason).reduce((a, b) => a + b, 0), fn.throttles],
            durations: [fn.duration.count, fn.invocations],
            kinds: [
              settings.provisionedConcurrency > 0
                ? fn.provisionedInvocations + fn.spilloverInvocations
                : fn.invocations,
              fn.invocations,
            ],
          });
          if (fn.timeouts > fn.errors || fn.errors > fn.invocations)
            yield `${id}: ${fn.timeouts} timeouts, ${fn.errors} errors`;
          if (fn.initDuration.count > fn.coldStarts) yield `${id}: more Init Durations than cold starts`;
          if (fn.coldStarts > fn.environments.created)
            yield `${id}: ${fn.coldStarts} cold starts in ${fn.environments.created} environments`;
          if (fn.duration.max !== null && fn.duration.max > settings.timeout / 1000)
            yield `${id}: ran for ${fn.duration.max} ms`;
          if (fn.concurrency.mean > fn.environments.mean + 1e-9) yield `${id}: more runs than environments`;
          if (fn.concurrency.max > fn.environments.max) yield `${id}: more run at once than there are environments`;
        }
        const all = Object.values(result.functions);
        yield* faults('account', {
          concurrency: [result.account.concurrency.mean, all.reduce((sum, fn) => sum + fn.concurrency.mean, 0)],
          throttles: [result.account.throttles, all.reduce((sum, fn) => sum + fn.throttles, 0)],
        });
      }),
    ).toEqual([]);
  });

  it('no more runs than may, an environment serves one at a time, and the clock never goes back', () => {
    expect(broken(({ breaches }) => breaches)).toEqual([]);
  });

  it('the bill adds up and is never negative', () => {
    const cents = ({ lines, total, monthly }: Bill) => [
      ...lines.flatMap(({ quantity, usd }) => [quantity, usd]),
      total,
      monthly,
    ];
    expect(
      broken(function* ({ result: { bill }, scenario }) {
        yield* faults('bill', {
          total: [bill.lines.reduce((sum, { usd }) => sum + usd, 0), bill.total],
          hours: [bill.simulatedHours * 3.6e9, scenario.run.duration - scenario.run.warmUp],
        });
        for (const value of cents(bill)) if (!(value >= 0 && Number.isFinite(value))) yield `bill: ${value}`;
      }),
    ).toEqual([]);
  });

  it('the timeline sums to the totals', () => {
    expect(
      broken(function* ({ result, rows, scenario }) {
        for (const [id, fn] of Object.entries(result.functions)) {
          const resource = `functions.${id}`;
          yield* faults(resource, {
            Invocations: [sumOf(rows, resource, 'Invocations'), fn.invocations],
            Errors: [sumOf(rows, resource, 'Errors'), fn.errors],
            Throttles: [sumOf(rows, resource, 'Throttles'), fn.throttles],
            ColdStarts: [sumOf(rows, resource, 'ColdStarts'), fn.coldStarts],
          });
          const peak = rows
            .filter((row) => row.resource === resource && row.metric === 'ConcurrentExecutions')
            .map(({ value }) => value);
          // A bucket in which the warm-up ends shows what ran from then on.
          yield* faults(resource, { ConcurrentExecutions: [Math.max(0, ...peak), fn.concurrency.max] });
        }
        for (const [id, one] of Object.entries(result.traffic)) {
          const resource = `traffic.${id}`;
          yield* faults(resource, {
            Requests: [sumOf(rows, resource, 'Requests'), one.offered],
            Failed: [sumOf(rows, resource, 'Failed'), one.failed + one.timedOut],
            Throttled: [sumOf(rows, resource, 'Throttled'), one.throttled],
          });
        }
        if (rows.some((row) => row.at >= scenario.run.duration)) yield 'a row lies after the end';
      }),
    ).toEqual([]);
  });

  it('no figure is missing: JSON says null only where a summary is empty', () => {
    const holes = (value: unknown, path: string): string[] => {
      if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
      if (value === undefined) return [`${path} is undefined`];
      if (typeof value !== 'object' || value === null) return [];
      const empty = (value as { count?: number }).count === 0;
      return Object.entries(value).flatMap(([key, inner]) => {
        if (inner === null) return empty ? [] : [`${path}.${key} is null`];
        return holes(inner, `${path}.${key}`);
      });
    };
    expect(
      broken(({ result, rows }) => [
        ...holes(result, 'result'),
        ...rows.flatMap((row) => holes(row, `${row.resource} ${row.metric}`)),
      ]),
    ).toEqual([]);
  });
});
