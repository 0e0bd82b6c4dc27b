/** What the comment of each scenario says is what its run shows, and what the commands in it lead to. */
import { describe, expect, it } from 'vitest';
import type { BillLine, FunctionResult, RunResult } from '../../src/results/run-result.js';
import type { ParseOptions } from '../../src/scenario/parse-scenario.js';
import { Simulation } from '../../src/study/simulation.js';
import { costOf, expectBetween, overTime, ran, scenarioOf, withSetting } from './runs.js';

const throttleShare = ({ throttles, invocations }: FunctionResult): number => throttles / (throttles + invocations);
const coldShare = ({ coldStarts, invocations }: FunctionResult): number => coldStarts / invocations;

describe('hot-shard', () => {
  it('rejects and falls behind in one shard of eight, which more shards do not cure and other keys do', () => {
    const { shards, rejected } = ran('hot-shard').streams.clicks!;
    const [hottest] = [...shards].sort((a, b) => b.records - a.records);
    expect(rejected).toBe(hottest!.rejected);
    expectBetween(rejected, 100_000, 200_000);
    expectBetween(hottest!.iteratorAge.max! / 60_000, 2, 5);
    const more = withSetting('hot-shard', 'streams.clicks.shards', '16').streams.clicks!;
    expect(more.iteratorAge.p99).toBeGreaterThan(60_000);
    const even = withSetting('hot-shard', 'traffic.web.key.skew', '0.3').streams.clicks!;
    expect(even.iteratorAge.p99).toBeLessThan(1_000);
    expect(even.rejected).toBe(0);
  });
});

describe('a poison record', () => {
  it('blocks its shard for a day, or costs one record and seconds', () => {
    const blocked = ran('poison-record-blocks').streams.payments!;
    expectBetween(blocked.iteratorAge.max! / 3_600_000, 23.9, 24);
    expect(blocked.expired).toBeGreaterThan(100);
    const isolated = ran('poison-record-isolated');
    const { discarded, expired, iteratorAge } = isolated.streams.payments!;
    expect([discarded, expired, isolated.queues.rejects!.sent]).toEqual([1, 0, 1]);
    expect(iteratorAge.max).toBeLessThan(10_000);
  });
});

describe('batch-window', () => {
  it('leaves one invocation in twenty-six and hardly moves the iterator age', () => {
    const window = withSetting('batch-window', 'functions.audit.eventSources[0].maximumBatchingWindow', '30s');
    const before = ran('batch-window');
    expectBetween(before.functions.audit!.invocations / window.functions.audit!.invocations, 25, 28);
    expectBetween(window.streams.trail!.iteratorAge.p99! - before.streams.trail!.iteratorAge.p99!, 0, 5_000);
  });
});

describe('age-after-outage', () => {
  it('reaches half an hour, and is back after an hour and a half, with two lanes in a fifth of that', () => {
    /** Hours from the end of the outage, at 1 h, to the last bucket with an age of minutes. */
    const hours = (sets: ParseOptions['sets'] = []) => {
      const simulation = new Simulation(scenarioOf('age-after-outage', { sets }), { timeline: true });
      simulation.advance();
      const late = [...simulation.timeline!.rows()].filter(
        ({ resource, metric, value }) =>
          resource === 'streams.events.consumers.index' && metric === 'IteratorAge.Maximum' && value > 60_000,
      );
      return late[late.length - 1]!.at / 3.6e9 - 1;
    };
    expectBetween(ran('age-after-outage').streams.events!.iteratorAge.max! / 60_000, 30, 31);
    expectBetween(hours(), 1.4, 1.6);
    const path = 'functions.index.eventSources[0].parallelizationFactor';
    expectBetween(hours([{ path, value: '2' }]), 0.25, 0.35);
  });
});

describe('checkout-api', () => {
  it('has cold starts that hardly depend on how busy a function is, and requests that are nearly a third of what Lambda costs', () => {
    const run = ran('checkout-api');
    const { catalogue, checkout, stockSync } = run.functions;
    expectBetween(catalogue!.invocations / checkout!.invocations, 10.5, 11.5);
    expectBetween(catalogue!.coldStarts / checkout!.coldStarts, 1.1, 1.35);
    expectBetween(coldShare(stockSync!), 0.1, 0.15);
    const usdOf = (which: (line: BillLine) => boolean) =>
      run.bill.lines.filter(which).reduce((usd, line) => usd + line.usd, 0);
    const lambda = usdOf(({ service }) => service === 'AWS Lambda');
    expectBetween(usdOf(({ item }) => item === 'Requests') / lambda, 0.28, 0.33);
    expectBetween(usdOf(({ service }) => service === 'Amazon API Gateway') / run.bill.total, 0.57, 0.63);
  });
});

