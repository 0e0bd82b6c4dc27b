import { describe, expect, it } from 'vitest';
import { EventLoop } from '../../src/engine/event-loop.js';
import { MINUTE, SECOND } from '../../src/engine/units.js';
import { StepBucket, TokenBucket } from '../../src/lambda/token-bucket.js';

interface Bucket {
  has(): boolean;
  take(): void;
}

/** Takes as many of `wanted` tokens as there are now. */
function taken(bucket: Bucket, wanted: number): number {
  let count = 0;
  while (count < wanted && bucket.has()) {
    bucket.take();
    count++;
  }
  return count;
}

/** What is given at each instant when more is asked for than there is. */
function givenAt(make: (loop: EventLoop) => Bucket, instants: readonly number[], wanted = 1_000_000): number[] {
  const loop = new EventLoop();
  const bucket = make(loop);
  return instants.map((at) => {
    loop.run(at);
    return taken(bucket, wanted);
  });
}

describe('a bucket that refills continuously', () => {
  it('starts full, gives a tenth of its second every tenth of a second, and never holds more than its capacity', () => {
    const make = (loop: EventLoop) => new TokenBucket(loop, 1_000, 100);
    expect(givenAt(make, [0, 0, SECOND / 10, SECOND, 11 * SECOND, 3_600 * SECOND])).toEqual([
      1_000, 0, 10, 90, 1_000, 1_000,
    ]);
  });

  it('gives nothing but what it began with where nothing flows in, and nothing at all where it holds less than a token', () => {
    expect(givenAt((loop) => new TokenBucket(loop, 3, 0), [0, 3_600 * SECOND], 5)).toEqual([3, 0]);
    expect(givenAt((loop) => new TokenBucket(loop, 0, 10), [0, SECOND, 3_600 * SECOND], 5)).toEqual([0, 0, 0]);
    expect(givenAt((loop) => new TokenBucket(loop, 1, 0), [0, 3_600 * SECOND], 5)).toEqual([1, 0]);
  });

  it('gives one token for each whole one that flowed in, when it is asked far more often than that', () => {
    const loop = new EventLoop();
    const bucket = new TokenBucket(loop, 1, 1 / 3);
    let given = 0;
    for (let at = 0; at <= 30 * SECOND; at += 1_000) {
      loop.run(at);
      given += taken(bucket, 1);
    }
    expect(given).toBe(11);
  });

  it('loses no token to rounding in a million refills', () => {
    const loop = new EventLoop();
    const bucket = new TokenBucket(loop, 10, 10);
    taken(bucket, 10);
    let given = 0;
    for (let i = 1; i <= 1_000_000; i++) {
      loop.run(i * 100_000);
      given += taken(bucket, 10);
    }
    expect(given).toBe(1_000_000);
  });

  it('holds nothing when its capacity is less than one token', () => {
    expect(givenAt((loop) => new TokenBucket(loop, 0, 0), [0, SECOND])).toEqual([0, 0]);
  });
});

describe('a bucket that refills at minute marks', () => {
  it('gives nothing between two marks and the share of every mark that passed', () => {
    const make = (loop: EventLoop) => new StepBucket(loop, 3_000, 500);
    const instants = [0, MINUTE - 1, MINUTE, MINUTE + 1, 3 * MINUTE, 100 * MINUTE];
    expect(givenAt(make, instants)).toEqual([3_000, 0, 500, 0, 1_000, 3_000]);
  });
});
