/** What a run says of its streams, word by word. */
import { describe, expect, test } from 'vitest';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';
import type { Finding } from '../../src/results/run-result.js';
import type { CallSettings, Scenario, StreamMappingSettings, StreamSettings } from '../../src/scenario/types.js';
import {
  aCall,
  aScenario,
  constant,
  type FunctionChanges,
  reads,
  type ScenarioBuilder,
  streamMapping,
} from '../support/a-scenario.js';
import { type FindingCase, holdEach, runOf } from '../support/finding-cases.js';

function findingsIn(scenario: Scenario): Finding[] {
  return runOf(scenario).findings.filter(({ resource }) => resource.startsWith('streams.'));
}

const brief = (findings: readonly Finding[]) => findings.map(({ limit, knob }) => [limit, knob]);

describe('findings of streams', () => {
  test('what grows older, by how much, and the lanes that would cure it', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(400 * MILLISECOND), eventSources: [streamMapping('clicks')] })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 417, { arrivals: { kind: 'regular' } })
      .build();
    // 250 of 417 a second: 0.4 s a second.
    expect(findingsIn(scenario)).toEqual([
      {
        resource: 'streams.clicks',
        limit: 'IteratorAge',
        from: 1_800,
        to: 3_600,
        message:
          'What worker reads of clicks grows older by 0.4 s a second: of the shard furthest behind it takes 60% of what comes; raise parallelizationFactor to 2.',
        knob: 'functions.worker.eventSources[0].parallelizationFactor',
        turn: 'raise',
      },
    ]);
  });

  test('what no number of lanes cures', () => {
    const eventSources = [streamMapping('clicks', { batchSize: 10, parallelizationFactor: 5 })];
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(SECOND), eventSources })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 200)
      .build();
    expect(brief(findingsIn(scenario))).toEqual([['IteratorAge', 'streams.clicks.shards']]);
  });

  test('nothing, where the reader keeps up', () => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(100 * MILLISECOND), eventSources: [streamMapping('clicks')] })
      .withStream('clicks', { shards: 2 })
      .withTraffic('web', 'clicks', 200)
      .build();
    expect(findingsIn(scenario)).toEqual([]);
  });

  test('a shard that a failing batch blocks, by what, since when, and until when', () => {
    const scenario = aScenario()
      .rules({ 'stream-polling': { spread: false } })
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(0), errorRate: 1, eventSources: [streamMapping('clicks')] })
      .withStream('clicks', { backlog: 10 })
      .build();
    const [finding] = findingsIn(scenario);
    expect(finding).toMatchObject({ limit: 'BlockedShard', from: 1, to: 3_600 });
    expect(finding!.knob).toBe('functions.worker.errorRate');
    expect(finding!.message).toMatch(
      /^Shard 0 of clicks was blocked for worker by errors of its handler, whatever the records, from 1 s on for 59 min [\d.]+ s, and still is: while its batch fails, what follows waits, and it is sent again until its records expire, 24 h after they were written\.$/,
    );
  });

  test.each<[string, FunctionChanges, Partial<StreamMappingSettings>, string]>([
    [
      'a record that fails on every try',
      { poisonRate: 1 },
      {},
      'functions.worker.eventSources[0].maximumRetryAttempts',
    ],
    [
      'a record that fails on every try',
      { poisonRate: 1, errorRate: 0.9 },
      { maximumRetryAttempts: 50 },
      'functions.worker.eventSources[0].bisectBatchOnFunctionError',
    ],
    [
      'one of which fails the whole batch',
      { recordErrorRate: 0.3 },
      {},
      'functions.worker.eventSources[0].reportBatchItemFailures',
    ],
    [
      'records that fail on some of their tries, from',
      { recordErrorRate: 0.95 },
      { reportBatchItemFailures: true },
      'functions.worker.recordErrorRate',
    ],
    ['its timeout of 3 s', { duration: constant(4 * SECOND), timeout: 3 * SECOND }, {}, 'functions.worker.timeout'],
    ['throttles', { reservedConcurrency: 0 }, {}, 'functions.worker.reservedConcurrency'],
  ])('what blocks a shard: %s', (by, fn, mapping, knob) => {
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(0), ...fn, eventSources: [streamMapping('clicks', mapping)] })
      .withStream('clicks', { backlog: 40 })
      .build();
    const [finding] = findingsIn(scenario).filter(({ limit }) => limit === 'BlockedShard');
    expect(finding!.message).toContain(by);
    expect(finding!.knob).toBe(knob);
  });

  test('what blocks a shard: an outage of Lambda, and calls that fail', () => {
    const outage = { at: 10 * MINUTE, for: 20 * MINUTE };
    const worker = (...calls: CallSettings[]) => ({
      duration: constant(0),
      calls,
      eventSources: [streamMapping('clicks')],
    });
    const clicks = () => aScenario().run({ duration: HOUR }).withStream('clicks').withTraffic('web', 'clicks', 10);
    const lambda = clicks()
      .withFunction('worker', worker())
      .account({ outages: [{ ...outage, share: 1 }] });
    const [refused] = findingsIn(lambda.build());
    expect([refused!.from, refused!.knob]).toEqual([expect.closeTo(600, -1), 'account.outages']);
    expect(refused!.message).toContain('by service errors of Lambda');
    expect(refused!.message).toContain('while its batch is refused');
    // A third of the records waited, though none do at the end.
    expect(refused!.minor).toBeUndefined();
    const database = clicks()
      .withDependency('db', MILLISECOND, { outages: [{ ...outage, effect: 'errors', factor: 10 }] })
      .withFunction('worker', worker(aCall('db')));
    const [failed] = findingsIn(database.build());
    expect(failed!.message).toContain('by calls of its handler that fail');
    expect(failed!.knob).toBe('functions.worker.calls');
  });

  test('a lane, where a shard has several: the others run on', () => {
    const eventSources = [streamMapping('clicks', { parallelizationFactor: 5 })];
    const scenario = aScenario()
      .run({ duration: HOUR })
      .withFunction('worker', { duration: constant(0), poisonRate: 1, eventSources })
      .withStream('clicks', { shards: 2, backlog: 100 })
      .build();
    const [finding] = findingsIn(scenario);
    expect(finding!.message).toMatch(
      /^A lane of shard [01] of clicks was blocked .* So was a lane of 1 other shard\.$/,
    );
  });

  test('readers that share what a shard gives, where more lanes would not help', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 900, { arrivals: { kind: 'regular' } });
    for (const id of ['one', 'two', 'three'])
      scenario.withFunction(id, {
        duration: constant(0),
        eventSources: [streamMapping('clicks', { batchSize: 1_000 })],
      });
    const findings = findingsIn(scenario.build());
    expect(brief(findings)).toEqual(Array(3).fill(['IteratorAge', 'streams.clicks.consumer']));
    expect(findings[0]!.message).toContain('enhanced fan-out');
  });

  test('writes that a hot shard rejects, and the key that makes it hot', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withFunction('worker', { duration: constant(0), eventSources: [streamMapping('clicks')] })
      .withStream('clicks', { shards: 8 })
      .withTraffic('web', 'clicks', 3_000, { key: { count: 100, skew: 2 } })
      .build();
    const [finding] = findingsIn(scenario);
    expect([finding!.limit, finding!.knob]).toEqual(['WriteProvisionedThroughputExceeded', 'traffic.web.key']);
    expect(finding!.message).toContain('more shards cannot split one');
  });

  test('records that were given up, and that nobody was told', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withFunction('worker', {
        duration: constant(0),
        errorRate: 0.2,
        eventSources: [streamMapping('clicks', { maximumRetryAttempts: 0 })],
      })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 100)
      .build();
    const [finding] = findingsIn(scenario);
    expect([finding!.limit, finding!.knob]).toEqual([
      'RecordsDiscarded',
      'functions.worker.eventSources[0].maximumRetryAttempts',
    ]);
    expect(finding!.message).toContain('nobody was told');
  });

  test('more functions than a shard gives reads', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withStream('clicks')
      .withTraffic('web', 'clicks', 1);
    for (let i = 0; i < 8; i++)
      scenario.withFunction(`f${i}`, { duration: constant(0), eventSources: [streamMapping('clicks')] });
    expect(brief(findingsIn(scenario.build()))).toEqual([
      ['ReadProvisionedThroughputExceeded', 'streams.clicks.consumer'],
    ]);
  });
});

