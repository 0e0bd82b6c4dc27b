import { describe, expect, it } from 'vitest';
import { HOUR, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import type { LambdaFunctionSettings } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { traced } from '../support/invocation-trace.js';

const burst = (count: number, settings: Partial<LambdaFunctionSettings>, asOf: string) =>
  aScenario()
    .asOf(asOf)
    .run({ duration: MINUTE })
    .withFunction('f', { duration: constant(30 * SECOND), ...settings })
    .withTraffic('web', 'f', { kind: 'burst', at: 0, count });

describe('a classic VPC', () => {
  it('has as many environments on an interface as the rule of the scenario says', () => {
    const { functions } = simulate(
      burst(50, { memory: 3_072, vpc: { mode: 'classic', addresses: 5 } }, '2018-09-01')
        .rules({ 'vpc-network': { gbPerEni: 6 } })
        .build(),
    );
    expect(functions.f!.environments.max).toBe(10);
  });

  // AWS Lambda Developer Guide, "Configuring a Lambda function to access resources in an Amazon VPC" (2018): peak concurrency x memory / 3 GB interfaces.
  it.each([
    [1_536, 5, 10],
    [512, 2, 12],
    [3_008, 3, 3],
    [128, 1, 24],
  ])(
    'of %d MB functions runs on %d addresses %d environments, and throttles the rest for EniLimit',
    (memory, addresses, environments) => {
      const { functions } = simulate(burst(50, { memory, vpc: { mode: 'classic', addresses } }, '2018-09-01').build());
      expect(functions.f).toMatchObject({
        coldStarts: environments,
        throttlesByReason: { EniLimit: 50 - environments },
      });
    },
  );

  it('has room again when environments end', () => {
    const scenario = burst(
      2,
      { memory: 3_008, vpc: { mode: 'classic', addresses: 1 }, keepAlive: constant(0) },
      '2018-09-01',
    ).withTraffic('later', 'f', { kind: 'burst', at: 59 * SECOND, count: 2 });
    scenario.rules({ 'vpc-network': { classicColdStart: constant(10 * SECOND) } });
    expect(simulate(scenario.build()).functions.f).toMatchObject({ coldStarts: 2, throttlesByReason: { EniLimit: 2 } });
  });

  it('adds its wait to the platform time of a cold start, holding concurrency; since Hyperplane there is none', () => {
    const latency = (mode: 'classic' | 'hyperplane') => {
      const vpc = mode === 'classic' ? { mode, addresses: undefined } : { mode };
      const scenario = burst(1, { vpc }, '2018-09-01').rules({
        'vpc-network': { classicColdStart: constant(9 * SECOND) },
      });
      const { traffic, functions } = simulate(scenario.build());
      return [
        traffic.web?.latency.mean,
        traffic.web?.parts.overhead,
        functions.f?.duration.mean,
        functions.f?.concurrency.mean,
      ];
    };
    expect(latency('classic')).toEqual([39_000, 9_000, 30_000, 39 / 60]);
    expect(latency('hyperplane')).toEqual([30_000, 0, 30_000, 0.5]);
  });
});

describe('a function in a VPC whose mode is not written', () => {
  const coldStart = (asOf: string, vpc: string, rule: string) => {
    const { scenario, problems } = parseScenario(`
      asOf: ${asOf}
      rules: { platform-overhead: { cold: 0ms }, vpc-network: { classicColdStart: 9s${rule} } }
      functions: { f: { memory: 2GB, duration: 1s, init: 0ms, timeout: 1m, vpc: ${vpc} } }
      traffic: { web: { to: f, burst: { count: 3 }, retry: none } }
      run: { duration: 1m }`);
    if (scenario === undefined) throw new Error(problems[0]!.message);
    const { traffic, functions } = simulate(scenario);
    return { waited: traffic.web!.parts.overhead, throttled: functions.f!.throttlesByReason.EniLimit ?? 0 };
  };
  const classic = { waited: 9_000, throttled: 0 };
  const hyperplane = { waited: 0, throttled: 0 };

  it.each([
    ['2018-06-01', 'true', '', classic],
    ['2019-10-31', 'true', '', classic],
    ['2019-10-31', '{ addresses: 1 }', '', { waited: 9_000, throttled: 2 }],
    ['2019-10-31', 'true', ', addresses: 2', { waited: 9_000, throttled: 0 }],
    ['2019-10-31', '{ mode: hyperplane }', '', hyperplane],
    ['2019-11-01', 'true', '', hyperplane],
    ['2019-11-01', '{}', '', hyperplane],
    ['2018-06-01', 'true', ', mode: hyperplane', hyperplane],
    ['2026-01-01', 'true', ', mode: classic', classic],
  ])('on %s with vpc: %s%s waits for an interface as the rule of the day says', (asOf, vpc, rule, expected) => {
    expect(coldStart(asOf, vpc, rule)).toEqual(expected);
  });
});

describe('memory', () => {
  const at = (memory: number, settings: Partial<LambdaFunctionSettings>) =>
    aScenario()
      .run({ duration: MINUTE })
      .withFunction('f', {
        memory,
        duration: constant(SECOND),
        firstDuration: constant(2 * SECOND),
        init: constant(300_000),
        ...settings,
      })
      .withTraffic('web', 'f', { kind: 'trace-instants', instants: [0, 30 * SECOND] });
  const shown = (memory: number, settings: Partial<LambdaFunctionSettings>) =>
    traced(at(memory, settings).build()).attempts.map(({ duration, init }) => [duration / SECOND, init / SECOND]);

  it('changes nothing where the scenario does not say how', () => {
    expect([shown(128, {}), shown(10_240, {})]).toEqual(
      Array(2).fill([
        [2, 0.3],
        [1, 0],
      ]),
    );
  });

  it('scales the CPU-bound share of handler and first run by the CPU that comes with it, and never the init', () => {
    // 70% CPU measured at 512 MB: at 1,024 MB the CPU part halves; above 1,769 MB one thread gains no more.
    const memoryScaling = { kind: 'cpu', measuredAt: 512, cpuBound: 0.7, parallel: 0 } as const;
    expect(shown(512, { memoryScaling })).toEqual([
      [2, 0.3],
      [1, 0],
    ]);
    expect(shown(1_024, { memoryScaling })).toEqual([
      [1.3, 0.3],
      [0.65, 0],
    ]);
    const most = 0.3 + (0.7 * 512) / 1_769;
    const [first, next] = shown(10_240, { memoryScaling });
    expect([first?.[0], next?.[0]]).toEqual([expect.closeTo(2 * most, 6), expect.closeTo(most, 6)]);
  });

  it('or by measured points, straight lines in logarithms between them and flat outside', () => {
    const memoryScaling = {
      kind: 'table',
      points: [
        [256, 4],
        [1_024, 1],
      ],
    } as const;
    const factor = (memory: number) => shown(memory, { memoryScaling })[1]?.[0];
    expect([128, 256, 512, 1_024, 2_048].map(factor)).toEqual([4, 4, 2, 1, 1]);
  });
});

describe('a streamed response', () => {
  // AWS Lambda Developer Guide, "Response streaming for Lambda functions": 6 MB at once, then 2 MB a second; the function runs until it is out.
  const streamed = (size: number, rate?: number) =>
    simulate(
      aScenario()
        .run({ duration: HOUR })
        .withFunction('f', { memory: 1_024, duration: constant(SECOND), response: { size, streamed: true, rate } })
        .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 1 })
        .build(),
    ).functions.f!;

  it('of 20 MB takes 7 s after the handler, billed', () => {
    const fn = streamed(20 * MB);
    expect([fn.duration.mean, fn.billed.gbSeconds]).toEqual([8_000, 8]);
  });

  it('takes as long as the function’s own rate wants, for all of it, where that is longer', () => {
    expect([streamed(20 * MB, MB).duration.mean, streamed(20 * MB, 10 * MB).duration.mean]).toEqual([21_000, 8_000]);
  });

  it('is billed for its bytes where it was sent whole, not where a timeout cut it short', () => {
    const bytes = (timeout: number) =>
      simulate(
        aScenario()
          .run({ duration: HOUR })
          .withFunction('f', {
            duration: constant(SECOND),
            timeout,
            response: { size: 20 * MB, streamed: true, rate: undefined },
          })
          .withTraffic('web', 'f', { kind: 'burst', at: 0, count: 10 })
          .build(),
      ).bill.lines.find(({ item }) => item.startsWith('Response streaming'))?.quantity ?? 0;
    expect([bytes(10 * SECOND), bytes(5 * SECOND)]).toEqual([(10 * 14) / 1024, 0]);
  });

  it('of up to 6 MB takes no time of its own', () => {
    expect([streamed(6 * MB).duration.mean, streamed(6 * MB + 2).duration.mean]).toEqual([1_000, 1_000.001]);
  });
});

