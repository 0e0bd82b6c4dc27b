/** Random scenarios of asynchronous events, topics, calls and dependencies, made from a random scenario of synchronous traffic. */
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { randomStreams } from '../../src/engine/random-streams.js';
import { HOUR, KB, MINUTE, SECOND } from '../../src/engine/units.js';
import type {
  AsyncSettings,
  CallSettings,
  DependencySettings,
  LambdaFunctionSettings,
  Scenario,
  TopicSettings,
  TrafficSettings,
} from '../../src/scenario/types.js';
import { aCall, aQueue, aScenario, constant } from './a-scenario.js';
import { randomScenario } from './random-scenario.js';

export function randomAsynchronous(seed: number): Scenario {
  const stream = randomStreams(seed).named('random asynchronous scenario');
  const chance = (share: number) => stream.uniform() < share;
  const of = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)]!;
  const log = (low: number, high: number) => Math.round(low * (high / low) ** stream.uniform());
  const time = (mean: number): DistributionSpec => (chance(0.5) ? constant(mean) : { kind: 'exponential', mean });

  const base = randomScenario(seed);
  const { duration } = base.run;
  const ids = base.functions.map(({ id }) => id);
  const receivers = ['q0', 'q1', 'topic', 'bus', ...ids];
  const anybody = (share: number, among: readonly string[]) => (chance(share) ? of(among) : undefined);

  const async = (): AsyncSettings => ({
    maximumRetryAttempts: of([0, 1, 2, 2]),
    maximumEventAge: of([MINUTE, 10 * MINUTE, 6 * HOUR]),
    onSuccess: anybody(0.4, receivers),
    onFailure: anybody(0.4, receivers),
    deadLetterQueue: anybody(0.4, ['q0', 'q1', 'topic']),
    duplicateRate: of([0, 0, 0.2]),
  });
  // Those that wait go to functions further down the list only, so that nobody waits in a circle.
  const calls = (index: number): CallSettings[] => {
    const lines: CallSettings[] = [];
    if (chance(0.5))
      lines.push(aCall('db', { count: of([1, 2]), each: of(['invocation', 'invocation', 'environment']) }));
    if (chance(0.3) && index + 1 < ids.length)
      lines.push(aCall(of(ids.slice(index + 1)), { probability: of([0.3, 1]) }));
    if (chance(0.4)) lines.push(aCall(of([...receivers, 's0']), { invocation: 'Event', probability: of([0.2, 0.6]) }));
    return lines;
  };
  // Of their own, so that the other draws stay as they are.
  const lives = randomStreams(seed).named('lives of environments');
  const life = (): Partial<LambdaFunctionSettings> =>
    lives.uniform() < 0.3
      ? {
          init: { kind: 'exponential', mean: 5 * SECOND * (1 + 2 * lives.uniform()) },
          maximumAge: constant(Math.round(3 * SECOND * 100 ** lives.uniform())),
        }
      : {};
  const functions = base.functions.map(
    (fn, index): LambdaFunctionSettings => ({
      ...fn,
      ...life(),
      async: async(),
      calls: chance(0.7) ? calls(index) : [],
    }),
  );
  const traffic = base.traffic.map((one, index): TrafficSettings => {
    if (chance(0.35)) return one;
    const to = chance(0.7) ? one.to : of(['q0', 's0', 'topic', 'bus']);
    const shape =
      index > 0 && chance(0.3)
        ? ({
            kind: 'follows',
            traffic: base.traffic[index - 1]!.id,
            ratio: of([0.4, 2.5]),
            delay: time(SECOND),
          } as const)
        : one.shape;
    const spikes = shape.kind === 'follows' ? [] : one.spikes;
    return {
      ...one,
      to,
      shape,
      spikes,
      via: 'event',
      invocation: 'Event',
      retry: { kind: 'none' },
      timeout: undefined,
      payload: of([KB, 200 * KB]),
    };
  });
  const topic = (id: string, type: TopicSettings['type']): TopicSettings => ({
    id,
    type,
    service: 'custom',
    subscribers: [
      { to: of(ids), filter: of([0.3, 1]) },
      { to: of(['q0', 'q1', ...ids]), filter: 1 },
    ],
  });
  const db: DependencySettings = {
    id: 'db',
    latency: time(log(5_000, 2 * SECOND)),
    maxConcurrency: chance(0.6) ? log(1, 50) : undefined,
    queueTimeout: chance(0.5) ? log(10_000, 10 * SECOND) : undefined,
    charge: of(['none', 'dynamodb-write', 's3-get'] as const),
    maxConnections: chance(0.5) ? log(1, 100) : undefined,
    connection: chance(0.6) ? { time: time(30_000), per: of(['environment', 'invocation'] as const) } : undefined,
    outages: chance(0.4)
      ? [
          {
            at: Math.floor(duration / 4),
            for: Math.floor(duration / 3),
            effect: of(['errors', 'hang', 'slow'] as const),
            factor: 10,
          },
        ]
      : [],
  };
  return {
    ...base,
    region: 'us-east-1',
    functions,
    queues: [aQueue('q0'), aQueue('q1')],
    streams: aScenario().withStream('s0').build().streams,
    topics: [topic('topic', 'sns'), topic('bus', 'eventbridge')],
    dependencies: [db],
    traffic,
    rules: {
      ...base.rules,
      'async-dispatch': {
        latency: of([constant(0), constant(50_000), { kind: 'exponential', mean: 80_000 }] as const),
      },
      ...(chance(0.2) ? { 'async-throttle-backoff': { jitter: 'full' } } : {}),
      'proactive-init': { share: lives.uniform() < 0.5 ? 0 : lives.uniform() },
      // Loops before detection may grow without end.
      'recursion-detection': { enabled: true, rounds: of([4, 16]) },
    },
  };
}
