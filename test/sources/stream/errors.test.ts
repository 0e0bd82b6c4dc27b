import { describe, expect, test } from 'vitest';
import { randomStreams } from '../../../src/engine/random-streams.js';
import { HOUR, MINUTE, SECOND } from '../../../src/engine/units.js';
import type { Scenario, StreamMappingSettings } from '../../../src/scenario/types.js';
import { RecordLuck } from '../../../src/sources/stream/record-luck.js';
import { aScenario, constant, type FunctionChanges, streamMapping } from '../../support/a-scenario.js';
import { batched, type SentBatch } from '../../support/batch-trace.js';

const POISON_RATE = 0.01;
const seconds = (batches: readonly SentBatch[]) => batches.map(({ startedAt }) => startedAt / SECOND);
const spans = (batches: readonly SentBatch[]) =>
  batches.map(({ records }) => [records[0]!.sequence, records[records.length - 1]!.sequence]);

/** A seed under which exactly the record at `index` of the first `records` of shard 0 fails on every try. */
function seedOfPoison(index: number, records: number): number {
  for (let seed = 1; ; seed++) {
    const luck = new RecordLuck(
      randomStreams(seed),
      'functions.worker/clicks',
      { filter: 1 },
      { recordErrorRate: 0, poisonRate: POISON_RATE },
    );
    const isAsWanted = (_: unknown, record: number) => luck.isPoison(0, record) === (record === index);
    if (Array.from({ length: records }).every(isAsWanted)) return seed;
  }
}

/** `records` that wait from the start, of which the one at `poison` fails on every try; read at 1 s. */
function poisoned(
  poison: number,
  records: number,
  mapping: Partial<StreamMappingSettings>,
  worker: FunctionChanges = {},
  duration = 10 * MINUTE,
): Scenario {
  return aScenario()
    .rules({ 'stream-polling': { spread: false } })
    .run({ duration, seed: seedOfPoison(poison, records) })
    .withFunction('worker', {
      duration: constant(0),
      poisonRate: POISON_RATE,
      eventSources: [streamMapping('clicks', { batchSize: records, ...mapping })],
      ...worker,
    })
    .withQueue('failures')
    .withStream('clicks', { backlog: records })
    .build();
}

