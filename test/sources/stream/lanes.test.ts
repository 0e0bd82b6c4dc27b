import { describe, expect, test } from 'vitest';
import { HOUR, KB, MILLISECOND, MINUTE, SECOND } from '../../../src/engine/units.js';
import type { RunResult } from '../../../src/results/run-result.js';
import { aScenario, constant, type FunctionChanges, streamMapping } from '../../support/a-scenario.js';
import { batched, type SentBatch } from '../../support/batch-trace.js';

/** Shards are read at whole seconds, so that a run can be followed on paper. */
const IN_STEP = { 'stream-polling': { spread: false } };

const consumer = ({ streams }: RunResult, fn = 'worker') => streams.clicks!.consumers[fn]!;

const timesOf = (batches: readonly SentBatch[]) =>
  batches.map(({ startedAt, records }) => [startedAt / MILLISECOND, records.length]);

/** One regular traffic of `perSecond` records to a stream of one shard, which `worker` reads. */
function oneShard(perSecond: number, worker: FunctionChanges, duration = MINUTE) {
  return aScenario()
    .rules(IN_STEP)
    .run({ duration })
    .withFunction('worker', worker)
    .withStream('clicks')
    .withTraffic('web', 'clicks', perSecond, { arrivals: { kind: 'regular' } });
}

/**
 * The recurrence of a lane, in microseconds: a shard that was read to its end is read again at the next whole second; a
 * batch is sent as soon as the lane is free and something was read.
 */
function recurrence(perSecond: number, batchSize: number, service: number, until: number): [number, number, number][] {
  const writtenAt = (record: number) => Math.round((record * SECOND) / perSecond);
  const sent: [number, number, number][] = [];
  let read = 0;
  let taken = 0;
  let freeAt = 0;
  for (let poll = SECOND; poll <= until; poll += SECOND) {
    // What is written at the instant of a read is seen by the next.
    while (writtenAt(read) < poll) read++;
    while (taken < read) {
      const at = Math.max(poll, freeAt);
      // A later read comes first, and may fill the batch.
      if (at >= poll + SECOND && at > poll) break;
      const count = Math.min(batchSize, read - taken);
      taken += count;
      sent.push([at, count, at - writtenAt(taken - 1)]);
      freeAt = at + service;
    }
  }
  return sent.filter(([at]) => at <= until);
}

