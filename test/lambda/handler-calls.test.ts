/** Calls of handlers: who waits, how long, what it costs, and what a failure does. Exact numbers, nothing random. */
import { describe, expect, it } from 'vitest';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aCall, aScenario, constant, type ScenarioBuilder } from '../support/a-scenario.js';

/** One request every ten seconds for a minute. */
function six(fn: string, settings: Parameters<ScenarioBuilder['withTraffic']>[3] = {}): ScenarioBuilder {
  return aScenario()
    .run({ duration: MINUTE })
    .withTraffic('web', fn, { kind: 'rate', rate: 0.1 }, { arrivals: { kind: 'regular' }, ...settings });
}

describe('a call of a function', () => {
  const chain = () =>
    six('front')
      .withFunction('front', { memory: 1024, duration: constant(20_000), calls: [aCall('back')] })
      .withFunction('back', { duration: constant(100_000), init: constant(300_000) });

  it('keeps the caller busy and billed until the answer', () => {
    const { functions, traffic } = simulate(chain().build());
    expect(functions.front!.duration).toMatchObject({ count: 6, min: 120, max: 420 });
    expect(functions.front!.gbSecondsBy).toMatchObject({ handler: 0.12, downstream: expect.closeTo(0.9, 9) });
    expect(functions.front!.billed.durationMs).toBe(5 * 120 + 420);
    expect(functions.back).toMatchObject({ invocations: 6, coldStarts: 1 });
    expect(traffic.web!.latency).toMatchObject({ min: 120, max: 420 });
    expect(traffic.web!.parts).toMatchObject({
      handler: 20,
      downstream: expect.closeTo(150, 9),
      init: expect.closeTo(0, 9),
    });
  });

  it('fails the caller when the callee fails', () => {
    const failing = six('front')
      .withFunction('front', { duration: constant(20_000), calls: [aCall('back')] })
      .withFunction('back', { duration: constant(100_000), errorRate: 1 });
    const run = simulate(failing.build());
    expect(run.functions.front).toMatchObject({ invocations: 6, errors: 6, duration: { mean: 100 } });
    expect(run.traffic.web).toMatchObject({ failed: 6, succeeded: 0 });
  });

  it('is tried again by the SDK when the callee is throttled, and then fails', () => {
    const stopped = six('front')
      .rules({ 'client-retry': { jitter: 'none' } as never })
      .withFunction('front', { duration: constant(20_000), calls: [aCall('back')] })
      .withFunction('back', { reservedConcurrency: 0 });
    const { functions, traffic } = simulate({
      ...stopped.build(),
      rules: { 'platform-overhead': { cold: constant(0), warm: constant(0) } },
    });
    expect(functions.back).toMatchObject({ invocations: 0, throttles: 18 });
    expect(functions.front!.errors).toBe(6);
    expect(functions.front!.gbSecondsBy.downstream).toBeGreaterThan(0);
    expect(traffic.web!.failed).toBe(6);
  });

  it('outlives a caller that times out', () => {
    const slow = six('front')
      .withFunction('front', { duration: constant(20_000), timeout: SECOND, calls: [aCall('back')] })
      .withFunction('back', { duration: constant(3 * SECOND) });
    const { functions } = simulate(slow.build());
    expect(functions.front).toMatchObject({
      invocations: 6,
      timeouts: 6,
      errors: 6,
      duration: { min: 1000, max: 1000 },
    });
    expect(functions.front!.gbSecondsBy).toMatchObject({ handler: 0, downstream: 3 });
    expect(functions.back).toMatchObject({ invocations: 6, errors: 0, duration: { min: 3000 } });
  });

  it('goes on when the client has stopped waiting', () => {
    const { functions, traffic } = simulate(
      six('front', { timeout: 50_000 })
        .withFunction('front', { duration: constant(20_000), calls: [aCall('back')] })
        .withFunction('back', { duration: constant(100_000) })
        .build(),
    );
    expect(traffic.web).toMatchObject({ offered: 6, timedOut: 6, attempts: 6 });
    expect(functions.front).toMatchObject({ invocations: 6, errors: 0, duration: { min: 120 } });
  });

  it('is not taken for one that still runs when the limit of its client comes', () => {
    const { traffic } = simulate(
      aScenario()
        .run({ duration: MINUTE })
        .withTraffic('web', 'front', 50, { timeout: 5 * SECOND })
        .withFunction('front', { duration: constant(20_000), calls: [aCall('back')] })
        .withFunction('back', { duration: constant(100_000) })
        .build(),
    );
    expect(traffic.web).toMatchObject({ timedOut: 0, failed: 0 });
    expect(traffic.web!.succeeded).toBeGreaterThan(2_900);
  });

  it('is made as often and as likely as its line says', () => {
    const { functions } = simulate(
      aScenario()
        .run({ duration: HOUR })
        .withTraffic('web', 'front', 10)
        .withFunction('front', { calls: [aCall('back', { count: 3 }), aCall('rare', { probability: 0.1 })] })
        .withFunction('back', { duration: constant(1_000) })
        .withFunction('rare', { duration: constant(1_000) })
        .build(),
    );
    expect(functions.back!.invocations).toBe(3 * functions.front!.invocations);
    expect(functions.rare!.invocations / functions.front!.invocations).toBeCloseTo(0.1, 1);
  });
});

