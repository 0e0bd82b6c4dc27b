/** Random scenarios of synchronous traffic: every feature with some chance, small enough that hundreds run in seconds. */
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { randomStreams } from '../../src/engine/random-streams.js';
import { HOUR, KB, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import type {
  LambdaFunctionSettings,
  RetryCause,
  RetrySettings,
  Scenario,
  TrafficSettings,
  TrafficShape,
} from '../../src/scenario/types.js';
import { aScenario, constant } from './a-scenario.js';

/** A day in each era of scaling, billing and keep-alive, and the edges between. */
const DAYS = [
  '2019-03-01',
  '2019-12-18',
  '2020-12-01',
  '2021-06-01',
  '2023-11-26',
  '2024-06-01',
  '2025-08-01',
  '2026-10-31',
  '2026-11-21',
];
const REGIONS = ['us-east-1', 'eu-central-1', 'sa-east-1'];
const CAUSES: readonly RetryCause[] = ['throttle', 'serviceError', 'functionError', 'timeout'];

export class Dice {
  private readonly stream;
  constructor(seed: number) {
    this.stream = randomStreams(seed).named('random scenario');
  }
  chance(share: number): boolean {
    return this.stream.uniform() < share;
  }
  between(low: number, high: number): number {
    return low + Math.floor(this.stream.uniform() * (high - low + 1));
  }
  /** Small values as likely as large ones. */
  log(low: number, high: number): number {
    return Math.round(low * (high / low) ** this.stream.uniform());
  }
  of<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!;
  }
  maybe<T>(share: number, make: () => T): T | undefined {
    return this.chance(share) ? make() : undefined;
  }
}

export function time(dice: Dice, mean: number): DistributionSpec {
  switch (dice.between(0, 5)) {
    case 0:
      return constant(mean);
    case 1:
      return { kind: 'uniform', min: 0, max: 2 * mean };
    case 2:
      return { kind: 'lognormal', mean, cv: dice.of([0.3, 1, 4]) };
    case 3:
      return { kind: 'samples', values: [0, 1, mean, 3 * mean] };
    case 4:
      return { kind: 'pareto', min: Math.max(1, mean / 2), alpha: 1.5 };
    default:
      return { kind: 'exponential', mean };
  }
}

export function randomScenario(seed: number): Scenario {
  const dice = new Dice(seed);
  const asOf = dice.of(DAYS);
  const duration = dice.log(20 * SECOND, 30 * MINUTE);
  const at = () => dice.between(0, duration);
  const functions = dice.between(1, 4);
  const limit = dice.of([110, 150, 400, 1_000, 3_000]);
  const scenario = aScenario()
    .asOf(asOf)
    .run({
      duration,
      warmUp: dice.chance(0.4) ? dice.between(1, Math.floor(duration * 0.8)) : 0,
      seed,
      timeline: dice.of([SECOND, 7 * SECOND, MINUTE]),
      startEpochMs: Date.UTC(2026, dice.between(0, 11), dice.between(1, 28), dice.between(0, 23)),
    })
    .account({
      concurrencyLimit: limit,
      otherConcurrency: dice.chance(0.3)
        ? [
            { at: 0, amount: dice.between(0, limit) },
            { at: Math.floor(duration / 2), amount: dice.between(0, limit) },
          ]
        : [{ at: 0, amount: 0 }],
      outages: dice.chance(0.3)
        ? [
            { at: at(), for: dice.log(SECOND, duration), share: dice.of([0.2, 0.7, 1]) },
            { at: at(), for: dice.log(SECOND, duration), share: 0.5 },
          ]
        : [],
      freeTier: dice.chance(0.3),
      monthToDate: dice.of([
        { requests: 0, gbSeconds: { x86_64: 0, arm64: 0 } },
        { requests: 3e6, gbSeconds: { x86_64: 5.999e9, arm64: 7.4999e9 } },
      ]),
    })
    .rules({
      ...(dice.chance(0.5) ? { 'platform-overhead': { cold: time(dice, 80_000), warm: time(dice, 5_000) } } : {}),
      'environment-choice': { order: dice.of(['most-recently-used', 'least-recently-used', 'random']) },
      ...(dice.chance(0.3)
        ? { 'provisioned-concurrency': { readyAtStart: false, preparation: constant(dice.between(0, 20) * SECOND) } }
        : {}),
      ...(dice.chance(0.2) ? { 'request-rate-quota': { perConcurrency: dice.of([0.05, 0.3]) } } : {}),
      ...(dice.chance(0.2) ? { 'api-gateway-rate': { perSecond: 5, burst: 10 } } : {}),
    });

  // As the checks of a scenario demand: 100 stay unreserved, provisioned fits in its reservation.
  let reservable = limit - 100;
  for (let i = 0; i < functions; i++) {
    const reserved = dice.maybe(0.4, () => dice.between(0, reservable));
    reservable -= reserved ?? 0;
    const provisioned =
      asOf >= '2019-12-03' && dice.chance(0.4) ? dice.between(0, Math.min(20, reserved ?? reservable)) : 0;
    if (reserved === undefined) reservable -= provisioned;
    scenario.withFunction(`f${i}`, randomFunction(dice, asOf, { reserved, provisioned }));
  }
  const traffics = dice.between(1, 5);
  for (let i = 0; i < traffics; i++) {
    const { shape, ...settings } = randomTraffic(dice, duration);
    scenario.withTraffic(`t${i}`, `f${dice.between(0, functions - 1)}`, shape, settings);
  }
  const built = scenario.build();
  // Not every region has a known price for streamed responses and restored snapshots.
  const special = built.functions.some((fn) => fn.response.streamed || fn.snapStart !== undefined);
  return { ...built, region: special ? 'us-east-1' : dice.of(REGIONS) };
}