describe('an outage of Lambda', () => {
  // The contract of `account.outages`: a service error before the handler, not billed, no invocation.
  const during = (outages: { at: number; for: number; share: number }[], requests = 600) =>
    simulate(
      aScenario()
        .run({ duration: MINUTE })
        .account({ outages })
        .withFunction('f', { duration: constant(1_000) })
        .withTraffic('web', 'f', requests / 60, { arrivals: { kind: 'regular' } })
        .build(),
    );

  it('of everything fails everything from its first instant to before its last', () => {
    const { functions, traffic, account } = during([{ at: 10 * SECOND, for: 20 * SECOND, share: 1 }]);
    expect(functions.f).toMatchObject({
      invocations: 400,
      serviceErrors: 200,
      errors: 0,
      throttles: 0,
      billed: { requests: 400 },
    });
    expect([traffic.web?.succeeded, traffic.web?.failed, account.throttles]).toEqual([400, 200, 0]);
  });

  it('of a share fails that share: 60,000 requests, within 3.3 standard errors, seed 1', () => {
    const { functions } = during([{ at: 0, for: MINUTE, share: 0.3 }], 60_000);
    expect(Math.abs(functions.f!.serviceErrors - 18_000)).toBeLessThan(3.291 * Math.sqrt(60_000 * 0.3 * 0.7));
  });

  it('that overlaps another fails what the other leaves: two halves fail three quarters', () => {
    const half = { at: 0, for: MINUTE, share: 0.5 };
    const { functions } = during([half, half], 60_000);
    expect(Math.abs(functions.f!.serviceErrors - 45_000)).toBeLessThan(3.291 * Math.sqrt(60_000 * 0.75 * 0.25));
  });

  it('is tried again by an SDK', () => {
    const scenario = aScenario()
      .run({ duration: MINUTE })
      .account({ outages: [{ at: 0, for: 5 * SECOND, share: 1 }] })
      .withFunction('f')
      .withTraffic(
        'web',
        'f',
        { kind: 'burst', at: 0, count: 1 },
        {
          retry: {
            kind: 'backoff',
            interval: 2 * SECOND,
            backoffRate: 2,
            maximumDelay: HOUR,
            jitter: 'none',
            maximumAttempts: 6,
            on: ['serviceError'],
          },
        },
      );
    const { attempts } = traced(scenario.build());
    expect(attempts.map(({ attemptAt, startedAt }) => [attemptAt / SECOND, startedAt >= 0])).toEqual([
      [0, false],
      [2, false],
      [6, true],
    ]);
  });
});
