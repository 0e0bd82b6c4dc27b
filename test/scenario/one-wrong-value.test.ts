/**
 * A value that cannot be read is one problem, at its place: it neither hides others of the same map nor makes some up.
 * Every setting of a scenario with all kinds of lists is made unreadable, one after another.
 */
import { describe, expect, it, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.js';

type Node = { [key: string]: Node } | Node[] | string | number | boolean;

const SOUND = (): Node => ({
  account: {
    otherConcurrency: [
      { at: '0s', for: '1m', amount: 5 },
      { at: '2m', amount: 3 },
    ],
    outages: [{ at: '1m', for: '1m', share: '50%' }],
  },
  functions: {
    worker: {
      duration: '1s',
      timeout: '10s',
      eventSources: [
        {
          stream: 'clicks',
          batchSize: 10,
          maximumBatchingWindow: '5s',
          filter: '50%',
          reportBatchItemFailures: true,
          parallelizationFactor: 2,
          startingPosition: 'AT_TIMESTAMP',
          startingTimestamp: '1h',
          maximumRetryAttempts: 3,
          maximumRecordAge: '1h',
          bisectBatchOnFunctionError: true,
          tumblingWindow: '10s',
          onFailure: 'dead',
        },
        {
          queue: 'orders',
          batchSize: 100,
          maximumBatchingWindow: '5s',
          filter: '50%',
          provisionedPollers: { minimum: 5, maximum: 20 },
        },
        { queue: 'others', batchSize: 10, maximumConcurrency: 5 },
      ],
      calls: [
        { to: 'callee', probability: '50%', count: 2, invocation: 'Event', payload: '2KB' },
        { to: 'clicks', key: { count: 5, skew: 1 } },
        { to: 'database' },
      ],
    },
    callee: {
      duration: { exponential: { mean: '1s' } },
      firstDuration: {
        mixture: [
          { weight: 2, of: { gamma: { mean: '1s', cv: 2 } } },
          { weight: 1, of: { p50: '1s', p99: '3s' } },
        ],
      },
      init: { pareto: { min: '1s', alpha: 3 } },
      keepAlive: { quantiles: { p50: '5m', max: '9m' } },
    },
  },
  queues: {
    orders: {
      visibilityTimeout: '1m',
      maxReceiveCount: 5,
      deadLetterQueue: 'dead',
      redrive: [{ at: '1m', to: 'others', rate: '100/s' }],
    },
    others: { visibilityTimeout: '1m' },
    dead: {},
  },
  streams: {
    clicks: {
      shards: 4,
      retention: '2d',
      backlog: 10,
      backlogAge: '1h',
      reshard: [
        { at: '1m', shards: 8 },
        { at: '2m', shards: 6 },
      ],
    },
  },
  topics: { news: { subscribers: ['callee', { to: 'others', filter: '5%' }] } },
  dependencies: {
    database: {
      latency: '5ms',
      maxConcurrency: 5,
      queueTimeout: '1s',
      maxConnections: 100,
      connection: { time: '5ms', per: 'environment' },
      outages: [{ at: '1m', for: '1m', effect: 'slow', factor: 3 }],
    },
  },
  traffic: {
    web: {
      to: 'callee',
      stages: [
        { for: '1m', rate: '5/s' },
        { for: '2m', rampTo: '7/s' },
      ],
      spikes: [{ at: '1m', for: '1m', rate: '5/s', ramp: '10s' }],
    },
    news: { to: 'news', rate: '1/s' },
    clicks: { to: 'clicks', rate: '1/s' },
  },
});

const problemsOf = (scenario: Node) => parseScenario(JSON.stringify(scenario)).problems;

/** Every setting below a node, as `a.b[0].c` and the way to it. */
function settingsOf(node: Node, way: readonly string[] = []): (readonly string[])[] {
  if (typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, child]) => [[...way, key], ...settingsOf(child, [...way, key])]);
}

const pathOf = (way: readonly string[]) =>
  way.map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

function withValue(way: readonly string[], value: unknown): Node {
  const scenario = SOUND();
  const parent = way.slice(0, -1).reduce<Node>((node, step) => (node as { [key: string]: Node })[step]!, scenario);
  (parent as { [key: string]: unknown })[way[way.length - 1]!] = value;
  return scenario;
}

test('the scenario is sound', () => {
  expect(problemsOf(SOUND())).toEqual([]);
});

describe.each([
  ['text of no form', 'no such thing'],
  ['a list', [[]]],
  ['nothing', null],
])('%s', (_, value) => {
  const ways = settingsOf(SOUND());

  it('is told of at its own place, whatever setting it is', () => {
    const elsewhere = ways.flatMap((way) => {
      const problems = problemsOf(withValue(way, value));
      expect(problems.length).toBeGreaterThan(0);
      const path = pathOf(way);
      return problems
        .filter((problem) => !problem.path.startsWith(path))
        .map((problem) => `${path} -> ${problem.path}: ${problem.message}`);
    });
    expect(ways.length).toBeGreaterThan(110);
    expect(elsewhere).toEqual([]);
  });

  it('hides nothing that is wrong elsewhere', () => {
    const hiding = ways
      .filter((way) => way.length > 1)
      .filter((way) => {
        const scenario = withValue(way, value) as { functions: { [id: string]: Node } };
        scenario.functions.beside = { duration: '1s', timeout: '20m' };
        return !problemsOf(scenario).some(({ path }) => path === 'functions.beside.timeout');
      });
    expect(hiding.map(pathOf)).toEqual([]);
  });
});

const MAPPING = (mapping: string) => `
functions:
  worker:
    duration: 1s
    timeout: 1m
    eventSources: [${mapping}]
streams: { clicks: {} }
queues: { orders: { visibilityTimeout: 10s } }
traffic: { web: { to: clicks, rate: 1/s } }
`;

describe('what is wrong with a mapping beside a value that cannot be read', () => {
  const pathsOf = (mapping: string) =>
    parseScenario(MAPPING(mapping)).problems.map(({ path }) => path.replace('functions.worker.eventSources', ''));

  it('is told of a stream', () => {
    expect(
      pathsOf(
        '{ stream: clicks, filtr: 1, parallelizationFactor: many, batchSize: 20000, startingPosition: AT_TIMESTAMP, onFailure: nowhere }, { stream: clicks }',
      ),
    ).toEqual([
      '[0].filtr',
      '[0].parallelizationFactor',
      '[0].batchSize',
      '[0].startingPosition',
      '[0].onFailure',
      '[1].stream',
    ]);
  });

  it('is told of a queue, of what the queue says to the function too', () => {
    expect(
      pathsOf(
        '{ queue: orders, batchSize: 0, maximumConcurrency: 1 }, { queue: orders, batchSize: 20000, maximumBatchingWindow: 1x }',
      ),
    ).toEqual([
      '[0].batchSize',
      '[0].maximumConcurrency',
      '[1].queue',
      '[1].batchSize',
      '[1].maximumBatchingWindow',
      'queues.orders.visibilityTimeout',
    ]);
  });

  it('is told of a queue or a stream that does not exist', () => {
    expect(
      pathsOf(
        '{ queue: odrers, batchSize: 20000 }, { queue: odrers, batchSize: 20 }, { stream: clikcs, batchSize: 20000 }',
      ),
    ).toEqual(['[0].queue', '[0].batchSize', '[1].queue', '[1].queue', '[1].batchSize', '[2].stream', '[2].batchSize']);
  });
});
