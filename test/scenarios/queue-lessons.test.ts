/** What the comments of the scenarios of queues say is what their runs show, and what the commands in them lead to. */
import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/study/evidence.js';
import { findingsOf } from '../../src/study/findings.js';
import { Simulation } from '../../src/study/simulation.js';
import { ran, scenarioOf } from './runs.js';

function watched(name: string) {
  const scenario = scenarioOf(name);
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  const rows = [...simulation.timeline!.rows()];
  const result = simulation.result();
  return { result, rows, findings: findingsOf(scenario, result, evidenceOf(simulation)) };
}

describe('an order burst', () => {
  it.each([
    ['order-burst-2019', [5, 65, 125, 185, 245]],
    ['order-burst-today', [5, 305, 605, 905]],
  ])('%s works on so many batches in its first minutes', (name, expected) => {
    const batches = watched(name)
      .rows.filter(({ resource, metric }) => resource === 'mappings.worker.orders' && metric === 'ConcurrentExecutions')
      .map(({ value }) => value);
    expect(batches.slice(0, expected.length)).toEqual(expected);
  });

  it('waited twice as long in 2019, with three quarters of the account unused', () => {
    const then = ran('order-burst-2019');
    const now = ran('order-burst-today');
    expect(then.queues.orders!.age.max).toBeGreaterThan(8 * 60_000);
    expect(now.queues.orders!.age.max).toBeLessThan(5 * 60_000);
    expect(now.queues.orders!.age.max / then.queues.orders!.age.max).toBeCloseTo(0.5, 1);
    expect(then.functions.worker!.concurrency.max).toBeLessThan(500);
  });
});

describe('throttled-pollers', () => {
  it('loses good messages where the mapping does not know of the reservation, and none where it does', () => {
    const { result, findings } = watched('throttled-pollers');
    expect(result.functions.openWriter!.errors).toBe(0);
    expect(result.queues.open!.deadLettered).toBeGreaterThan(5_000);
    expect(result.queues.held).toMatchObject({ deadLettered: 0 });
    expect(findings.find(({ limit }) => limit === 'ThrottledPollers')).toMatchObject({
      resource: 'queues.open',
      knob: 'functions.openWriter.eventSources[0].maximumConcurrency',
    });
  });
});

describe('poison-message', () => {
  it('brings five times as many messages back, and delays one in a hundred four times as long, without partial responses', () => {
    const { queues, functions } = ran('poison-message');
    const { whole, partial } = queues;
    expect(functions.partialWorker!.errors).toBe(0);
    expect(functions.wholeWorker!.errors).toBeGreaterThan(1_000);
    expect(Math.abs(whole!.deadLettered / partial!.deadLettered - 1)).toBeLessThan(0.15);
    expect((whole!.received - whole!.sent) / (partial!.received - partial!.sent)).toBeGreaterThan(5);
    expect(whole!.delay.p99! / partial!.delay.p99!).toBeGreaterThan(4);
  });
});

describe('fifo-hot-group', () => {
  it('keeps up with an even load, and falls behind with a hot group while most of its concurrency is free', () => {
    const { result, findings } = watched('fifo-hot-group');
    expect(result.queues.orders!.visible).toBeGreaterThan(10_000);
    expect(result.functions.worker!.concurrency.max).toBeLessThan(50);
    expect(result.queues.orders!.delay.p50!).toBeLessThan(2_000);
    expect(findings[0]).toMatchObject({ limit: 'MessageGroups', knob: 'traffic.customers.key' });
    const even = ran('fifo-hot-group', { sets: [{ path: 'traffic.customers.key.skew', value: '0' }] });
    expect(even.queues.orders!.visible).toBeLessThan(100);
  });
});

describe('nightly-backlog', () => {
  it('is done within ten minutes, and pays SQS more than Lambda', () => {
    const { queues, bill } = ran('nightly-backlog');
    expect(queues.records).toMatchObject({ sent: 10_000_000, deleted: 10_000_000 });
    expect(queues.records!.age.max).toBeLessThan(10 * 60_000);
    const costOf = (service: string) =>
      bill.lines.filter((line) => line.service === service).reduce((usd, line) => usd + line.usd, 0);
    expect(costOf('Amazon SQS')).toBeGreaterThan(costOf('AWS Lambda'));
  });
});
