/** Lanes of a function that has less concurrency than it reads shards: who is sent next. */
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/engine/units.js';
import { aScenario, constant, type FunctionChanges, streamMapping } from '../../support/a-scenario.js';
import { batched, type SentBatch } from '../../support/batch-trace.js';

const BATCH = 100;

/** More records than ten minutes are enough for wait in each of eight shards. */
function crowded(worker: FunctionChanges = {}, turns?: boolean) {
  const scenario = aScenario()
    .run({ duration: 10 * MINUTE })
    .withFunction('worker', {
      duration: constant(SECOND),
      reservedConcurrency: 1,
      eventSources: [streamMapping('clicks', { batchSize: BATCH })],
      ...worker,
    })
    .withStream('clicks', { shards: 8, backlog: 1_000_000, backlogAge: MINUTE });
  return turns === undefined ? scenario : scenario.rules({ 'stream-error-handling': { turns } });
}

function countBy(batches: readonly SentBatch[]): number[] {
  const counts = new Map<number, number>();
  for (const { shard } of batches) counts.set(shard, (counts.get(shard) ?? 0) + 1);
  return [...counts.values()];
}

describe('lanes that are throttled by the concurrency of their function', () => {
  test('are sent one after another, the longest throttled first', () => {
    const { batches } = batched(crowded().build());
    expect(batches.length).toBeGreaterThan(590);
    const order = batches.map(({ shard }) => shard);
    expect(new Set(order.slice(0, 8)).size).toBe(8);
    // Once all have been throttled, the order is that of the first round for ever.
    for (let i = 16; i < order.length; i++) expect(order[i]).toBe(order[i - 8]);
  });

  test('leave no concurrency idle, and show in IteratorAge how far all of them are behind', () => {
    const { result } = batched(crowded().build());
    expect(result.functions.worker!.concurrency.mean).toBeGreaterThan(0.98);
    const { iteratorAge } = result.streams.clicks!.consumers.worker!;
    // Of 125,000 records of a shard, one in 8 s is sent, so that the last batch is nearly as old as the run.
    expect(iteratorAge.max).toBeGreaterThan((9 * MINUTE) / 1000);
  });

  test('may be told to wait for their own time only, and then one of them keeps the others out', () => {
    const counts = countBy(batched(crowded({}, false).build()).batches);
    expect(Math.max(...counts)).toBeGreaterThan(500);
  });

  test('take the place of one whose batch failed, which stands in line again', () => {
    const { batches } = batched(crowded({ errorRate: 0.3 }).build());
    const counts = countBy(batches);
    expect(counts.length).toBe(8);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(12);
  });

  test('share the function with those of another stream', () => {
    const scenario = crowded({ eventSources: [streamMapping('clicks'), streamMapping('orders')] })
      .withStream('orders', { backlog: 100_000, backlogAge: MINUTE })
      .build();
    const { clicks, orders } = batched(scenario).result.streams;
    const each = clicks!.consumers.worker!.processed / 8;
    expect(orders!.consumers.worker!.processed).toBeGreaterThan(0.8 * each);
    expect(orders!.consumers.worker!.processed).toBeLessThan(1.2 * each);
  });

  test('take as many turns as there is concurrency', () => {
    const { result, batches } = batched(crowded({ reservedConcurrency: 3 }).build());
    expect(result.functions.worker!.concurrency.max).toBe(3);
    expect(result.functions.worker!.concurrency.mean).toBeGreaterThan(2.9);
    const counts = countBy(batches);
    expect(counts.length).toBe(8);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  test('leave their turn to the next where their records are too old by now', () => {
    const mappings = ['old', 'fresh'].map((id) => streamMapping(id, { maximumRecordAge: MINUTE }));
    const scenario = aScenario()
      .run({ duration: 5 * MINUTE })
      .rules({ 'stream-polling': { spread: false } })
      // The batch ends at about 61.5 s: after a minute, and before any lane's own next try at 64 s.
      .withFunction('worker', {
        init: constant(0),
        duration: constant(60 * SECOND),
        timeout: 2 * MINUTE,
        reservedConcurrency: 1,
        eventSources: mappings,
      })
      .withStream('old', { shards: 4, backlog: 400 })
      .withStream('fresh')
      // Of its own it would try again at 74 s, when its record is too old as well.
      .withTraffic('web', 'fresh', { kind: 'burst', at: 10 * SECOND, count: 1 })
      .build();
    const { old, fresh } = batched(scenario).result.streams;
    expect(old!.consumers.worker!.batches).toBe(1);
    expect(old!.processed + old!.discarded).toBe(400);
    expect(fresh).toMatchObject({ processed: 1, discarded: 0 });
  });
});
