import { describe, expect, it } from 'vitest';
import { randomStreams } from '../../../src/engine/random-streams.js';
import { expectLaw } from './law.js';

const NAMES = 10_000;
const SEED = 7;
const firstDraws = Float64Array.from({ length: NAMES }, (_, i) =>
  randomStreams(SEED).named(`fn-${i}/duration`).uniform(),
);

/** 99.9% of a standard normal variate. */
const Z = 3.2905;

describe('streams of similar names', () => {
  it('begin with uniform numbers', () => {
    expectLaw(firstDraws, (x) => x, SEED);
  });

  it.each([1, 2, 10])('are not correlated with their neighbours at distance %d', (lag) => {
    let sum = 0;
    for (let i = lag; i < NAMES; i++) sum += (firstDraws[i] - 0.5) * (firstDraws[i - lag] - 0.5);
    const standardised = (sum * 12) / Math.sqrt(NAMES - lag);
    expect(Math.abs(standardised), `seed ${SEED}`).toBeLessThan(Z);
  });

  it('collide no more often than chance has it, over names, seeds and replications', () => {
    const seen = new Set<number>();
    let drawn = 0;
    for (let i = 0; i < 4000; i++) {
      for (const stream of [
        randomStreams(i).named('web/arrivals'),
        randomStreams(SEED).named(`web-${i}/arrivals`),
        randomStreams(SEED, i).named('api/arrivals'),
        randomStreams(String(i), 1).named('web/arrivals'),
      ]) {
        seen.add(stream.bits());
        drawn++;
      }
    }
    // 16,000 draws of 32 bits: 0.03 collisions expected, so even two are a fault at 99.9%.
    expect(drawn - seen.size).toBeLessThan(2);
  });

  it('of neighbouring replications share nothing in their first thousand numbers', () => {
    const first = randomStreams(SEED, 1).named('web/arrivals');
    const second = randomStreams(SEED, 2).named('web/arrivals');
    let sum = 0;
    for (let i = 0; i < 1000; i++) sum += (first.uniform() - 0.5) * (second.uniform() - 0.5);
    expect(Math.abs((sum * 12) / Math.sqrt(1000)), `seed ${SEED}`).toBeLessThan(Z);
  });
});