/** `worker` reads `clicks`, with so many writes a second. */
function clicks(
  rate: number,
  mapping: Parameters<typeof streamMapping>[1],
  fn: FunctionChanges = {},
  stream: Partial<StreamSettings> = {},
  key?: { readonly count: number; readonly skew: number },
): Scenario {
  return aScenario()
    .run({ duration: 20 * MINUTE })
    .withFunction('worker', { duration: constant(0), eventSources: [streamMapping('clicks', mapping)], ...fn })
    .withStream('clicks', stream)
    .withTraffic('web', 'clicks', rate, { key })
    .build();
}

/** Eight functions read one shard. */
function crowd(consumer: StreamSettings['consumer']): Scenario {
  const scenario = aScenario()
    .run({ duration: 10 * MINUTE })
    .withStream('clicks', { consumer })
    .withTraffic('web', 'clicks', 1);
  for (let i = 0; i < 8; i++)
    scenario.withFunction(`f${i}`, { duration: constant(0), eventSources: [streamMapping('clicks')] });
  return scenario.build();
}

/** More shards than the function may have executions or environments, for what is `held` of it. */
function held(
  fn: FunctionChanges,
  { asOf = '2026-01-01', rules = {} }: { asOf?: Scenario['asOf']; rules?: Scenario['rules'] } = {},
): Scenario {
  return aScenario()
    .asOf(asOf)
    .rules(rules)
    .run({ duration: 20 * MINUTE })
    .withFunction('worker', { ...slow, eventSources: [streamMapping('clicks')], ...fn })
    .withStream('clicks', { shards: 8 })
    .withTraffic('web', 'clicks', 400)
    .build();
}