describe('cold-start-morning', () => {
  it('has its cold starts where few people work, not where many log in', () => {
    const hours = overTime('cold-start-morning');
    const hour = (from: number, to: number): (number | undefined)[] =>
      ['ColdStarts', 'Invocations'].map((metric) => hours.sum('functions.intranet', metric, from * 3600, to * 3600));
    expect([hour(0, 8), hour(8, 9), hour(20, 24)]).toEqual([
      [4, 33],
      [4, 4231],
      [5, 21],
    ]);
  });

  it('is good at p99 and bad at the maximum, which SnapStart more than halves', () => {
    const { latency } = ran('cold-start-morning').traffic.staff!;
    expect(latency.p99).toBeLessThan(500);
    expectBetween(latency.max!, 4500, 5500);
    expect(
      withSetting('cold-start-morning', 'functions.intranet.snapStart', 'true').traffic.staff!.latency.max,
    ).toBeLessThan(latency.max! / 2);
  });
});

describe('noisy-neighbour', () => {
  it('refuses the customers because of the report', () => {
    const { functions } = ran('noisy-neighbour');
    expect(Object.keys(functions.checkout!.throttlesByReason)).toEqual(['ConcurrentInvocationLimitExceeded']);
    expectBetween(throttleShare(functions.checkout!), 0.1, 0.25);
    expect(functions.checkout!.concurrency.max).toBeLessThan(40);
  });

  it.each([
    ['functions.report.reservedConcurrency', '600'],
    ['functions.checkout.reservedConcurrency', '100'],
  ])('refuses none with %s %s, and the report loses nothing but time', (path, value) => {
    const before = ran('noisy-neighbour').traffic.fanOut!;
    const { functions, traffic } = withSetting('noisy-neighbour', path, value);
    expect(functions.checkout!.throttles).toBe(0);
    expect(traffic.fanOut!.succeeded).toBe(before.offered);
    expect(traffic.fanOut!.latency.mean).toBeGreaterThan(before.latency.mean!);
  });
});

describe('provisioned-spillover', () => {
  it('spills over a seventh of the calls, and hardly any of them is cold', () => {
    const { orders } = ran('provisioned-spillover').functions;
    expectBetween(orders!.spilloverInvocations / orders!.invocations, 0.12, 0.18);
    expect(orders!.coldStarts / orders!.spilloverInvocations).toBeLessThan(0.001);
  });

  it('costs less with forty provisioned environments than with none, and more with ninety', () => {
    const provisioned = (amount: string): RunResult =>
      withSetting('provisioned-spillover', 'functions.orders.provisionedConcurrency', amount);
    const [none, forty, ninety] = [provisioned('0'), ran('provisioned-spillover'), provisioned('90')];
    expect(none.bill.total).toBeGreaterThan(forty.bill.total);
    expect(ninety.bill.total).toBeGreaterThan(none.bill.total);
    expect(none.functions.orders!.coldStarts).toBeGreaterThan(200);
  });
});

describe('step-load-2019 and step-load-today', () => {
  const THROTTLES = ['functions.render', 'Throttles'] as const;

  it('refuse for five minutes in a staircase, and for some fifteen seconds', () => {
    const then = overTime('step-load-2019');
    const now = overTime('step-load-today');
    const peak = (from: number, to: number) => then.max('functions.render', 'ConcurrentExecutions', from, to);
    expect([peak(60, 120), peak(120, 180), peak(180, 240), peak(240, 300), peak(300, 360)]).toEqual([
      1000, 1500, 2000, 2500, 3000,
    ]);
    expect(then.sum(...THROTTLES, 300, 360)).toBeGreaterThan(0);
    expect(then.sum(...THROTTLES, 360, 600)).toBe(0);
    expect(now.sum(...THROTTLES, 70, 80)).toBeGreaterThan(0);
    expect(now.sum(...THROTTLES, 80, 600)).toBe(0);
  });

  it('lose nearly one request in five, and one in a hundred', () => {
    const lost = (name: string): number => throttleShare(ran(name).functions.render!);
    expectBetween(lost('step-load-2019'), 0.17, 0.2);
    expectBetween(lost('step-load-today'), 0.008, 0.012);
  });
});