describe('a batch that fails', () => {
  test('is sent again at once, then after 1 s doubling to 60 s, and blocks its lane', () => {
    const { result, batches } = batched(poisoned(3, 100, { batchSize: 50 }, {}, 5 * MINUTE));
    expect(seconds(batches)).toEqual([1, 1, 2, 4, 8, 16, 32, 64, 124, 184, 244]);
    expect(new Set(spans(batches).map(String))).toEqual(new Set(['0,49']));
    const { processed, waiting, batches: sent, retries } = result.streams.clicks!;
    expect({ processed, waiting, sent, retries }).toEqual({ processed: 0, waiting: 100, sent: 1, retries: 10 });
  });

  test('is discarded once its retries are used up, one record of it goes to the destination', () => {
    const mapping = { batchSize: 50, maximumRetryAttempts: 2, onFailure: 'failures' };
    const { result, batches } = batched(poisoned(3, 100, mapping));
    expect(spans(batches)).toEqual([
      [0, 49],
      [0, 49],
      [0, 49],
      [50, 99],
    ]);
    const { processed, discarded, waiting } = result.streams.clicks!;
    expect({ processed, discarded, waiting }).toEqual({ processed: 50, discarded: 50, waiting: 0 });
    expect(result.queues.failures!.sent).toBe(1);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'of 2^%i records, bisected without retries, takes 2k + 1 invocations and loses the poison record alone',
    (k) => {
      const mapping = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 };
      for (const poison of [0, 2 ** k - 1, Math.floor(2 ** k / 3)]) {
        const { result } = batched(poisoned(poison, 2 ** k, mapping));
        const { processed, discarded } = result.streams.clicks!;
        expect([result.functions.worker!.invocations, processed, discarded]).toEqual([2 * k + 1, 2 ** k - 1, 1]);
      }
    },
  );

  test('of 100 records, poison at 37, bisected with 2 retries: isolated after 8 invocations, 15 in all', () => {
    const { batches } = batched(poisoned(37, 100, { bisectBatchOnFunctionError: true, maximumRetryAttempts: 2 }));
    expect(spans(batches)).toEqual([
      [0, 99],
      [0, 49],
      [0, 24],
      [25, 49],
      [25, 36],
      [37, 49],
      [37, 42],
      [37, 39],
      [37, 37],
      [37, 37],
      [37, 37],
      [38, 39],
      [40, 42],
      [43, 49],
      [50, 99],
    ]);
  });

  test('that says which record failed goes on from there, and that is a retry', () => {
    const mapping = { reportBatchItemFailures: true, maximumRetryAttempts: 2, onFailure: 'failures' };
    const { result, batches } = batched(poisoned(37, 100, mapping));
    expect(spans(batches)).toEqual([
      [0, 99],
      [37, 99],
      [37, 99],
    ]);
    expect(batches.every(({ succeeds }) => succeeds)).toBe(true);
    const { processed, discarded } = result.streams.clicks!;
    expect([processed, discarded, result.queues.failures!.sent]).toEqual([37, 63, 1]);
  });

  test('that says which record failed is split there when bisecting is on', () => {
    const mapping = { reportBatchItemFailures: true, bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 };
    const { result, batches } = batched(poisoned(37, 100, mapping));
    // Split at 37; there the first record failed, so the rest is halved until it is alone.
    expect(spans(batches)).toEqual([
      [0, 99],
      [37, 99],
      [37, 67],
      [37, 51],
      [37, 43],
      [37, 39],
      [37, 37],
      [38, 39],
      [40, 43],
      [44, 51],
      [52, 67],
      [68, 99],
    ]);
    expect(result.streams.clicks!.discarded).toBe(1);
  });

  test('loses records that have become too old, and is blocked no longer than that', () => {
    const mapping = { maximumRecordAge: 5 * MINUTE, onFailure: 'failures' };
    const { result } = batched(poisoned(3, 100, { batchSize: 50, ...mapping }, {}, 20 * MINUTE));
    const { processed, discarded, waiting, expired } = result.streams.clicks!;
    expect({ processed, discarded, waiting, expired }).toEqual({
      processed: 0,
      discarded: 100,
      waiting: 0,
      expired: 0,
    });
    expect(result.queues.failures!.sent).toBe(2);
  });

  test('by default blocks its shard until the records expire, after a day', () => {
    const scenario = poisoned(3, 100, { batchSize: 50 }, {}, 26 * HOUR);
    const { result, batches } = batched(scenario);
    const { processed, expired, waiting } = result.streams.clicks!;
    expect({ processed, expired, waiting }).toEqual({ processed: 0, expired: 100, waiting: 0 });
    expect(batches[batches.length - 1]!.startedAt).toBeLessThan(24 * HOUR);
  });
});

describe('a batch that Lambda refuses', () => {
  test('is sent again after 1 s doubling to 60 s, without using up a retry', () => {
    const scenario = poisoned(-1, 10, { maximumRetryAttempts: 0 }, { reservedConcurrency: 0 }, 4 * MINUTE);
    const { result, batches } = batched(scenario);
    // At 1, 2, 4, 8, 16, 32, 64, 124 and 184 s.
    expect([batches.length, result.functions.worker!.throttles]).toEqual([0, 9]);
    const { waiting, discarded } = result.streams.clicks!;
    expect([waiting, discarded]).toEqual([10, 0]);
  });

  test('during an outage of Lambda waits in the same way', () => {
    const scenario = { ...poisoned(-1, 10, { maximumRetryAttempts: 0 }) };
    const outages = [{ at: 0, for: 50 * SECOND, share: 1 }];
    const { result, batches } = batched({ ...scenario, account: { ...scenario.account, outages } });
    expect(seconds(batches)).toEqual([64]);
    expect(result.functions.worker!.serviceErrors).toBe(6);
  });
});