const slow = { duration: constant(SECOND) };
const hot = { count: 100, skew: 2 };
const mapping = 'functions.worker.eventSources[0]';

const CASES: readonly FindingCase[] = [
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: `${mapping}.parallelizationFactor`,
    has: clicks(200, {}, slow),
    turned: clicks(200, { parallelizationFactor: 3 }, slow),
    message: () => /; raise parallelizationFactor to [23]\.$/,
  },
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: 'streams.clicks.shards',
    has: clicks(200, { batchSize: 10, parallelizationFactor: 5 }, slow),
    turned: clicks(200, { batchSize: 10, parallelizationFactor: 5 }, slow, { shards: 6 }),
    message: () => /; even with a parallelizationFactor of 10 it needs 3 shards, or larger batches\.$/,
  },
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: 'traffic.web.key',
    has: clicks(120, { batchSize: 10, parallelizationFactor: 10 }, slow, { shards: 4 }, hot),
    turned: clicks(120, { batchSize: 10, parallelizationFactor: 10 }, slow, { shards: 4 }),
    message: () =>
      /; shard \d got [67]\d(\.\d)?% of all writes, so a few partition keys are hot, and more shards cannot split one\.$/,
  },
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: 'streams.clicks.reshard',
    has: clicks(800, { batchSize: 10, parallelizationFactor: 10 }, slow, {
      shards: 2,
      reshard: [
        { at: MINUTE, shards: 4 },
        { at: 0, shards: 2 },
      ],
    }),
    turned: clicks(800, { batchSize: 10, parallelizationFactor: 10 }, slow, {
      shards: 2,
      reshard: [
        { at: MINUTE, shards: 16 },
        { at: 0, shards: 2 },
      ],
    }),
    message: () => /; even with a parallelizationFactor of 10 it needs (8|9|10|11) shards, or larger batches\.$/,
  },
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: 'streams.clicks.shards',
    // It grows to as many shards as the writes ask for.
    has: clicks(3_000, { batchSize: 25, parallelizationFactor: 10 }, slow, { mode: 'on-demand' }),
    turned: clicks(3_000, { batchSize: 25, parallelizationFactor: 10 }, slow, { mode: 'on-demand', shards: 24 }),
    message: () => /; even with a parallelizationFactor of 10 it needs 13 shards, or larger batches\.$/,
  },
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: 'functions.worker.reservedConcurrency',
    has: held({ reservedConcurrency: 1 }),
    turned: held({ reservedConcurrency: 8 }),
    message: ({ streams, functions }) =>
      new RegExp(
        `; ${streams.clicks!.waiting.toLocaleString('en')} records wait, for its function was throttled ${functions.worker!.throttles.toLocaleString('en')} times: its reserved concurrency of 1 was in use\\.$`,
      ),
  },
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: 'functions.worker.provisionedConcurrency',
    has: held({}, { rules: { 'function-scaling-rate': { burst: 2, perMinute: 0 } } }),
    turned: held({ provisionedConcurrency: 8 }, { rules: { 'function-scaling-rate': { burst: 2, perMinute: 0 } } }),
    message: () => /: Lambda makes 2 environments at once and then 0 a minute for one function\.$/,
  },
  {
    limit: 'IteratorAge',
    resource: 'streams.clicks',
    knob: 'functions.worker.vpc.addresses',
    has: held({ memory: 3008, vpc: { mode: 'classic', addresses: 2 } }, { asOf: '2019-06-01' }),
    turned: held({ memory: 3008, vpc: { mode: 'classic', addresses: 20 } }, { asOf: '2019-06-01' }),
    message: () => /: its network interfaces had used up the 2 addresses of the subnets\.$/,
  },
  {
    limit: 'BlockedShard',
    resource: 'streams.clicks',
    knob: 'functions.worker.vpc.addresses',
    has: held(
      { memory: 3008, vpc: { mode: 'classic', addresses: 2 } },
      { asOf: '2019-06-01', rules: { 'stream-error-handling': { turns: false } } },
    ),
    turned: held(
      { memory: 3008, vpc: { mode: 'classic', addresses: 20 } },
      { asOf: '2019-06-01', rules: { 'stream-error-handling': { turns: false } } },
    ),
    message: () => /was blocked for worker by throttles/,
  },
  {
    limit: 'BlockedShard',
    resource: 'streams.clicks',
    knob: 'functions.worker.errorRate',
    has: clicks(1, {}, { errorRate: 1 }),
    turned: clicks(1, {}, { errorRate: 0.1 }),
    message: () => /^Shard 0 of clicks was blocked for worker/,
  },
  {
    limit: 'BlockedShard',
    resource: 'streams.clicks',
    knob: `${mapping}.maximumRetryAttempts`,
    has: clicks(1, { maximumRetryAttempts: 12, bisectBatchOnFunctionError: true }, { poisonRate: 0.005 }),
    turned: clicks(1, { maximumRetryAttempts: 2, bisectBatchOnFunctionError: true }, { poisonRate: 0.005 }),
    message: () => /and it is sent again up to 12 times\./,
  },
  {
    limit: 'WriteProvisionedThroughputExceeded',
    resource: 'streams.clicks',
    knob: 'traffic.web.key',
    has: clicks(3_000, {}, {}, { shards: 8 }, hot),
    turned: clicks(3_000, {}, {}, { shards: 8 }, { count: 10_000, skew: 0 }),
    message: ({ streams }) => new RegExp(`^clicks rejected ${streams.clicks!.rejected.toLocaleString('en')} of`),
  },
  {
    limit: 'WriteProvisionedThroughputExceeded',
    resource: 'streams.clicks',
    knob: 'streams.clicks.shards',
    has: clicks(3_000, {}, {}, { shards: 2 }),
    turned: clicks(3_000, {}, {}, { shards: 6 }),
    message: () => /a shard takes 1,000 records and 1,024 KB a second\.$/,
  },
  {
    limit: 'RecordsExpired',
    resource: 'streams.clicks',
    knob: 'streams.clicks.retention',
    has: { ...clicks(1, {}, { errorRate: 1 }), run: { ...clicks(1, {}).run, duration: 26 * HOUR } },
    turned: {
      ...clicks(1, {}, { errorRate: 1 }, { retention: 48 * HOUR }),
      run: { ...clicks(1, {}).run, duration: 26 * HOUR },
    },
    message: ({ streams }) =>
      new RegExp(
        `^${streams.clicks!.expired.toLocaleString('en')} records of [\\d,]+ of clicks expired before worker had processed them: the stream keeps them for 24 h\\.$`,
      ),
  },
  {
    limit: 'RecordsDiscarded',
    resource: 'streams.clicks',
    knob: `${mapping}.maximumRetryAttempts`,
    has: clicks(20, { maximumRetryAttempts: 0 }, { errorRate: 0.2 }),
    turned: clicks(20, { maximumRetryAttempts: 20 }, { errorRate: 0.2 }),
    message: ({ streams }) =>
      new RegExp(
        `^worker gave up ${streams.clicks!.discarded.toLocaleString('en')} records .*, and nobody was told; each batch was given up whole`,
      ),
  },
  {
    limit: 'RecordsDiscarded',
    resource: 'streams.clicks',
    knob: `${mapping}.maximumRecordAge`,
    has: clicks(1, { maximumRecordAge: MINUTE }, { errorRate: 0.9 }),
    turned: clicks(1, { maximumRecordAge: 24 * HOUR }, { errorRate: 0.9 }),
    message: () => /which were too old/,
  },
  {
    limit: 'RecordsDiscarded',
    resource: 'streams.clicks',
    knob: 'functions.worker.poisonRate',
    has: clicks(1, { maximumRetryAttempts: 2, bisectBatchOnFunctionError: true }, { poisonRate: 0.01 }),
    turned: clicks(1, { maximumRetryAttempts: 2, bisectBatchOnFunctionError: true }),
    message: () => /and nobody was told\.$/,
  },
  {
    limit: 'ReadProvisionedThroughputExceeded',
    resource: 'streams.clicks',
    knob: 'streams.clicks.consumer',
    has: crowd('standard'),
    turned: crowd('enhanced-fan-out'),
    message: () => /^8 functions share the 5 reads a second of each shard of clicks/,
  },
];

