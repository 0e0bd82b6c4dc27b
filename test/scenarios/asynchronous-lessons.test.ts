/** What the comments of the scenarios of asynchronous events, calls and dependencies say is what their runs show. */
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/results/run-result.js';
import { costOf, expectBetween, overTime, ran, withSetting } from './runs.js';

const MINUTE = 60;
const HOUR = 3600;

describe('six-hour-outage', () => {
  it('loses the first half hour of the outage, and no more than the last wait of five minutes', () => {
    const { async } = ran('six-hour-outage').functions.orders!;
    const { lostOrders } = ran('six-hour-outage').queues;
    // Five a second for half an hour, and for the 89 s that the last attempt of an event lies before its greatest age.
    expectBetween(async.dropped, 5 * 30 * MINUTE, 5 * 32 * MINUTE);
    expect(lostOrders!.sent).toBe(async.dropped);
    expect(async.retries).toBe(0);
    const dropped = (from: number, to: number) =>
      overTime('six-hour-outage').sum('functions.orders', 'AsyncEventsDropped', from, to);
    expect(dropped(8 * HOUR, 8 * HOUR + 32 * MINUTE)).toBe(async.dropped);
  });

  it('tries every five minutes, and the rest comes back within minutes of the end', () => {
    const figures = overTime('six-hour-outage');
    const { succeeded, received } = ran('six-hour-outage').functions.orders!.async;
    const handled = (from: number, to: number) => figures.sum('functions.orders', 'Invocations', from, to);
    expect(handled(2 * HOUR + MINUTE, 8.5 * HOUR)).toBe(0);
    // What came in six hours, in seven minutes.
    expectBetween(handled(8.5 * HOUR, 8.5 * HOUR + 7 * MINUTE), 5 * 6 * HOUR, 5 * 6.2 * HOUR);
    expect(figures.max('functions.orders', 'AsyncEventAge.Maximum', 8.7 * HOUR, 12 * HOUR)).toBeLessThan(1_000);
    expect(succeeded / received).toBeGreaterThan(0.95);
  });
});

describe('database-connections', () => {
  const errorShare = (run: RunResult, fn: string) => run.functions[fn]!.errors / run.functions[fn]!.invocations;

  it('has shorter and cheaper runs with connections kept open, and a burst that makes more of them than there may be', () => {
    const run = ran('database-connections');
    const { perInvocation, perEnvironment } = run.functions;
    expect(perEnvironment!.duration.p50).toBeLessThan(0.6 * perInvocation!.duration.p50!);
    expect(costOf(run, 'perEnvironment')).toBeLessThan(0.7 * costOf(run, 'perInvocation'));
    expect(perEnvironment!.environments.max).toBeGreaterThan(100);
    expect(run.dependencies.keptOpen!.connections.max).toBe(100);
    expect(errorShare(run, 'perInvocation')).toBeLessThan(0.01);
    expect(errorShare(run, 'perEnvironment')).toBeGreaterThan(0.1);
  });

  it('fails nobody where the database accepts as many as there are environments', () => {
    const run = withSetting('database-connections', 'dependencies.keptOpen.maxConnections', '200');
    expect(run.functions.perEnvironment!.errors).toBe(0);
    expect(run.dependencies.keptOpen!.connections.max).toBe(run.functions.perEnvironment!.environments.max);
  });
});

describe('fan-out', () => {
  it('is one publish and four deliveries, less what the filter keeps back, and three runs, of which the slow holds up none', () => {
    const { topics, functions, queues, bill } = ran('fan-out');
    const { published, delivered, filtered } = topics.orderPlaced!;
    expect(delivered + filtered).toBe(4 * published);
    expectBetween(filtered / published, 0.39, 0.41);
    expect(queues.audit!.sent).toBe(published);
    expect(functions.invoice!.async.age.max).toBe(50);
    expect(functions.shipping!.async.age.max).toBeGreaterThan(15 * MINUTE * 1000);
    expect(functions.mailer!.async).toMatchObject({ throttledAttempts: 0, dropped: 0 });
    const quantity = (item: string) =>
      bill.lines.filter((line) => line.item === item).reduce((sum, line) => sum + line.quantity, 0);
    expect(quantity('SNS publishes')).toBe(published);
    expect(quantity('SQS requests (standard)')).toBe(published);
    const runs = Object.values(functions).reduce((sum, { invocations }) => sum + invocations, 0);
    expect(quantity('Requests')).toBe(runs);
  });
});

