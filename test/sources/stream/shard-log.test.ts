import { describe, expect, test } from 'vitest';
import { CHUNK, ShardLog } from '../../../src/sources/stream/shard-log.js';

describe('the log of a shard', () => {
  test('holds a waiting record in 14 bytes, whatever its size', () => {
    const log = new ShardLog();
    const records = 100 * CHUNK;
    for (let i = 0; i < records; i++) log.add(i, i, 1_024 * (1 + (i % 7)));
    expect(log.bytes).toBe(14 * records);
  });

  test('gives back what was written, by its sequence number', () => {
    const log = new ShardLog();
    for (let i = 0; i < 3 * CHUNK; i++) log.add(1_000 * i, i - 7, i);
    for (const i of [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 5, 3 * CHUNK - 1])
      expect([log.at(i), log.key(i), log.size(i)]).toEqual([1_000 * i, i - 7, i]);
  });

  test('tells apart as many sizes as two bytes can, and says so of one more', () => {
    const log = new ShardLog();
    for (let i = 0; i < 65_536; i++) log.add(i, i, i);
    log.add(65_536, 0, 7);
    expect([log.size(65_535), log.size(65_536)]).toEqual([65_535, 7]);
    expect(() => log.add(65_537, 0, 65_536)).toThrow('more than 65536 sizes');
  });

  test('lets go of what no reader needs, and stays small', () => {
    const log = new ShardLog();
    for (let i = 0; i < 1_000 * CHUNK; i++) {
      log.add(i, i, 1);
      if (i > 10) log.forget(i - 10);
    }
    expect(log.bytes).toBeLessThanOrEqual(2 * 14 * CHUNK);
    expect([log.at(log.end - 1), log.at(log.end - 10)]).toEqual([log.end - 1, log.end - 10]);
  });
});