describe('a lane', () => {
  test.each([
    { perSecond: 10, batchSize: 100, service: 50_000, why: 'far below its capacity' },
    { perSecond: 130, batchSize: 40, service: 170_000, why: 'several batches a read' },
    { perSecond: 400, batchSize: 100, service: 250_000, why: 'at its capacity' },
    { perSecond: 300, batchSize: 100, service: 500_000, why: 'above its capacity' },
    { perSecond: 7, batchSize: 3, service: 1_300_000, why: 'longer than a read' },
  ])('sends exactly the batches of its recurrence: $why', ({ perSecond, batchSize, service }) => {
    const eventSources = [streamMapping('clicks', { batchSize })];
    const { result, batches } = batched(oneShard(perSecond, { duration: constant(service), eventSources }).build());
    const expected = recurrence(perSecond, batchSize, service, MINUTE);
    expect(batches.map(({ startedAt, records }) => [startedAt, records.length])).toEqual(
      expected.map(([at, count]) => [at, count]),
    );
    const ages = batches.map(({ startedAt, records }) => startedAt - records[records.length - 1]!.writtenAt);
    expect(ages).toEqual(expected.map(([, , age]) => age));
    const { count, mean, max } = consumer(result).iteratorAge;
    expect([count, max]).toEqual([ages.length, Math.max(...ages) / MILLISECOND]);
    expect(mean).toBeCloseTo(ages.reduce((sum, age) => sum + age, 0) / ages.length / MILLISECOND, 6);
  });

  test('grows older by 1 - capacity / rate a second in the long run', () => {
    // 100 records in 400 ms: 250 a second of 400 that come.
    const worker = { duration: constant(400 * MILLISECOND), eventSources: [streamMapping('clicks')] };
    const { batches } = batched(oneShard(400, worker, HOUR).build());
    const age = ({ startedAt, records }: SentBatch) => startedAt - records[records.length - 1]!.writtenAt;
    const [early] = batches.filter(({ startedAt }) => startedAt >= 10 * MINUTE);
    const late = batches[batches.length - 1]!;
    const growth = (age(late) - age(early!)) / (late.startedAt - early!.startedAt);
    expect(growth).toBeCloseTo(1 - 250 / 400, 3);
  });

  test('gathers until its window is over, and sends a full batch at once', () => {
    const eventSources = [streamMapping('clicks', { batchSize: 30, maximumBatchingWindow: 5 * SECOND })];
    const slow = batched(oneShard(2, { duration: constant(0), eventSources }, 20 * SECOND).build());
    // Something is read first at 1 s, so the window is over at 6 s, a moment before that second's read begins the next.
    expect(timesOf(slow.batches)).toEqual([
      [6_000, 10],
      [11_000, 10],
      [16_000, 10],
    ]);
    const fast = batched(oneShard(20, { duration: constant(0), eventSources }, 5 * SECOND).build());
    // Reads of 20: 40 ready at 2 s, 30 at 3 s, 20 at 4 s, 40 at 5 s.
    expect(timesOf(fast.batches)).toEqual([
      [2_000, 30],
      [3_000, 30],
      [5_000, 30],
    ]);
  });

  test('closes a batch at the payload of an invocation', () => {
    const scenario = oneShard(1, { duration: constant(0), eventSources: [streamMapping('clicks')] }, 30 * SECOND)
      .withTraffic('large', 'clicks', { kind: 'burst', at: 500_000, count: 8 }, { payload: 128 * KB })
      .rules({ 'payload-limits': { request: 500 * KB } })
      .build();
    const [first, second, third] = batched(scenario).batches;
    // A record of 1 KB and three of 128 KB, then three, then two.
    expect([first, second, third].map((batch) => batch!.records.length)).toEqual([4, 3, 2]);
  });

  test('reads on at once while more is there, as fast as the shard gives it', () => {
    const eventSources = [streamMapping('clicks', { batchSize: 10_000 })];
    const scenario = aScenario()
      .rules(IN_STEP)
      .run({ duration: 10 * SECOND })
      .withFunction('worker', { duration: constant(0), eventSources })
      .withStream('clicks', { backlog: 25_000, backlogAge: HOUR })
      .build();
    const { batches } = batched(scenario);
    // 2 MB a second: 6 MB close a batch before 10,000 records of 1 KB do, and 10 MB take 4.88 s.
    expect(batches.map(({ startedAt, records }) => [startedAt, records.length])).toEqual([
      [1_000_000, 6_144],
      [1_000_000, 3_856],
      [5_882_813, 6_144],
      [5_882_813, 3_856],
    ]);
  });

  test('of enhanced fan-out gets a record 70 ms after it was written', () => {
    const scenario = aScenario()
      .run({ duration: 10 * SECOND })
      .withFunction('worker', { duration: constant(0), eventSources: [streamMapping('clicks')] })
      .withStream('clicks', { consumer: 'enhanced-fan-out' })
      .withTraffic('web', 'clicks', 10)
      .build();
    const { result, batches } = batched(scenario);
    expect(batches.length).toBeGreaterThan(50);
    const { min, max } = consumer(result).iteratorAge;
    expect([min, max]).toEqual([70, 70]);
  });

  test('of a DynamoDB stream is read four times a second', () => {
    const scenario = aScenario()
      .run({ duration: 10 * MINUTE })
      .withFunction('worker', { duration: constant(0), eventSources: [streamMapping('table')] })
      .withStream('table', { type: 'dynamodb' })
      .withTraffic('web', 'table', 0.5)
      .build();
    const { mean, max } = batched(scenario).result.streams.table!.iteratorAge;
    expect(mean).toBeGreaterThan(110);
    expect(mean).toBeLessThan(140);
    expect(max).toBeLessThanOrEqual(250);
  });
});