function randomFunction(
  dice: Dice,
  asOf: string,
  { reserved, provisioned }: { reserved: number | undefined; provisioned: number },
): Partial<LambdaFunctionSettings> {
  const mean = dice.log(1_000, 5 * SECOND);
  const snapped = asOf >= '2022-12-01' && provisioned === 0 && dice.chance(0.2);
  return {
    memory: 64 * dice.between(2, 47),
    architecture: asOf >= '2021-10-01' && dice.chance(0.5) ? 'arm64' : 'x86_64',
    runtime: snapped ? 'java21' : dice.of([undefined, 'nodejs22.x', 'java21', 'provided.al2023']),
    packageType: !snapped && asOf >= '2020-12-01' && dice.chance(0.3) ? 'Image' : 'Zip',
    packageSize: dice.maybe(0.3, () => dice.log(KB, 50 * MB)),
    timeout: dice.log(SECOND, 60 * SECOND),
    ephemeralStorage: asOf >= '2022-04-01' && dice.chance(0.3) ? 2_048 : 512,
    reservedConcurrency: reserved,
    provisionedConcurrency: provisioned,
    snapStart: snapped ? { restore: undefined, afterRestore: time(dice, 50_000) } : undefined,
    vpc: dice.maybe(0.2, () =>
      dice.of([{ mode: 'hyperplane' }, { mode: 'classic', addresses: dice.between(1, 20) }] as const),
    ),
    duration: time(dice, mean),
    firstDuration: dice.maybe(0.3, () => time(dice, 4 * mean)),
    init: dice.maybe(0.8, () => time(dice, dice.log(10_000, 12 * SECOND))),
    keepAlive: dice.maybe(0.7, () => time(dice, dice.log(100_000, 10 * MINUTE))),
    maximumAge: dice.of([undefined, 'none', constant(20 * SECOND), time(dice, 2 * MINUTE)] as const),
    initialEnvironments: dice.chance(0.3) ? dice.between(0, 30) : 0,
    extensions: dice.maybe(0.2, () => ({ init: time(dice, 100_000), after: time(dice, 300_000) })),
    response:
      asOf >= '2023-05-01' && dice.chance(0.2)
        ? { size: 9 * MB, streamed: true, rate: undefined }
        : { size: KB, streamed: false, rate: undefined },
    memoryScaling: dice.of([undefined, { kind: 'cpu', measuredAt: 1_024, cpuBound: 0.7, parallel: 0.2 }] as const),
    errorRate: dice.of([0, 0, 0.1, 1]),
  };
}

function randomTraffic(dice: Dice, duration: number): Partial<TrafficSettings> & { shape: TrafficShape } {
  const via = dice.of(['sdk', 'rest-api', 'http-api', 'function-url', 'alb', 'step-functions'] as const);
  return {
    via,
    shape: randomShape(dice, duration),
    spikes: dice.chance(0.2) ? [{ at: dice.between(0, duration), for: 5 * SECOND, rate: 80, ramp: SECOND }] : [],
    arrivals: dice.of([
      { kind: 'poisson' },
      { kind: 'regular' },
      { kind: 'bursty', cv: 4 },
      { kind: 'modulated', factor: 5, high: 3 * SECOND, low: 20 * SECOND },
    ] as const),
    scale: dice.of([1, 1, 1.7]),
    retry: randomRetry(dice),
    timeout: dice.maybe(0.4, () => dice.log(50_000, 30 * SECOND)),
  };
}

function randomShape(dice: Dice, duration: number): TrafficShape {
  // Some thousands of requests at most.
  const rate = dice.log(1, 3_000) / (duration / SECOND);
  switch (dice.between(0, 7)) {
    case 0:
      return { kind: 'burst', at: dice.between(0, duration), count: dice.log(1, 4_000) };
    case 1:
      return { kind: 'users', count: dice.between(1, 30), thinkTime: time(dice, duration / 20 + SECOND) };
    case 2:
      return {
        kind: 'trace-instants',
        instants: Array.from({ length: 300 }, (_, i) => Math.floor((i * duration) / 290)),
      };
    case 3:
      return {
        kind: 'trace-counts',
        every: 10 * SECOND,
        counts: Array.from({ length: 12 }, () => dice.between(0, 60)),
      };
    case 4:
      return { kind: 'schedule', expression: 'rate(1 minute)', timezone: 'UTC' };
    case 5:
      return {
        kind: 'stages',
        stages: [
          { for: Math.ceil(duration / 3), from: rate, to: rate },
          { for: Math.ceil(duration / 3), from: rate, to: 3 * rate },
        ],
      };
    case 6:
      return {
        kind: 'daily',
        mean: rate,
        hours: Array.from({ length: 24 }, (_, hour) => hour % 5),
        weekdays: undefined,
        timezone: 'Europe/Berlin',
      };
    default:
      return { kind: 'rate', rate };
  }
}

function randomRetry(dice: Dice): RetrySettings {
  switch (dice.between(0, 2)) {
    case 0:
      return { kind: 'none' };
    case 1:
      return {
        kind: 'sdk',
        mode: dice.of(['standard', 'legacy', 'adaptive'] as const),
        maximumAttempts: dice.maybe(0.3, () => dice.between(1, 6)),
      };
    default:
      return {
        kind: 'backoff',
        interval: dice.log(1_000, 2 * SECOND),
        backoffRate: dice.of([1, 1.5, 2]),
        maximumDelay: HOUR,
        jitter: dice.of(['none', 'full'] as const),
        maximumAttempts: dice.between(1, 6),
        on: CAUSES.filter(() => dice.chance(0.6)),
      };
  }
}
