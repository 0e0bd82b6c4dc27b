import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/engine/errors.js';
import { EventLoop } from '../../src/engine/event-loop.js';

/** A loop that writes down what ran: `[now, a, b]`. */
function noted(): { loop: EventLoop; kind: number; seen: [number, number, number][] } {
  const loop = new EventLoop();
  const seen: [number, number, number][] = [];
  const kind = loop.define('note', (a, b) => seen.push([loop.now, a, b]));
  return { loop, kind, seen };
}

describe('the event loop', () => {
  it('runs events in order of time and, at one instant, in the order they were scheduled', () => {
    const { loop, kind, seen } = noted();
    loop.at(20, kind, 1);
    loop.at(10, kind, 2);
    loop.at(20, kind, 3, 4);
    loop.at(10, kind, 5);
    expect(loop.run(100)).toBe(4);
    expect(seen).toEqual([
      [10, 2, 0],
      [10, 5, 0],
      [20, 1, 0],
      [20, 3, 4],
    ]);
  });

  it('runs what an event schedules for the same instant after what already waits for it', () => {
    const loop = new EventLoop();
    const seen: string[] = [];
    const late = loop.define('late', () => seen.push('late'));
    const first = loop.define('first', () => {
      seen.push('first');
      loop.after(0, late);
    });
    const second = loop.define('second', () => seen.push('second'));
    loop.at(5, first);
    loop.at(5, second);
    loop.run(5);
    expect(seen).toEqual(['first', 'second', 'late']);
  });

  it('stands at the end of the run when all is done, and runs what is due exactly then', () => {
    const { loop, kind, seen } = noted();
    loop.at(100, kind, 1);
    loop.at(101, kind, 2);
    expect([loop.run(100), loop.now, seen.length]).toEqual([1, 100, 1]);
    expect([loop.run(101), loop.now, seen.length]).toEqual([1, 101, 2]);
  });

  it('resumes where it stopped, and stands at the last event while more are due', () => {
    const whole = noted();
    const sliced = noted();
    for (const { loop, kind } of [whole, sliced]) for (let i = 0; i < 100; i++) loop.at((i * 37) % 50, kind, i);
    whole.loop.run(60);
    const ran: number[] = [];
    while (ran.at(-1) !== 0) ran.push(sliced.loop.run(60, 7));
    expect(ran).toEqual([...Array(14).fill(7), 2, 0]);
    expect(sliced.seen).toEqual(whole.seen);
    expect([sliced.loop.now, sliced.loop.events]).toEqual([60, 100]);

    const stopped = noted();
    for (const at of [3, 8, 9]) stopped.loop.at(at, stopped.kind);
    expect([stopped.loop.run(60, 2), stopped.loop.now]).toEqual([2, 8]);
  });

  it('refuses an event in the past, and one at no time at all, and names it', () => {
    const loop = new EventLoop();
    const kind = loop.define('traffic.web/arrival', () => {});
    loop.at(10, kind);
    loop.run(10);
    expect(() => loop.at(9, kind)).toThrow(InvariantError);
    expect(() => loop.at(9, kind)).toThrow(/"traffic\.web\/arrival".* 9.* 10/);
    expect(() => loop.after(-1, kind)).toThrow(InvariantError);
    expect(() => loop.at(Number.NaN, kind)).toThrow(InvariantError);
    expect(() => loop.at(10, kind)).not.toThrow();
  });

  it('refuses to run to an end that has passed', () => {
    const loop = new EventLoop();
    loop.run(10);
    expect(() => loop.run(9)).toThrow(InvariantError);
  });
});
