/** The lines of the services that functions send to and call. Prices of us-east-1. */
import { describe, expect, it } from 'vitest';
import { bill } from '../../src/billing/bill.js';
import type { NeighbourUsage } from '../../src/billing/neighbours.js';
import { HOUR, KB } from '../../src/engine/units.js';
import { simulate } from '../../src/study/simulate.js';
import { aCall, aScenario, constant } from '../support/a-scenario.js';

const asOf = '2026-11-21';
const month = (neighbours: NeighbourUsage[], options: object = {}) =>
  bill([], { region: 'us-east-1', asOf, neighbours, ...options });
const usage = (meter: NeighbourUsage['meter'], quantity: number, resource = 'x'): NeighbourUsage => ({
  resource,
  meter,
  quantity,
});

describe('a neighbour on the bill', () => {
  it.each([
    ['sqs-standard', 10e6, 4],
    ['sqs-fifo', 10e6, 5],
    ['sns', 10e6, 5],
    ['eventbridge', 10e6, 10],
    ['dynamodb-read', 10e6, 1.25],
    ['dynamodb-write', 10e6, 6.25],
    ['s3-get', 10_000, 0.004],
    ['s3-put', 10_000, 0.05],
  ] as const)('%s: %d for %d USD', (meter, quantity, usd) => {
    expect(month([usage(meter, quantity)]).total).toBeCloseTo(usd, 9);
  });

  it('cost twice as much at DynamoDB before November 2024', () => {
    expect(month([usage('dynamodb-write', 1e6)], { asOf: '2024-10-31' }).total).toBeCloseTo(1.25, 9);
  });

  it('gets cheaper above 100 and 200 billion requests of all standard queues together', () => {
    const { lines, total } = month([usage('sqs-standard', 150e9, 'a'), usage('sqs-standard', 100e9, 'b')]);
    expect(total).toBeCloseTo(40_000 + 30_000 + 12_000, 6);
    expect(lines[0]!.usd / lines[1]!.usd).toBeCloseTo(1.5, 9);
  });

  it('gets cheaper above as many requests of FIFO queues, which count by themselves', () => {
    const { lines } = month([usage('sqs-fifo', 250e9, 'a'), usage('sqs-standard', 50e9, 'b')]);
    expect(lines.map(({ usd }) => usd)).toEqual([
      expect.closeTo(50_000 + 40_000 + 17_500, 6),
      expect.closeTo(20_000, 6),
    ]);
  });

  it('has a million free requests of SQS, FIFO and standard together, and of SNS', () => {
    const { lines, total } = month(
      [usage('sqs-standard', 1.5e6, 'a'), usage('sqs-fifo', 0.5e6, 'b'), usage('sns', 1e6, 'c')],
      { freeTier: true },
    );
    expect(lines.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['SQS requests (standard)', 750_000],
      ['SQS requests (standard), free tier', 750_000],
      ['SQS requests (FIFO)', 250_000],
      ['SQS requests (FIFO), free tier', 250_000],
      ['SNS publishes, free tier', 1e6],
    ]);
    expect(total).toBeCloseTo(0.75 * 0.4 + 0.25 * 0.5, 9);
  });

  it('is left out where pricing.include does not name it, and then needs no price', () => {
    const include = (services: string[]) =>
      month([usage('sns', 1e6), usage('sqs-standard', 1e6)], { pricing: { include: services } });
    expect(include(['lambda']).lines).toEqual([]);
    expect(include(['sns']).lines.map(({ service }) => service)).toEqual(['Amazon SNS']);
    expect(
      bill([], { region: 'eu-west-1', asOf, neighbours: [usage('sns', 1)], pricing: { include: ['lambda'] } }).total,
    ).toBe(0);
    expect(() => bill([], { region: 'eu-west-1', asOf, neighbours: [usage('sns', 1)] })).toThrow(
      'no price is known for sns.publish in eu-west-1',
    );
  });

  it('takes overrides and the discount', () => {
    const pricing = { overrides: { 'sns.publish': 1 }, discount: 0.5 };
    expect(month([usage('sns', 4e6)], { pricing }).total).toBeCloseTo(2, 9);
  });
});

describe('a run', () => {
  const chunky = (asOfDay: string, payload: number) =>
    aScenario()
      .asOf(asOfDay)
      .run({ duration: HOUR })
      .withQueue('dlq')
      .withTopic('news', [{ to: 'worker', filter: 1 }])
      .withTopic('bus', [], { type: 'eventbridge' })
      .withTopic('aws', [], { type: 'eventbridge', service: 'aws' })
      .withDependency('table', 1_000, { charge: 'dynamodb-write' })
      .withFunction('worker', {
        duration: constant(1_000),
        errorRate: 1,
        calls: [aCall('table', { payload: 2_500 }), aCall('bus'), aCall('aws')],
        async: { deadLetterQueue: 'dlq' },
      })
      .withTraffic('events', 'news', { kind: 'burst', at: 0, count: 10 }, { invocation: 'Event', payload })
      .build();

  it('bills every retry, every hand-over, and messages by their 64 KB', () => {
    const { functions, bill: of } = simulate(chunky(asOf, 200 * KB));
    expect(functions.worker).toMatchObject({
      invocations: 30,
      async: { retries: 20, dropped: 10 },
      billed: { requests: 30 },
    });
    const quantities = Object.fromEntries(
      of.lines.map(({ resource, item, quantity }) => [`${resource} ${item}`, quantity]),
    );
    expect(quantities).toMatchObject({
      'worker Requests': 30,
      'dlq SQS requests (standard)': 40,
      'news SNS publishes': 40,
      'bus EventBridge events': 30,
      'table DynamoDB writes': 90,
    });
    expect(of.lines.some(({ resource }) => resource === 'aws')).toBe(false);
    expect(of.total).toBeCloseTo(
      of.lines.reduce((sum, { usd }) => sum + usd, 0),
      12,
    );
  });

  it('bills an event above 256 KB as a request more for each 64 KB, each time it runs', () => {
    const direct = (payload: number) =>
      simulate(
        aScenario()
          .withFunction('worker')
          .withTraffic(
            'events',
            'worker',
            { kind: 'burst', at: 0, count: 10 },
            { via: 'event', invocation: 'Event', payload },
          )
          .build(),
      ).functions.worker!.billed.requests;
    expect([direct(256 * KB), direct(257 * KB), direct(1024 * KB)]).toEqual([10, 20, 130]);
  });
});