describe('a call that waits for nothing', () => {
  it('sends on, and adds nothing to the caller', () => {
    const { functions, queues, streams, topics } = simulate(
      six('front')
        .withQueue('jobs')
        .withStream('clicks')
        .withTopic('news', [
          { to: 'mailer', filter: 1 },
          { to: 'jobs', filter: 0 },
        ])
        .withFunction('front', {
          duration: constant(20_000),
          calls: [
            aCall('jobs', { count: 2 }),
            aCall('clicks'),
            aCall('news'),
            aCall('mailer', { invocation: 'Event' }),
          ],
        })
        .withFunction('mailer', { duration: constant(5_000) })
        .build(),
    );
    expect(functions.front!.duration).toMatchObject({ count: 6, min: 20, max: 20 });
    expect(functions.mailer).toMatchObject({ invocations: 12, async: { received: 12, succeeded: 12 } });
    expect([queues.jobs!.sent, streams.clicks!.records]).toEqual([12, 6]);
    expect(topics.news).toEqual({ published: 6, delivered: 6, filtered: 6 });
  });
});

describe('a dependency', () => {
  it('adds its latency, one call after another', () => {
    const { functions, dependencies } = simulate(
      six('api')
        .withDependency('db', 30_000)
        .withFunction('api', { duration: constant(20_000), calls: [aCall('db', { count: 2 })] })
        .build(),
    );
    expect(functions.api!.duration).toMatchObject({ min: 80, max: 80 });
    expect(dependencies.db).toMatchObject({
      calls: 12,
      succeeded: 12,
      rejected: 0,
      timedOut: 0,
      concurrency: { mean: expect.closeTo((12 * 0.03) / 60, 9), max: 1 },
      wait: { max: 0 },
      latency: { min: 30, max: 30 },
    });
  });

  it('works on so many at once; others wait in line, first come first served, and give up', () => {
    const burst = aScenario()
      .run({ duration: MINUTE })
      .withTraffic('web', 'api', { kind: 'burst', at: 0, count: 5 })
      .withFunction('api', { duration: constant(0), calls: [aCall('db')] });
    const all = simulate(burst.withDependency('db', SECOND, { maxConcurrency: 2 }).build());
    expect(all.functions.api!.duration).toMatchObject({ min: 1000, p50: expect.closeTo(2000, -1), max: 3000 });
    expect(all.dependencies.db).toMatchObject({
      succeeded: 5,
      concurrency: { max: 2 },
      wait: { max: 2000 },
      latency: { max: 3000 },
    });
  });

  it('lets nobody wait in line for longer than it says', () => {
    const { dependencies, functions } = simulate(
      aScenario()
        .run({ duration: MINUTE })
        .withTraffic('web', 'api', { kind: 'burst', at: 0, count: 5 })
        .withFunction('api', { duration: constant(0), calls: [aCall('db')] })
        .withDependency('db', SECOND, { maxConcurrency: 2, queueTimeout: 1_500_000 })
        .build(),
    );
    expect(dependencies.db).toMatchObject({ calls: 5, succeeded: 4, timedOut: 1 });
    expect(functions.api).toMatchObject({ errors: 1, duration: { max: 2000 } });
  });

  it.each([
    ['errors', { errors: 3, duration: { min: 0, max: 30 } }, { rejected: 3, succeeded: 3 }],
    ['slow', { errors: 0, duration: { min: 30, max: 300 } }, { rejected: 0, succeeded: 6 }],
    ['hang', { errors: 0, duration: { min: 30, max: 25_030 } }, { rejected: 0, succeeded: 6 }],
  ] as const)('has outages with the effect %s', (effect, fn, db) => {
    // Requests at 0, 10, ... 50 s; those at 10, 20 and 30 s meet it.
    const { functions, dependencies } = simulate(
      six('api')
        .withDependency('db', 30_000, { outages: [{ at: 5 * SECOND, for: 30 * SECOND, effect, factor: 10 }] })
        .withFunction('api', { duration: constant(0), calls: [aCall('db')] })
        .build(),
    );
    expect(functions.api).toMatchObject(fn);
    expect(dependencies.db).toMatchObject(db);
  });
});