/** `worker` writes to `to` what it makes of the records of `clicks`; twenty at first. */
function loop(
  to: string,
  { probability = 1, count = 1, errorRate = 0, filter = 1 } = {},
  more: (scenario: ScenarioBuilder) => ScenarioBuilder = (scenario) => scenario,
): Scenario {
  return more(
    aScenario()
      .run({ duration: 10 * MINUTE })
      .withStream('clicks')
      .withStream('results')
      .withFunction('worker', {
        errorRate,
        duration: constant(10 * MILLISECOND),
        calls: [aCall(to, { probability, count })],
        eventSources: [streamMapping('clicks', { batchSize: 1, filter })],
      })
      .withTraffic('web', 'clicks', { kind: 'burst', at: 0, count: 20 }),
  ).build();
}

/** Two functions, each of which writes to the stream that the other reads. */
const pingPong = (back: string) =>
  loop('results', {}, (scenario) =>
    scenario
      .withStream('archive')
      .withFunction('other', { calls: [aCall(back)], eventSources: [streamMapping('results')] }),
  );

/** What the reader gives up goes to a queue, whose reader writes it to the stream again. */
const retold = (errorRate: number, onFailure: string) =>
  aScenario()
    .run({ duration: 10 * MINUTE })
    .withStream('clicks')
    .withQueue('failed')
    .withQueue('parked')
    .withFunction('worker', {
      errorRate,
      duration: constant(10 * MILLISECOND),
      eventSources: [streamMapping('clicks', { batchSize: 1, maximumRetryAttempts: 0, onFailure })],
    })
    .withFunction('writer', { calls: [aCall('clicks')], eventSources: [reads('failed')] })
    .withTraffic('web', 'clicks', { kind: 'burst', at: 0, count: 200 })
    .build();