describe('chain-of-three', () => {
  it('takes seconds where last is cold, and a tenth of one where it is warm', () => {
    const { traffic, functions } = ran('chain-of-three');
    const { web, checkout } = traffic;
    expect(functions.last!.coldStarts / web!.offered).toBeGreaterThan(0.5);
    expectBetween(web!.latency.p50!, 3_000, 4_000);
    expectBetween(checkout!.latency.p50!, 90, 130);
    expect(web!.parts.downstream / web!.latency.mean!).toBeGreaterThan(0.9);
    expectBetween(web!.parts.downstream / checkout!.parts.downstream, 5, 10);
  });

  it('is paid for three times: front and middle are billed for the init of last', () => {
    const { front, middle, last } = ran('chain-of-three').functions;
    // 512, 1024 and 1024 MB.
    const initSeconds = last!.gbSecondsBy.init;
    expect(middle!.gbSecondsBy.downstream).toBeGreaterThan(initSeconds);
    expect(front!.gbSecondsBy.downstream).toBeGreaterThan(initSeconds / 2);
    const quick = withSetting('chain-of-three', 'functions.last.init', '0ms').functions;
    expect(quick.middle!.gbSecondsBy.downstream).toBeLessThan(0.05 * middle!.gbSecondsBy.downstream);
  });
});

describe('slow-database', () => {
  it('has a storm of retries that fills the account, and ends with the slowness', () => {
    const { traffic, dependencies, functions } = ran('slow-database');
    expectBetween(traffic.web!.attempts / traffic.web!.offered, 1.2, 1.3);
    expect(functions.api!.concurrency.max).toBe(1000);
    expect(dependencies.ordersDb!.wait.max).toBe(5_000);
    const figures = overTime('slow-database');
    const latency = (from: number, to: number) => figures.max('traffic.web', 'Latency.p50', from * MINUTE, to * MINUTE);
    expect(latency(0, 20)).toBeLessThan(60);
    expect(latency(20, 25)).toBeGreaterThan(500);
    expect(latency(26, 60)).toBeLessThan(60);
  });

  it('is not made by the retries alone: without them as much fails', () => {
    const lost = ({ traffic }: RunResult) => 1 - traffic.web!.succeeded / traffic.web!.offered;
    const patient = lost(ran('slow-database'));
    const bare = lost(withSetting('slow-database', 'traffic.web.retry', 'none'));
    for (const share of [patient, bare]) expectBetween(share, 0.07, 0.1);
  });
});

describe('runaway-recursion', () => {
  it('fills the account within a minute in 2022, and ends each chain after 16 rounds since July 2023', () => {
    const then = ran('runaway-recursion');
    const now = ran('runaway-recursion', { asOf: '2024-06-01' });
    expect(overTime('runaway-recursion').max('account', 'ConcurrentExecutions', 0, MINUTE)).toBe(200);
    expect(then.functions.thumbnail!.async.dropped).toBe(0);
    expect(then.functions.thumbnail!.invocations).toBeGreaterThan(300_000);
    const { invocations, async } = now.functions.thumbnail!;
    expectBetween(invocations / now.traffic.uploads!.offered, 15.9, 16.01);
    expectBetween(now.traffic.uploads!.offered - async.dropped, -1, 5);
    expectBetween(then.bill.total / now.bill.total, 28, 33);
  });
});