describe('a connection', () => {
  const database = { maxConnections: 2, connection: { time: constant(50_000), per: 'environment' as const } };
  const burst = (calls: Parameters<typeof aCall>[1], db: object = database) =>
    simulate(
      aScenario()
        .run({ duration: MINUTE })
        .withTraffic('first', 'api', { kind: 'burst', at: 0, count: 3 })
        .withTraffic('second', 'api', { kind: 'burst', at: 10 * SECOND, count: 2 })
        .withFunction('api', { duration: constant(SECOND), init: constant(200_000), calls: [aCall('db', calls)] })
        .withDependency('db', 10_000, db)
        .build(),
    );

  it('is opened by the first invocation that needs it, and held by the environment', () => {
    const { functions, dependencies } = burst({});
    // Three environments, two connections: one of three fails at once, and so does whoever gets its environment.
    expect(dependencies.db).toMatchObject({ connections: { max: 2 }, rejected: expect.any(Number) });
    expect(functions.api!.duration).toMatchObject({ min: 0, max: 1060 });
    expect(functions.api!.errors).toBe(dependencies.db!.rejected);
    expect(dependencies.db!.rejected).toBeGreaterThanOrEqual(1);
  });

  it('is opened in the init where the call is made there', () => {
    const { functions, dependencies } = burst({ each: 'environment' }, { ...database, maxConnections: 10 });
    expect(functions.api).toMatchObject({
      invocations: 5,
      errors: 0,
      coldStarts: 3,
      duration: { min: 1000, max: 1000 },
    });
    expect(functions.api!.initDuration).toMatchObject({ count: 3, min: 260, max: 260 });
    expect(dependencies.db).toMatchObject({ calls: 3, connections: { max: 3 } });
  });

  it('fails the init where it is refused there, and the environment initialises again', () => {
    const { functions, dependencies } = burst({ each: 'environment' });
    expect(dependencies.db).toMatchObject({ connections: { max: 2 } });
    expect(functions.api!.errors).toBeGreaterThanOrEqual(1);
    expect(functions.api!.duration.min).toBe(0);
  });

  it('is held to the end of the invocation where each opens its own', () => {
    const { functions, dependencies } = burst(
      {},
      { maxConnections: 10, connection: { time: constant(50_000), per: 'invocation' } },
    );
    expect(functions.api!.duration).toMatchObject({ count: 5, min: 1060, max: 1060 });
    expect(dependencies.db).toMatchObject({ calls: 5, connections: { max: 3 } });
  });

  it('ends with its environment, so that another may have it', () => {
    const { functions, dependencies } = simulate(
      six('api')
        .withFunction('api', { duration: constant(0), keepAlive: constant(SECOND), calls: [aCall('db')] })
        .withDependency('db', 0, { maxConnections: 1, connection: { time: constant(0), per: 'environment' } })
        .build(),
    );
    expect(functions.api).toMatchObject({ coldStarts: 6, errors: 0 });
    expect(dependencies.db).toMatchObject({ calls: 6, connections: { max: 1 } });
  });

  it('is held by provisioned environments from the start', () => {
    const { functions, dependencies } = simulate(
      six('api')
        .withFunction('api', {
          provisionedConcurrency: 5,
          duration: constant(0),
          calls: [aCall('db', { each: 'environment' })],
        })
        .withDependency('db', 5_000, { maxConnections: 8, connection: { time: constant(50_000), per: 'environment' } })
        .build(),
    );
    expect(functions.api!.duration).toMatchObject({ max: 0 });
    expect(dependencies.db).toMatchObject({ calls: 0, connections: { max: 5 } });
  });
});

