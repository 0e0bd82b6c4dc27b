import { describe, expect, it } from 'vitest';
import { EventLoop } from '../../src/engine/event-loop.js';
import { randomStreams } from '../../src/engine/random-streams.js';

describe('a ring timer', () => {
  it('hands back each entry one delay after it came, in the order they came', () => {
    const loop = new EventLoop();
    const fired: [number, number][] = [];
    const ring = loop.ring('wait', 100, (entry) => fired.push([loop.now, entry]));
    const add = loop.define('add', (entry) => ring.add(entry));
    for (const [at, entry] of [
      [0, 7],
      [0, 8],
      [30, 9],
      [99, 10],
      [100, 11],
    ] as const)
      loop.at(at, add, entry);
    loop.run(1_000);
    expect(fired).toEqual([
      [100, 7],
      [100, 8],
      [130, 9],
      [199, 10],
      [200, 11],
    ]);
    expect(ring.waiting).toBe(0);
  });

  it('has one pending event however many entries wait', () => {
    const loop = new EventLoop();
    const ring = loop.ring('wait', 100, () => {});
    for (let i = 0; i < 10_000; i++) ring.add(i);
    expect([ring.waiting, loop.pending.count]).toEqual([10_000, 1]);
  });

  it('keeps its order while it grows around its end, against a plain list, seed 3', () => {
    const random = randomStreams(3).named('ring');
    const loop = new EventLoop();
    const expected: [number, number][] = [];
    const fired: [number, number][] = [];
    const ring = loop.ring('wait', 500, (entry) => fired.push([loop.now, entry]));
    const add = loop.define('add', (entry) => {
      ring.add(entry);
      expected.push([loop.now + 500, entry]);
    });
    let at = 0;
    for (let i = 0; i < 5_000; i++) {
      // Dense and sparse in turns, so that it fills, drains and wraps.
      at += Math.floor(random.uniform() * (i % 1_000 < 500 ? 4 : 300));
      loop.at(at, add, i);
    }
    loop.run(at + 500);
    expect(fired).toEqual(expected);
  });

  it('may be given entries by its own handler', () => {
    const loop = new EventLoop();
    const fired: [number, number][] = [];
    const ring = loop.ring('wait', 10, (entry) => {
      fired.push([loop.now, entry]);
      if (entry < 3) ring.add(entry + 1);
    });
    ring.add(1);
    loop.run(100);
    expect(fired).toEqual([
      [10, 1],
      [20, 2],
      [30, 3],
    ]);
  });

  it('with no delay fires at the same instant, after what was scheduled for it', () => {
    const loop = new EventLoop();
    const seen: string[] = [];
    const ring = loop.ring('now', 0, (entry) => {
      seen.push(`ring ${entry}`);
      if (entry === 1) ring.add(2);
    });
    const add = loop.define('add', () => ring.add(1));
    const other = loop.define('other', () => seen.push('other'));
    loop.at(5, add);
    loop.at(5, other);
    loop.run(5);
    expect(seen).toEqual(['other', 'ring 1', 'ring 2']);
  });
});
