import { describe, expect, it } from 'vitest';
import { randomStreams, type Stream } from '../../src/engine/random-streams.js';

const first = (stream: Stream, count = 5): number[] => Array.from({ length: count }, () => stream.uniform());

describe('a random stream', () => {
  it('depends on seed, name and replication, and on nothing else', () => {
    const a = first(randomStreams(1).named('functions.api/duration'));
    const streams = randomStreams(1, 0);
    first(streams.named('traffic.web/arrivals'), 1_000);
    expect(first(streams.named('functions.api/duration'))).toEqual(a);
  });

  it('differs for another seed, name or replication', () => {
    const all = [
      randomStreams(1).named('a'),
      randomStreams(2).named('a'),
      randomStreams(1).named('b'),
      randomStreams(1, 1).named('a'),
      randomStreams(11).named('a'),
      randomStreams(1, 11).named('a'),
    ].map((stream) => first(stream).join());
    expect(new Set(all).size).toBe(all.length);
  });

  it('treats a seed as what it reads: the number 1 and the text "1" are one seed', () => {
    expect(first(randomStreams('1').named('a'))).toEqual(first(randomStreams(1).named('a')));
  });

  it('keeps seed, name and replication apart, whatever they hold', () => {
    expect(first(randomStreams('a\0b').named('c'))).not.toEqual(first(randomStreams('a').named('b')));
    expect(first(randomStreams('a').named('b\x001'))).not.toEqual(first(randomStreams('a', 1).named('b')));
  });

  it('lies strictly between 0 and 1 and fills the interval evenly, seed 5', () => {
    const stream = randomStreams(5).named('evenness');
    const draws = 200_000;
    const cells = new Array<number>(100).fill(0);
    for (let i = 0; i < draws; i++) {
      const value = stream.uniform();
      if (!(value > 0 && value < 1)) throw new Error(`draw ${i} is ${value}`);
      cells[Math.floor(value * 100)]!++;
    }
    const expected = draws / 100;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 99 degrees of freedom: 0.05% and 99.95% points.
    expect(chiSquare).toBeGreaterThan(57);
    expect(chiSquare).toBeLessThan(151);
  });

  it('gives neighbours by name no common chance: the correlation of 200 pairs is what chance allows, seed 5', () => {
    const streams = randomStreams(5);
    const draws = 2_000;
    const centred = (name: string) => first(streams.named(name), draws).map((value) => value - 0.5);
    let worst = 0;
    let previous = centred('functions.f0/duration');
    for (let pair = 1; pair <= 200; pair++) {
      const present = centred(`functions.f${pair}/duration`);
      const covariance = present.reduce((sum, value, i) => sum + value * previous[i]!, 0) / draws;
      worst = Math.max(worst, Math.abs(covariance * 12) * Math.sqrt(draws));
      previous = present;
    }
    // Of 200 standard normals the largest exceeds 4.6 in one of a thousand runs.
    expect(worst).toBeLessThan(4.6);
  });
});