describe('closed-loop', () => {
  it('throttles the test by the Engset formula and the visitors by Erlang B', () => {
    // Call congestion of S sources on c servers: that of S - 1 sources seen at any time. Think time equals service time.
    let term = 1;
    let sum = 1;
    for (let busy = 1; busy <= 60; busy++) {
      term *= (99 - busy + 1) / busy;
      sum += term;
    }
    const engset = term / sum;
    let erlang = 1;
    for (let servers = 1; servers <= 60; servers++) erlang = (50 * erlang) / (servers + 50 * erlang);
    expect([engset.toFixed(4), erlang.toFixed(4)]).toEqual(['0.0088', '0.0217']);

    const seeds = [1, 2, 3, 4, 5].map((seed) => ran('closed-loop', { seed, duration: '1h' }).functions);
    for (const [fn, share] of [
      ['tested', engset],
      ['live', erlang],
    ] as const) {
      const shares = seeds.map((functions) => throttleShare(functions[fn]!));
      const mean = shares.reduce((total, one) => total + one, 0) / shares.length;
      const variance = shares.reduce((total, one) => total + (one - mean) ** 2, 0) / (shares.length - 1);
      // The 99.9% quantile of Student's t with 4 degrees of freedom, both ends.
      expect(Math.abs(mean - share), `${fn}: ${mean}`).toBeLessThan(8.61 * Math.sqrt(variance / shares.length));
      expect(Math.abs(mean / share - 1), `${fn}: ${mean}`).toBeLessThan(0.1);
    }
  });
});

describe('rest-timeout', () => {
  it('gives one caller in ten nothing, while the function has no error and a third of its bill is for those calls', () => {
    const { functions, traffic } = ran('rest-timeout');
    expect(functions.report!.errors).toBe(0);
    expectBetween(traffic.analysts!.timedOut / traffic.analysts!.offered, 0.09, 0.11);
    expectBetween(traffic.analysts!.latency.max!, 28_000, 29_000);
    const answeredMs = traffic.analysts!.parts.handler * traffic.analysts!.succeeded;
    expectBetween(1 - answeredMs / functions.report!.billed.durationMs, 0.3, 0.4);
  });
});

describe('init-billing', () => {
  it('changed little for the busy function, and ten times for the quiet one', () => {
    const before = ran('init-billing', { asOf: '2025-07-31' });
    const now = ran('init-billing');
    expectBetween(costOf(now, 'busy') / costOf(before, 'busy'), 1, 1.03);
    expectBetween(costOf(now, 'quiet') / costOf(before, 'quiet'), 9, 12);
    expectBetween(coldShare(now.functions.quiet!), 0.55, 0.65);
    const initShare = ({ gbSecondsBy, billed }: FunctionResult): number => gbSecondsBy.init / billed.gbSeconds;
    expectBetween(initShare(now.functions.busy!), 0.005, 0.015);
    expectBetween(initShare(now.functions.quiet!), 0.88, 0.93);
    expect(initShare(before.functions.quiet!)).toBe(0);
  });
});

describe('billing-2019', () => {
  it('was seven eighths rounding for short runs and a fifteenth for long ones, and is hardly any a year later', () => {
    const roundingShare = ({ gbSecondsBy, billed }: FunctionResult): number => gbSecondsBy.rounding / billed.gbSeconds;
    const then = ran('billing-2019').functions;
    const later = ran('billing-2019', { asOf: '2020-12-01' }).functions;
    expectBetween(roundingShare(then.authorizer!), 0.86, 0.9);
    expectBetween(roundingShare(then.thumbnail!), 0.06, 0.074);
    expectBetween(roundingShare(later.authorizer!), 0, 0.05);
  });
});

describe('memory-tuning', () => {
  it('falls to a fifth of the time for a third more, and then costs more for nothing', () => {
    const run = ran('memory-tuning');
    const time = (mb: number): number => run.functions[`at${mb}`]!.duration.mean!;
    const cost = (mb: number): number => costOf(run, `at${mb}`);
    expectBetween(time(1769) / time(256), 0.17, 0.21);
    expectBetween(cost(1769) / cost(256), 1.25, 1.38);
    expectBetween(time(3008) / time(1769), 0.97, 1.03);
    expectBetween(cost(3008) / cost(1769), 1.6, 1.8);
  });
});

describe('retries-hide-throttles', () => {
  it('shows throttles that clients do not, at the price of latency', () => {
    const { functions, traffic } = ran('retries-hide-throttles');
    const { services } = traffic;
    expectBetween(throttleShare(functions.pricing!), 0.06, 0.08);
    expect(services!.throttled / services!.offered).toBeLessThan(0.001);
    expect(services!.latency.p99).toBeGreaterThan(2 * functions.pricing!.duration.p99!);
    const bare = withSetting('retries-hide-throttles', 'traffic.services.retry', 'none').traffic.services!;
    expect(bare.throttled / bare.offered).toBeGreaterThan(0.03);
  });
});
