/** What streams cost: each line against the arithmetic of the pricing page. Prices of us-east-1. */
import { describe, expect, test } from 'vitest';
import { GB, HOUR, KB, MINUTE } from '../../src/engine/units.js';
import type { BillLine } from '../../src/results/run-result.js';
import type { StreamSettings, TrafficSettings } from '../../src/scenario/types.js';
import { rowsWithCharges } from '../../src/study/estimated-charges.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant, streamMapping } from '../support/a-scenario.js';

/** 10 records a second for an hour, read by two functions. */
function anHour(stream: Partial<StreamSettings>, traffic: Partial<TrafficSettings> = {}) {
  const eventSources = [streamMapping('clicks')];
  return aScenario()
    .run({ duration: HOUR, timeline: 7 * MINUTE })
    .withFunction('one', { duration: constant(0), eventSources })
    .withFunction('two', { duration: constant(0), eventSources })
    .withStream('clicks', stream)
    .withTraffic('web', 'clicks', 10, { arrivals: { kind: 'regular' }, ...traffic })
    .build();
}

function linesOf(stream: Partial<StreamSettings>, traffic: Partial<TrafficSettings> = {}): BillLine[] {
  return simulate(anHour(stream, traffic)).bill.lines.filter(({ resource }) => resource === 'clicks');
}

const brief = (lines: readonly BillLine[]) => lines.map(({ item, quantity, usd }) => [item, quantity, usd]);

describe('the bill of a stream', () => {
  test('provisioned: shard hours and PUT payload units; standard reads are free', () => {
    expect(brief(linesOf({ shards: 6 }))).toEqual([
      ['Kinesis shard hours', 6, expect.closeTo(6 * 0.015, 12)],
      ['Kinesis PUT payload units', 36_000, expect.closeTo(36_000 * 0.014e-6, 12)],
    ]);
  });

  test('a record above 25 KB takes several units', () => {
    const [, puts] = linesOf({ shards: 1 }, { payload: 26 * KB });
    expect(puts).toMatchObject({ quantity: 72_000, unit: 'units' });
  });

  test('shards of a reshard are paid while they are there', () => {
    const [hours] = linesOf({ shards: 2, reshard: [{ at: HOUR / 4, shards: 6 }] });
    expect(hours!.quantity).toBeCloseTo(2 * 0.25 + 6 * 0.75, 9);
  });

  test('longer retention is paid for each shard hour', () => {
    const lines = linesOf({ shards: 4, retention: 48 * HOUR });
    expect(brief(lines)[2]).toEqual(['Kinesis extended retention', 4, expect.closeTo(4 * 0.02, 12)]);
  });

  test('retention above a week is paid for what is stored, as it is written', () => {
    const [, , extended, stored] = brief(linesOf({ shards: 4, retention: 30 * 24 * HOUR }, { payload: 10 * KB }));
    const gbMonths = ((36_000 * 10 * KB) / GB) * ((23 * 24) / 730);
    expect(extended![0]).toBe('Kinesis extended retention');
    expect(stored).toEqual([
      'Kinesis long-term retention',
      expect.closeTo(gbMonths, 12),
      expect.closeTo(gbMonths * 0.023, 12),
    ]);
  });

  test('standard reads of what is older than a week are paid by the GB, not those of fan-out or on demand', () => {
    const day = 24 * HOUR;
    const old = { retention: 30 * day, backlog: 14_000, backlogAge: 14 * day };
    const retrieved = (stream: Partial<StreamSettings>) =>
      brief(linesOf({ shards: 2, ...old, ...stream })).filter(([item]) => item === 'Kinesis long-term retrieval');
    // Half of the backlog is older than a week, one is as old when it is read, and two functions read them.
    const gb = (2 * 7_001 * KB) / GB;
    expect(retrieved({})).toEqual([
      ['Kinesis long-term retrieval', expect.closeTo(gb, 8), expect.closeTo(gb * 0.021, 9)],
    ]);
    expect(retrieved({ backlogAge: 7 * day - HOUR })).toEqual([]);
    expect(retrieved({ consumer: 'enhanced-fan-out' })).toEqual([]);
    expect(retrieved({ mode: 'on-demand', shards: 4 })).toEqual([]);
  });

  test('on demand: what is stored past the first day, and past the first week', () => {
    const gb = (36_000 * 10 * KB) / GB;
    const keeps = (retention: number) =>
      brief(linesOf({ mode: 'on-demand', shards: 4, retention }, { payload: 10 * KB })).slice(3);
    expect(keeps(24 * HOUR)).toEqual([]);
    const twoDays = (gb * 24) / 730;
    expect(keeps(48 * HOUR)).toEqual([
      ['Kinesis on-demand extended retention', expect.closeTo(twoDays, 12), expect.closeTo(twoDays * 0.1, 12)],
    ]);
    const extended = (gb * 6 * 24) / 730;
    const longTerm = (gb * 3 * 24) / 730;
    expect(keeps(10 * 24 * HOUR)).toEqual([
      ['Kinesis on-demand extended retention', expect.closeTo(extended, 12), expect.closeTo(extended * 0.1, 12)],
      ['Kinesis long-term retention', expect.closeTo(longTerm, 12), expect.closeTo(longTerm * 0.023, 12)],
    ]);
  });

  test('enhanced fan-out: consumer-shard hours and what is read', () => {
    const lines = linesOf({ shards: 3, consumer: 'enhanced-fan-out' });
    expect(brief(lines).slice(2)).toEqual([
      ['Kinesis enhanced fan-out hours', 6, expect.closeTo(6 * 0.015, 12)],
      ['Kinesis enhanced fan-out data', (2 * 36_000 * KB) / GB, expect.closeTo(((2 * 36_000 * KB) / GB) * 0.013, 12)],
    ]);
  });

  test('on demand: stream hours, and GB in and out, a record counting at least 1 KB', () => {
    const lines = linesOf({ mode: 'on-demand', shards: 4 }, { payload: 200 });
    const [hours, into, out] = brief(lines);
    expect(hours).toEqual(['Kinesis on-demand hours', expect.closeTo(1, 12), expect.closeTo(0.04, 12)]);
    expect(into).toEqual([
      'Kinesis on-demand data in',
      (36_000 * KB) / GB,
      expect.closeTo(0.08 * ((36_000 * KB) / GB)),
    ]);
    expect(out![0]).toBe('Kinesis on-demand data out');
    expect(out![1]).toBeCloseTo((2 * 36_000 * 200) / GB, 4);
  });

  test('of DynamoDB is free to Lambda', () => {
    expect(linesOf({ type: 'dynamodb' })).toEqual([]);
  });

  test('is spread over the buckets of the timeline, and adds up', () => {
    const simulation = new Simulation(anHour({ shards: 3, consumer: 'enhanced-fan-out' }), { timeline: true });
    simulation.advance();
    const run = simulation.result();
    const rows = [...rowsWithCharges(simulation.timeline!, simulation.scenario, run)].filter(
      ({ resource, metric }) => resource === 'streams.clicks' && metric === 'EstimatedCharges',
    );
    expect(rows).toHaveLength(9);
    const usd = run.bill.lines.filter(({ resource }) => resource === 'clicks').reduce((sum, line) => sum + line.usd, 0);
    expect(rows.reduce((sum, row) => sum + row.value, 0)).toBeCloseTo(usd, 12);
  });
});
