/** The charges of the buckets add up to the bill, in every era and with everything that is billed. */
import { describe, expect, test } from 'vitest';
import { HOUR, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import type { TimelineRow } from '../../src/results/timeline.js';
import type { Scenario } from '../../src/scenario/types.js';
import { rowsWithCharges } from '../../src/study/estimated-charges.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant } from '../support/a-scenario.js';

function chargesOf(scenario: Scenario) {
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  const run = simulation.result();
  const rows = [...rowsWithCharges(simulation.timeline!, scenario, run)];
  const charges = rows.filter(({ metric }) => metric === 'EstimatedCharges');
  return { run, rows, charges, plain: [...simulation.timeline!.rows()] };
}

const sum = (rows: readonly TimelineRow[], resource: string) =>
  rows.filter((row) => row.resource === resource).reduce((total, { value }) => total + value, 0);

const everything = (asOf: string) =>
  aScenario()
    .asOf(asOf)
    .withFunction('a', { provisionedConcurrency: 3, maximumAge: constant(7 * MINUTE) })
    .withTraffic('one', 'a', 30, { via: 'http-api' })
    .withFunction('b', { ephemeralStorage: 2048, response: { size: 8 * MB, streamed: true, rate: undefined } })
    .withTraffic('two', 'b', { kind: 'burst', at: 40 * MINUTE, count: 300 })
    .withFunction('idle', { provisionedConcurrency: 1 })
    .withFunction('c', { runtime: 'python3.13', snapStart: { restore: undefined, afterRestore: undefined } })
    .withTraffic('c', 'c', 1, { via: 'alb' })
    .run({ duration: HOUR + 90 * SECOND, warmUp: 150 * SECOND })
    .build();

describe('estimated charges', () => {
  test.each(['2024-12-01', '2026-11-21'])(
    'add up to the total of the bill and to each function and traffic of it, as of %s',
    (asOf) => {
      const { run, charges } = chargesOf(everything(asOf));
      expect(sum(charges, 'account') / run.bill.total).toBeCloseTo(1, 12);
      for (const id of ['a', 'b', 'idle', 'c']) {
        const lines = run.bill.lines.filter(({ resource }) => resource === id);
        const usd = lines.reduce((total, line) => total + line.usd, 0);
        expect(usd).toBeGreaterThan(0);
        expect(sum(charges, `functions.${id}`) / usd).toBeCloseTo(1, 12);
      }
      for (const place of ['traffic.one', 'traffic.c']) {
        const lines = run.bill.lines.filter(({ resource }) => resource === place);
        const usd = lines.reduce((total, line) => total + line.usd, 0);
        expect(usd).toBeGreaterThan(0);
        expect(sum(charges, place) / usd).toBeCloseTo(1, 12);
      }
    },
  );

  test('of provisioned concurrency fall evenly on the time that is measured', () => {
    const { charges } = chargesOf(everything('2026-11-21'));
    const idle = charges.filter(({ resource }) => resource === 'functions.idle');
    // 0.5 GB at 0.0000041667 USD; the first bucket is half warm-up, the last half over.
    const minute = 60 * 0.5 * 0.0000041667;
    expect(idle.map(({ at }) => at / MINUTE)).toEqual(Array.from({ length: 60 }, (_, bucket) => bucket + 2));
    expect(idle[0]!.value).toBeCloseTo(minute / 2, 15);
    expect(idle[30]!.value).toBeCloseTo(minute, 15);
    expect(idle.at(-1)!.value).toBeCloseTo(minute / 2, 15);
  });

  test('of requests and run time fall where the invocations began', () => {
    const { charges } = chargesOf(
      aScenario()
        .withFunction('api', { duration: constant(2 * SECOND) })
        .withTraffic('one', 'api', { kind: 'burst', at: 3 * MINUTE, count: 10 })
        .withTraffic('two', 'api', { kind: 'burst', at: 8 * MINUTE + 59 * SECOND, count: 30 })
        .build(),
    );
    const each = 0.2e-6 + 2 * 0.5 * 0.0000166667;
    expect(charges.map(({ at, resource }) => `${at / MINUTE} ${resource}`)).toEqual([
      '3 account',
      '3 functions.api',
      '8 account',
      '8 functions.api',
    ]);
    expect(charges[1]!.value).toBeCloseTo(10 * each, 12);
    expect(charges[3]!.value).toBeCloseTo(30 * each, 12);
  });

  test('stand after the other rows of their resource and change none of them', () => {
    const { rows, plain } = chargesOf(everything('2026-11-21'));
    expect(rows.filter(({ metric }) => metric !== 'EstimatedCharges')).toEqual(plain);
    const order = ['account', 'functions.a', 'functions.b', 'functions.idle', 'functions.c'];
    const place = ({ at, resource }: TimelineRow) => at * 100 + order.indexOf(resource);
    const functionsOnly = rows.filter(({ resource }) => order.includes(resource));
    for (let i = 1; i < functionsOnly.length; i++) {
      expect(place(functionsOnly[i]!)).toBeGreaterThanOrEqual(place(functionsOnly[i - 1]!));
    }
  });

  test('are not there when Lambda is left out of the bill', () => {
    const scenario = everything('2026-11-21');
    expect(chargesOf({ ...scenario, pricing: { ...scenario.pricing, include: [] } }).charges).toEqual([]);
  });
});
