/** Laws of asynchronous events, topics, calls and dependencies, on 150 random scenarios. The number of a scenario is its seed. */
import { describe, expect, it } from 'vitest';
import { loopLengths } from '../../src/scenario/loops.js';
import { breachesIn, lawRuns, near, sumOf } from '../support/law-runs.js';
import { randomAsynchronous } from '../support/random-asynchronous.js';

// Without those that run away: loops through a bus, which nobody counts.
const runs = lawRuns(150, randomAsynchronous, 400_000);
const broken = breachesIn(runs);

describe('in random asynchronous scenarios', () => {
  it('something of everything happens', () => {
    const asyncs = runs.flatMap(({ result }) => Object.values(result.functions).map(({ async }) => async));
    const dbs = runs.map(({ result }) => result.dependencies.db!);
    const often = (list: readonly unknown[]) => list.length >= 5;
    expect(runs.length).toBeGreaterThan(120);
    expect({
      succeeded: often(asyncs.filter((one) => one.succeeded > 0)),
      dropped: often(asyncs.filter((one) => one.dropped > 0)),
      retries: often(asyncs.filter((one) => one.retries > 0)),
      throttled: often(asyncs.filter((one) => one.throttledAttempts > 0)),
      serviceErrors: often(asyncs.filter((one) => one.serviceErrorAttempts > 0)),
      duplicates: often(asyncs.filter((one) => one.duplicates > 0)),
      waiting: often(asyncs.filter((one) => one.waiting > 0)),
      running: often(asyncs.filter((one) => one.running > 0)),
      rejected: often(dbs.filter((one) => one.rejected > 0)),
      timedOut: often(dbs.filter((one) => one.timedOut > 0)),
      connections: often(dbs.filter((one) => one.connections.max > 0)),
      downstream: often(
        runs.filter(({ result }) => Object.values(result.traffic).some(({ parts }) => parts.downstream > 0)),
      ),
      loops: often(runs.filter(({ scenario }) => loopLengths(scenario).size > 0)),
    }).toEqual({
      succeeded: true,
      dropped: true,
      retries: true,
      throttled: true,
      serviceErrors: true,
      duplicates: true,
      waiting: true,
      running: true,
      rejected: true,
      timedOut: true,
      connections: true,
      downstream: true,
      loops: true,
    });
  });

  it('every event that a function received succeeded, was dropped, waits or runs', () => {
    expect(
      broken(function* ({ result }) {
        for (const [id, { async }] of Object.entries(result.functions)) {
          const { received, succeeded, dropped, waiting, running } = async;
          if (succeeded + dropped + waiting + running !== received) yield `${id}: ${JSON.stringify(async)}`;
          if ([succeeded, dropped, waiting, running].some((one) => one < 0)) yield `${id}: ${JSON.stringify(async)}`;
        }
      }),
    ).toEqual([]);
  });

  it('every record of a topic is delivered to or filtered from every subscriber', () => {
    expect(
      broken(function* ({ result, scenario }) {
        for (const { id, subscribers } of scenario.topics) {
          const { published, delivered, filtered } = result.topics[id]!;
          if (delivered + filtered !== published * subscribers.length)
            yield `${id}: ${published} ${delivered} ${filtered}`;
        }
      }),
    ).toEqual([]);
  });

  it('every call of a dependency succeeds, is rejected, times out or is under way, and no limit is passed', () => {
    expect(
      broken(function* ({ result, scenario }) {
        const { calls, succeeded, rejected, timedOut, concurrency, connections } = result.dependencies.db!;
        const [db] = scenario.dependencies;
        const open = calls - succeeded - rejected - timedOut;
        if (scenario.run.warmUp === 0 && open < 0) yield `${open} of ${calls} calls are under way`;
        if (concurrency.max > (db!.maxConcurrency ?? Infinity)) yield `concurrency ${concurrency.max}`;
        if (connections.max > (db!.maxConnections ?? Infinity)) yield `connections ${connections.max}`;
        if (concurrency.mean > concurrency.max + 1e-9) yield `mean ${concurrency.mean} of at most ${concurrency.max}`;
      }),
    ).toEqual([]);
  });

  it('the parts of latency and of the GB-seconds add up, none negative', () => {
    expect(
      broken(function* ({ result }) {
        for (const [id, { parts, latency }] of Object.entries(result.traffic)) {
          const sum = Object.values(parts).reduce((a, b) => a + b);
          if (!near(sum, latency.mean ?? 0)) yield `${id}: parts ${sum}, mean ${latency.mean}`;
          for (const [part, value] of Object.entries(parts)) if (!(value >= -1e-6)) yield `${id}: ${part} is ${value}`;
        }
        for (const [id, { gbSecondsBy: by, billed, invocations, async }] of Object.entries(result.functions)) {
          const ran = billed.gbSeconds + billed.provisionedDurationGbSeconds;
          if (!near(by.handler + by.init + by.downstream + by.rounding, ran))
            yield `${id}: ${JSON.stringify(by)} of ${ran}`;
          for (const [part, value] of Object.entries(by)) if (!(value >= -1e-9)) yield `${id}: ${part} is ${value}`;
          if (billed.requests < invocations) yield `${id}: ${billed.requests} requests of ${invocations} invocations`;
          if (async.retries > invocations) yield `${id}: ${async.retries} retries`;
        }
      }),
    ).toEqual([]);
  });

  it('no more runs at once than there is concurrency', () => {
    expect(broken(({ breaches }) => breaches)).toEqual([]);
  });

  it('offered requests have one end each, and those handed over one answer', () => {
    expect(
      broken(function* ({ result, scenario }) {
        for (const { id, invocation } of scenario.traffic) {
          const { offered, succeeded, failed, throttled, timedOut, unfinished, latency } = result.traffic[id]!;
          if (succeeded + failed + throttled + timedOut + unfinished !== offered) yield `${id}: ${offered}`;
          if (invocation === 'Event' && (unfinished !== 0 || latency.count !== 0))
            yield `${id}: ${unfinished} unfinished`;
        }
      }),
    ).toEqual([]);
  });

  it('the timeline adds up to the results, and its charges to the bill', () => {
    expect(
      broken(function* ({ result, rows, scenario }) {
        for (const { id } of scenario.functions) {
          if (scenario.asOf < '2022-06-01') break;
          const { received, dropped } = result.functions[id]!.async;
          if (sumOf(rows, `functions.${id}`, 'AsyncEventsReceived') !== received) yield `${id}: received`;
          if (sumOf(rows, `functions.${id}`, 'AsyncEventsDropped') !== dropped) yield `${id}: dropped`;
        }
        for (const { id } of scenario.topics)
          if (sumOf(rows, `topics.${id}`, 'NumberOfMessagesPublished') !== result.topics[id]!.published)
            yield `${id}: published`;
        const charged = sumOf(rows, 'account', 'EstimatedCharges');
        if (Math.abs(charged - result.bill.total) > 1e-9 * Math.max(1, result.bill.total))
          yield `charges ${charged}, bill ${result.bill.total}`;
      }),
    ).toEqual([]);
  });
});