describe('an init whose calls take it over its limit', () => {
  const atOnce = (run: number, count: number, queueTimeout?: number) =>
    simulate(
      aScenario()
        .run({ duration: run })
        .withTraffic('web', 'api', { kind: 'burst', at: 0, count })
        .withFunction('api', {
          duration: constant(0),
          init: constant(SECOND),
          calls: [aCall('db', { each: 'environment' })],
        })
        .withDependency('db', 10 * MINUTE, { maxConcurrency: 1, queueTimeout })
        .build(),
    ).functions.api!;

  it('was given up and is repeated inside the Duration where one of them fails', () => {
    const { errors, initDuration, duration, billed } = atOnce(20 * MINUTE, 2, 40 * SECOND);
    expect(errors).toBe(1);
    // 41 s in all, 10 s of them before.
    expect({ inits: initDuration.count, least: duration.min }).toEqual({ inits: 0, least: 31_000 });
    expect(billed.durationMs).toBe(41_000 + 10_000 + duration.max!);
  });

  it('and where the run ends meanwhile', () => {
    const { initDuration, duration, billed, coldStarts } = atOnce(MINUTE, 1);
    expect({ inits: initDuration.count, coldStarts, longest: duration.max }).toEqual({
      inits: 0,
      coldStarts: 1,
      longest: 50_000,
    });
    expect(billed.durationMs).toBe(60_000);
  });
});

describe('an init that is not over when its repetition times out', () => {
  // 10 s of the init, and 3 s of its repetition.
  const tooLong = (init: number, outage: boolean) =>
    simulate(
      aScenario()
        .run({ duration: MINUTE })
        .rules({ 'platform-overhead': { cold: constant(0), warm: constant(0) } })
        .withTraffic('web', 'api', { kind: 'burst', at: 0, count: 1 })
        .withFunction('api', {
          memory: 1024,
          timeout: 3 * SECOND,
          duration: constant(0),
          init: constant(init),
          calls: [aCall('db', { each: 'environment' })],
        })
        .withDependency('db', SECOND, { outages: outage ? [{ at: 0, for: MINUTE, effect: 'errors', factor: 1 }] : [] })
        .build(),
    );

  it.each([
    ['20 s', 20_000, 0, 1, 13_000],
    ['just as long', 13_000, 0, 1, 13_000],
    ['a moment less', 12_999, 1, 0, 12_999],
  ])('makes no call, and ends at the timeout: %s', (_, init, calls, timeouts, billed) => {
    const { functions, dependencies, traffic } = tooLong(init * MILLISECOND, true);
    expect(dependencies.db!.calls).toBe(calls);
    expect(functions.api).toMatchObject({ errors: 1, timeouts, coldStarts: 1, billed: { durationMs: billed } });
    expect(traffic.web).toMatchObject({ failed: 1, unfinished: 0 });
  });

  it('whether or not the calls would succeed', () => {
    expect(tooLong(20 * SECOND, false)).toEqual(tooLong(20 * SECOND, true));
  });
});

