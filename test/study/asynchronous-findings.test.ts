/** Findings of asynchronous events, destinations and dependencies: what they say, and that the knob they name ends them. */
import { expect, it } from 'vitest';
import { HOUR, KB, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import type { DependencySettings, LambdaFunctionSettings, Scenario } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import {
  aCall,
  aScenario,
  constant,
  type FunctionChanges,
  reads,
  type ScenarioBuilder,
} from '../support/a-scenario.js';
import { type FindingCase, holdEach, runOf } from '../support/finding-cases.js';

const asynchronously = { via: 'event', invocation: 'Event' } as const;
const percent = '[\\d.]+%';

/** `worker` with an event a second. */
function events(fn: FunctionChanges, { payload = KB, duration = HOUR } = {}): ScenarioBuilder {
  return aScenario()
    .run({ duration })
    .withFunction('worker', fn)
    .withTraffic('events', 'worker', 1, { ...asynchronously, payload });
}

/** Three hundred events at 0, with 30 s of work each, for one environment and a greatest age of one minute. */
function crowd(fn: FunctionChanges, concurrencyLimit = 1000): Scenario {
  return aScenario()
    .run({ duration: 10 * MINUTE })
    .account({ concurrencyLimit })
    .withFunction('worker', { duration: constant(30 * SECOND), async: { maximumEventAge: MINUTE }, ...fn })
    .withTraffic('events', 'worker', { kind: 'burst', at: 0, count: 300 }, asynchronously)
    .build();
}

function outage(length: number, maximumEventAge: number): Scenario {
  return events({ async: { maximumEventAge } }, { duration: 10 * HOUR })
    .account({ outages: length === 0 ? [] : [{ at: 0, for: length, share: 1 }] })
    .build();
}

/** `api` asks `db` at each of ten requests a second. */
function asking(
  db: Partial<DependencySettings>,
  { latency = 50_000, ...api }: Partial<LambdaFunctionSettings> & { latency?: number } = {},
): ScenarioBuilder {
  return aScenario()
    .run({ duration: 10 * MINUTE })
    .withFunction('api', { duration: constant(10_000), calls: [aCall('db')], ...api })
    .withDependency('db', latency, db)
    .withTraffic('web', 'api', 10);
}

const perEnvironment = { time: constant(0), per: 'environment' } as const;
const perInvocation = (time: number) => ({ time: constant(time), per: 'invocation' }) as const;
const slow = (effect: 'slow' | 'hang') => [{ at: MINUTE, for: MINUTE, effect, factor: 100 }] as const;

/** An event that asks a database, which fails it every time. */
function failingWith(db: Partial<DependencySettings>): Scenario {
  return asking(db).withTraffic('events', 'api', 1, asynchronously).run({ duration: HOUR }).build();
}

function loop(to: string): Scenario {
  return aScenario()
    .asOf('2024-06-01')
    .run({ duration: 5 * MINUTE })
    .withQueue('thumbs')
    .withFunction('thumb', { calls: [aCall('thumbs'), aCall(to, { invocation: 'Event' })] })
    .withTraffic('uploads', 'thumb', { kind: 'burst', at: 0, count: 3 }, { via: 's3', invocation: 'Event' })
    .build();
}

function loopOfDestinations(onSuccess: string): Scenario {
  return aScenario()
    .run({ duration: 5 * MINUTE })
    .withQueue('done')
    .withTopic('news', [{ to: 'thumb', filter: 1 }])
    .withFunction('thumb', { async: { onSuccess } })
    .withTraffic('uploads', 'thumb', { kind: 'burst', at: 0, count: 3 }, { via: 's3', invocation: 'Event' })
    .build();
}

/** A function that sends what it is sent by `to`. */
function loopBy(to: string): Scenario {
  return aScenario()
    .run({ duration: 5 * MINUTE })
    .withQueue('done')
    .withQueue('pictures')
    .withTopic('bus', [{ to: 'thumb', filter: 1 }], { type: 'eventbridge' })
    .withFunction('thumb', { calls: [aCall(to)], eventSources: [reads('pictures', { batchSize: 1 })] })
    .withTraffic('uploads', 'thumb', { kind: 'burst', at: 0, count: 3 }, { via: 's3', invocation: 'Event' })
    .build();
}

function chain(last: FunctionChanges): Scenario {
  return aScenario()
    .run({ duration: HOUR })
    .withFunction('front', { duration: constant(50_000), calls: [aCall('middle')] })
    .withFunction('middle', { duration: constant(10_000), calls: [aCall('last')] })
    .withFunction('last', last)
    .withTraffic('web', 'front', 0.1)
    .build();
}

const large = { response: { size: 900 * KB, streamed: false, rate: undefined } } as const;

const CASES: readonly FindingCase[] = [
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.worker.reservedConcurrency',
    has: events({ reservedConcurrency: 0 }).build(),
    turned: events({ reservedConcurrency: 1 }).build(),
    message: ({ functions: { worker } }) =>
      new RegExp(
        `^${worker!.async.dropped.toLocaleString('en')} events of .* of worker \\(${percent}\\) were dropped: a reserved concurrency of 0 drops every event at once, and nobody keeps them: there is neither onFailure nor deadLetterQueue\\.$`,
      ),
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.worker.errorRate',
    has: events({ errorRate: 0.5 }).build(),
    turned: events({ errorRate: 0 }).build(),
    message: () => /of worker \([\d.]+%\) were dropped: all 3 attempts failed, and nobody keeps them/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.worker.errorRate',
    has: events({ errorRate: 0.5, async: { maximumRetryAttempts: 0, onFailure: 'lost' } })
      .withQueue('lost')
      .build(),
    turned: events({ async: { maximumRetryAttempts: 0, onFailure: 'lost' } })
      .withQueue('lost')
      .build(),
    message: () => /were dropped: the only attempt failed\.$/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.worker.errorRate',
    has: events({ errorRate: 0.5, async: { maximumEventAge: MINUTE } }).build(),
    turned: events({ async: { maximumEventAge: MINUTE } }).build(),
    message: () => /an attempt failed, and another would have come only after their greatest age of 1 min/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.worker.timeout',
    has: events({ duration: constant(5 * SECOND), timeout: 3 * SECOND }).build(),
    turned: events({ duration: constant(5 * SECOND), timeout: 6 * SECOND }).build(),
    message: () => /all 3 attempts failed/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.worker.reservedConcurrency',
    has: crowd({ reservedConcurrency: 1 }),
    turned: crowd({ reservedConcurrency: 300 }),
    message: ({ functions: { worker } }) =>
      new RegExp(
        `they reached their age of 1 min, after ${worker!.throttles.toLocaleString('en')} throttles and 0 service errors of all its events`,
      ),
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'account.concurrencyLimit',
    has: crowd({}, 100),
    turned: crowd({}, 300),
    message: () => /they reached their age of 1 min, after/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.worker.async.maximumEventAge',
    has: outage(30 * MINUTE, 10 * MINUTE),
    turned: outage(30 * MINUTE, HOUR),
    message: ({ functions: { worker } }) =>
      new RegExp(`age of 10 min, after 0 throttles and ${worker!.serviceErrors.toLocaleString('en')} service errors`),
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'account.outages',
    has: outage(7 * HOUR, 6 * HOUR),
    turned: outage(0, 6 * HOUR),
    message: () => /they reached their age of 6 h, after 0 throttles/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.api',
    knob: 'dependencies.db.maxConnections',
    has: failingWith({ maxConnections: 0, connection: perEnvironment }),
    turned: failingWith({ maxConnections: 100, connection: perEnvironment }),
    message: () => /all 3 attempts failed/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.api',
    knob: 'dependencies.db.outages',
    has: failingWith({ outages: [{ at: 0, for: HOUR, effect: 'errors', factor: 1 }] }),
    turned: failingWith({}),
    message: () => /all 3 attempts failed/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.back.errorRate',
    has: events({ calls: [aCall('back')] })
      .withFunction('back', { errorRate: 1 })
      .build(),
    turned: events({ calls: [aCall('back')] })
      .withFunction('back')
      .build(),
    message: () => /all 3 attempts failed/,
  },
  {
    limit: 'AsyncEventsDropped',
    resource: 'functions.worker',
    knob: 'functions.back.reservedConcurrency',
    has: events({ calls: [aCall('back')] })
      .withFunction('back', { reservedConcurrency: 0 })
      .build(),
    turned: events({ calls: [aCall('back')] })
      .withFunction('back', { reservedConcurrency: 10 })
      .build(),
    message: () => /all 3 attempts failed/,
  },
  {
    limit: 'Recursion',
    resource: 'functions.thumb',
    knob: 'functions.thumb.calls[1].to',
    has: loop('thumb'),
    turned: loop('thumbs'),
    message: () =>
      /^45 of 48 invocations of thumb were of events that its own chain had sent; Lambda stopped 3 chains after 16 rounds\.$/,
  },
  {
    limit: 'Recursion',
    resource: 'functions.thumb',
    knob: 'functions.thumb.calls[1].to',
    has: { ...loop('thumb'), asOf: '2022-06-01' },
    turned: { ...loop('thumbs'), asOf: '2022-06-01' },
    message: () => /; the chain comes back to it and never ends, and before 2023-07-13 Lambda did not stop it\.$/,
  },
  {
    limit: 'Recursion',
    resource: 'functions.thumb',
    knob: 'functions.thumb.async.onSuccess',
    has: loopOfDestinations('news'),
    turned: loopOfDestinations('done'),
    message: () => /^45 of 48 invocations/,
  },
  {
    limit: 'Recursion',
    resource: 'functions.thumb',
    knob: 'functions.thumb.calls[0].to',
    has: loopBy('bus'),
    turned: loopBy('done'),
    message: ({ functions: { thumb } }) =>
      new RegExp(
        `^${(thumb!.invocations - 3).toLocaleString('en')} of .*and Lambda does not stop it, for event buses pass on no count of its rounds\\.$`,
      ),
  },
  {
    limit: 'Recursion',
    resource: 'functions.thumb',
    knob: 'functions.thumb.calls[0].to',
    has: loopBy('pictures'),
    turned: loopBy('done'),
    message: () => /^45 of 48 invocations of thumb were .*; Lambda stopped 3 chains after 16 rounds\.$/,
  },
  {
    limit: 'DestinationDeliveryFailures',
    resource: 'functions.worker',
    knob: 'functions.worker.async.onSuccess',
    has: events({ ...large, async: { onSuccess: 'news' } })
      .withTopic('news', [{ to: 'mail', filter: 1 }])
      .withQueue('mail')
      .build(),
    turned: events({ ...large, async: { onSuccess: 'done' } })
      .withQueue('done')
      .build(),
    message: ({ functions: { worker } }) =>
      new RegExp(
        `^${worker!.async.succeeded.toLocaleString('en')} records of worker could not be handed over to news: the event, the response and what Lambda writes beside them are larger than it takes\\.$`,
      ),
  },
  {
    limit: 'DestinationDeliveryFailures',
    resource: 'functions.worker',
    knob: 'functions.worker.async.onFailure',
    has: events({ errorRate: 1, async: { onSuccess: 'done', onFailure: 'news' } }, { payload: 900 * KB })
      .withTopic('news', [{ to: 'mail', filter: 1 }])
      .withQueue('mail')
      .withQueue('done')
      .build(),
    turned: events({ errorRate: 1, async: { onSuccess: 'done', onFailure: 'done' } }, { payload: 900 * KB })
      .withQueue('done')
      .build(),
    message: ({ functions: { worker } }) =>
      new RegExp(
        `^${worker!.async.dropped.toLocaleString('en')} records of worker .* to news: the event and what Lambda`,
      ),
  },
  {
    limit: 'DeadLetterErrors',
    resource: 'functions.worker',
    knob: 'functions.worker.async.deadLetterQueue',
    has: events({ errorRate: 1, async: { deadLetterQueue: 'news' } }, { payload: MB })
      .withTopic('news', [{ to: 'mail', filter: 1 }])
      .withQueue('mail')
      .build(),
    turned: events({ errorRate: 1, async: { deadLetterQueue: 'dead' } }, { payload: MB })
      .withQueue('dead')
      .build(),
    message: () => /to news: the event is larger than it takes\.$/,
  },
  {
    limit: 'MaxConnections',
    resource: 'dependencies.db',
    knob: 'dependencies.db.maxConnections',
    has: asking({ maxConnections: 1, connection: perEnvironment }, { latency: SECOND }).build(),
    turned: asking({ maxConnections: 100, connection: perEnvironment }, { latency: SECOND }).build(),
    message: ({ dependencies: { db } }) =>
      new RegExp(`^db refused ${db!.rejected.toLocaleString('en')} connections: all its 1 were open`),
  },
  {
    limit: 'Outage',
    resource: 'dependencies.db',
    knob: 'dependencies.db.outages',
    has: asking({ outages: [{ at: MINUTE, for: MINUTE, effect: 'errors', factor: 1 }] }).build(),
    turned: asking({ outages: [] }).build(),
    message: ({ dependencies: { db } }) => new RegExp(`^db failed ${db!.rejected} calls during its outages\\.$`),
  },
  {
    limit: 'QueueTimeout',
    resource: 'dependencies.db',
    knob: 'dependencies.db.maxConcurrency',
    has: asking({ maxConcurrency: 5, queueTimeout: SECOND }, { latency: SECOND }).build(),
    turned: asking({ maxConcurrency: 50, queueTimeout: SECOND }, { latency: SECOND }).build(),
    message: ({ dependencies: { db } }) =>
      new RegExp(
        `^${db!.timedOut.toLocaleString('en')} calls of ${db!.calls.toLocaleString('en')} to db \\(${percent}\\) were still in line after 1 s: it works on 5 at once\\.$`,
      ),
  },
  ...(['slow', 'hang'] as const).map(
    (effect): FindingCase => ({
      limit: 'QueueTimeout',
      resource: 'dependencies.db',
      knob: 'dependencies.db.outages',
      has: asking({ maxConcurrency: 5, queueTimeout: SECOND, outages: slow(effect) }).build(),
      turned: asking({ maxConcurrency: 5, queueTimeout: SECOND }).build(),
      message: () =>
        new RegExp(`: it works on 5 at once, and ${effect === 'hang' ? 'hung' : 'was slow'} during an outage\\.$`),
    }),
  ),
  ...(['slow', 'hang'] as const).map(
    (effect): FindingCase => ({
      limit: 'SlowOutage',
      resource: 'dependencies.db',
      knob: 'dependencies.db.outages',
      has: asking({ outages: slow(effect) }).build(),
      turned: asking({ outages: [] }).build(),
      message: ({ dependencies: { db } }) =>
        new RegExp(
          `^[56]\\d\\d calls of ${db!.calls.toLocaleString('en')} to db \\(${percent}\\) fell into its outages, in which it ${effect === 'hang' ? 'hung' : 'took up to 100 times as long'} for 1 min\\.$`,
        ),
    }),
  ),
  {
    // The line as well: at other times the database keeps up.
    limit: 'Downstream',
    resource: 'functions.api',
    knob: 'dependencies.db.outages',
    has: asking({ maxConcurrency: 5, outages: slow('slow') }, { duration: constant(200_000) }).build(),
    turned: asking({ maxConcurrency: 5, outages: [] }, { duration: constant(200_000) }).build(),
    message: () => /is waiting, most of it for db in its outages\.$/,
  },
  {
    limit: 'Downstream',
    resource: 'functions.api',
    knob: 'dependencies.db.latency',
    has: asking({}).build(),
    turned: asking({}, { latency: 5_000 }).build(),
    message: () =>
      /^8[34](\.\d)?% of the billed run time of api, \$\d+\.\d\d a month, is waiting, most of it for db\.$/,
  },
  {
    limit: 'Downstream',
    resource: 'functions.api',
    knob: 'dependencies.db.maxConcurrency',
    has: asking({ maxConcurrency: 1 }, { latency: 95_000, duration: constant(200_000) }).build(),
    turned: asking({ maxConcurrency: 50 }, { latency: 95_000, duration: constant(200_000) }).build(),
    message: () => /is waiting, most of it for db\.$/,
  },
  {
    limit: 'Downstream',
    resource: 'functions.api',
    knob: 'dependencies.db.connection',
    has: asking({ connection: perInvocation(90_000) }, { latency: 1_000 }).build(),
    turned: asking({ connection: perEnvironment }, { latency: 1_000 }).build(),
    message: () => /is waiting, most of it for db\.$/,
  },
  {
    limit: 'Downstream',
    resource: 'functions.front',
    knob: 'functions.last.duration',
    has: chain({ duration: constant(400_000) }),
    turned: chain({ duration: constant(0) }),
    message: () => /of front, .* is waiting, most of it for last\.$/,
  },
  {
    limit: 'Downstream',
    resource: 'functions.middle',
    knob: 'functions.last.init',
    has: chain({ duration: constant(1_000), init: constant(4 * SECOND), keepAlive: constant(SECOND) }),
    turned: chain({ duration: constant(1_000), keepAlive: constant(SECOND) }),
    message: () => /of middle, .* is waiting, most of it for last\.$/,
  },
];

holdEach(CASES);

it('calls of the warm-up that time out after it are no share of none', () => {
  const { findings } = runOf(
    aScenario()
      .run({ duration: 5 * MINUTE, warmUp: MINUTE })
      .withFunction('api', { calls: [aCall('db')] })
      .withDependency('db', 100 * SECOND, { maxConcurrency: 1, queueTimeout: 90 * SECOND })
      .withTraffic('web', 'api', { kind: 'burst', at: 0, count: 5 })
      .build(),
  );
  expect(findings.map(({ message }) => message)).toEqual([
    '4 calls of 4 to db (100%) were still in line after 1 min 30 s: it works on 1 at once.',
  ]);
});

it('a chain ends after 16 rounds since July 2023, and runs away before', () => {
  const invocations = (asOf: string) => simulate({ ...loop('thumb'), asOf }).functions.thumb!.invocations;
  expect(invocations('2024-06-01')).toBe(3 * 16);
  expect(invocations('2022-06-01')).toBeGreaterThan(3 * 1000);
});

it('chains that Lambda stopped are not told again as dropped events', () => {
  expect(runOf(loop('thumb')).findings.map(({ limit }) => limit)).toEqual(['Recursion']);
});