const LOOPS: readonly FindingCase[] = [
  {
    limit: 'Recursion',
    resource: 'functions.worker',
    knob: `${mapping}.onFailure`,
    has: retold(1, 'failed'),
    turned: retold(1, 'parked'),
    message: () => /records of clicks came from the chain of worker that reads them; an invocation brings 1 on average/,
  },
  {
    limit: 'Recursion',
    resource: 'functions.worker',
    knob: 'functions.worker.calls[0].to',
    has: loop('clicks'),
    turned: loop('results'),
    message: ({ streams }) =>
      new RegExp(
        `^${(streams.clicks!.records - 20).toLocaleString('en')} of ${streams.clicks!.records.toLocaleString('en')} records of clicks came from the chain of worker that reads them; an invocation brings 1 on average back to it, so the chain never ends, and Lambda does not stop it, for streams pass on no count of its rounds\\.$`,
      ),
  },
  {
    limit: 'Recursion',
    resource: 'functions.worker',
    knob: 'functions.worker.calls[0].to',
    has: loop('clicks', { probability: 0.5, count: 3 }),
    turned: loop('results', { probability: 0.5, count: 3 }),
    message: () => /; an invocation brings 1\.5 on average back to it/,
  },
  {
    // By the file 0.8, but each batch that fails sends once more with every try.
    limit: 'Recursion',
    resource: 'functions.worker',
    knob: 'functions.worker.errorRate',
    has: loop('clicks', { probability: 0.8, errorRate: 0.5 }),
    turned: loop('clicks', { probability: 0.8 }),
    message: () => /; 1\.\d+ came for each that it was done with, retries included, so the chain never ends/,
  },
  {
    limit: 'Recursion',
    resource: 'functions.other',
    knob: 'functions.other.calls[0].to',
    has: pingPong('clicks'),
    turned: pingPong('archive'),
    message: () => /came from the chain of other that reads them/,
  },
];

holdEach(CASES);
holdEach(LOOPS);

test.each<[string, Scenario]>([
  ['a loop of less than one', loop('clicks', { probability: 0.9 })],
  ['a loop whose filter lets few pass', loop('clicks', { count: 3, filter: 0.3 })],
  ['no loop', loop('results')],
  ['a loop of some of what is given up', retold(0.5, 'failed')],
  ['a loop of most of what is given up', retold(0.9, 'failed')],
])('%s is no recursion', (_, scenario) => {
  expect(runOf(scenario).findings.filter(({ limit }) => limit === 'Recursion')).toEqual([]);
});