describe('the calls of an init ahead of requests', () => {
  const connection = { time: constant(50_000), per: 'environment' as const };
  const api = {
    memory: 1024,
    duration: constant(SECOND),
    init: constant(200_000),
    provisionedConcurrency: 2,
    calls: [aCall('db', { each: 'environment' })],
  };
  const later = { 'provisioned-concurrency': { readyAtStart: false, preparation: constant(MINUTE) } };
  const replaced = (
    db: Parameters<ScenarioBuilder['withDependency']>[2] = {},
    fn: Parameters<ScenarioBuilder['withFunction']>[1] = {},
  ) =>
    aScenario()
      .run({ duration: 7 * HOUR })
      .withFunction('api', { ...api, maximumAge: constant(3 * HOUR), ...fn })
      .withDependency('db', 10_000, { connection, charge: 'dynamodb-read', ...db });

  it('are counted, charged and billed when the environments are allocated', () => {
    const { functions, dependencies, bill } = simulate(
      aScenario()
        .run({ duration: HOUR })
        .rules(later)
        .withFunction('api', api)
        .withDependency('db', 10_000, { connection, charge: 'dynamodb-read' })
        .build(),
    );
    expect(dependencies.db).toMatchObject({
      calls: 2,
      succeeded: 2,
      connections: { max: 2 },
      latency: { count: 2, min: 10, max: 10 },
    });
    // 200 ms of its own, 50 ms to connect, 10 ms for the answer.
    expect(functions.api!.billed.provisionedDurationGbSeconds).toBeCloseTo(2 * 0.26, 9);
    expect(functions.api!.gbSecondsBy.init).toBeCloseTo(2 * 0.26, 9);
    expect(bill.lines.find(({ resource }) => resource === 'db')).toMatchObject({ item: 'DynamoDB reads', quantity: 2 });
  });

  it('are made again by each environment that replaces another, whose connection is closed', () => {
    // Replaced after 3 and after 6 hours.
    const { functions, dependencies } = simulate(replaced().build());
    expect(dependencies.db).toMatchObject({ calls: 4, succeeded: 4, connections: { max: 2 } });
    expect(functions.api!.billed.provisionedDurationGbSeconds).toBeCloseTo(4 * 0.26, 9);
  });

  it('keep an environment from requests until they are answered', () => {
    const at = (time: number) => ({ kind: 'burst' as const, at: time, count: 2 });
    const { functions } = simulate(
      replaced({ connection: { ...connection, time: constant(5 * SECOND) } })
        .withTraffic('during', 'api', at(3 * HOUR + SECOND))
        .withTraffic('after', 'api', at(3 * HOUR + 6 * SECOND))
        .build(),
    );
    expect(functions.api).toMatchObject({ provisionedInvocations: 2, spilloverInvocations: 2 });
  });

  it('wait for the end of an invocation that is under way', () => {
    const { dependencies, functions } = simulate(
      replaced()
        .withTraffic('web', 'api', { kind: 'burst', at: 3 * HOUR - SECOND / 2, count: 2 })
        .build(),
    );
    expect(functions.api!.provisionedInvocations).toBe(2);
    // Half a second later than they were due, and the next ones three hours after that.
    expect(dependencies.db!.calls).toBe(4);
  });

  it('fail in an outage, and the environment initialises again with its next invocation', () => {
    const outages = [{ at: 3 * HOUR - MINUTE, for: HOUR, effect: 'errors' as const, factor: 1 }];
    const { functions, dependencies } = simulate(
      replaced({ outages })
        .withTraffic('web', 'api', { kind: 'burst', at: 5 * HOUR, count: 1 })
        .build(),
    );
    // Four replacements, two of them in the outage, and the init that one invocation makes up for.
    expect(dependencies.db).toMatchObject({ calls: 5, rejected: 2, succeeded: 3 });
    // Connections were opened before the calls failed, so they are there.
    expect(functions.api!.duration).toMatchObject({ count: 1, min: 1210, max: 1210 });
    expect(functions.api!.billed.provisionedDurationGbSeconds).toBeCloseTo(2 * 0.25 + 2 * 0.26 + 1.21, 9);
  });

  it('are given up at the limit of such an init', () => {
    const outages = [{ at: 3 * HOUR - MINUTE, for: HOUR, effect: 'hang' as const, factor: 1 }];
    const { functions } = simulate(
      replaced({ outages }, { timeout: MINUTE })
        .run({ duration: 4 * HOUR })
        .build(),
    );
    expect(functions.api!.billed.provisionedDurationGbSeconds).toBeCloseTo(2 * 130, 9);
  });

  it('are refused beyond the limit of connections', () => {
    const { dependencies } = simulate(
      aScenario()
        .run({ duration: HOUR })
        .rules(later)
        .withFunction('api', api)
        .withDependency('db', 10_000, { connection, maxConnections: 1 })
        .build(),
    );
    expect(dependencies.db).toMatchObject({ calls: 2, rejected: 1, succeeded: 1, connections: { max: 1 } });
  });

  it('may be of another function, which is billed too', () => {
    const { functions } = simulate(
      aScenario()
        .run({ duration: HOUR })
        .rules({ ...later, 'platform-overhead': { cold: constant(0), warm: constant(0) } })
        .withFunction('api', { ...api, calls: [aCall('secrets', { each: 'environment' })] })
        .withFunction('secrets', { duration: constant(100_000), init: constant(300_000) })
        .build(),
    );
    expect(functions.secrets).toMatchObject({ invocations: 2, coldStarts: 2 });
    expect(functions.api!.billed.provisionedDurationGbSeconds).toBeCloseTo(2 * (0.2 + 0.4), 9);
  });

  it('are billed to the end of the run where no answer has come', () => {
    const { functions, dependencies } = simulate(
      aScenario()
        .run({ duration: 2 * MINUTE })
        .rules(later)
        .withFunction('api', api)
        .withDependency('db', HOUR)
        .build(),
    );
    expect(functions.api!.billed.provisionedDurationGbSeconds).toBeCloseTo(2 * 60.2, 9);
    expect(dependencies.db).toMatchObject({ calls: 2, succeeded: 0 });
  });

  it('lie before the run where the environments are ready at its start, as do their inits', () => {
    const { functions, dependencies } = simulate(
      replaced()
        .run({ duration: 2 * HOUR })
        .build(),
    );
    expect(dependencies.db).toMatchObject({ calls: 0, connections: { max: 2 } });
    expect(functions.api!.billed.provisionedDurationGbSeconds).toBe(0);
  });
});

describe('an invocation that waits at the end of the run', () => {
  it('is billed to the end of the run', () => {
    const { functions, traffic } = simulate(
      aScenario()
        .run({ duration: 10 * SECOND })
        .withTraffic('web', 'api', { kind: 'burst', at: 4 * SECOND, count: 1 })
        .withFunction('api', { duration: constant(0), calls: [aCall('db')] })
        .withDependency('db', MINUTE)
        .build(),
    );
    expect(functions.api!.billed.durationMs).toBe(6000);
    expect(traffic.web).toMatchObject({ offered: 1, unfinished: 1 });
  });
});
