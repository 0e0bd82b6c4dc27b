import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../src/engine/distributions/normal-cdf.js';
import { randomStreams } from '../../../src/engine/random-streams.js';
import { exponential, fillExponential, fillNormal, normal } from '../../../src/engine/ziggurat.js';
import { expectLaw, expectShares, expectVariance } from './law.js';

const COUNT = 1_000_000;
const SEED = 31;

describe('the ziggurat', () => {
  it('draws exponential variates, far tail included', () => {
    const values = new Float64Array(COUNT);
    fillExponential(randomStreams(SEED).named('exponential'), values, COUNT, 1);
    expectLaw(values, (x) => 1 - Math.exp(-x), SEED);
    expectVariance(values, 1, 1, 9, SEED);
    expectShares(
      values,
      [
        [7.69711747013105, 1 - Math.exp(-7.69711747013105)],
        [10, 1 - Math.exp(-10)],
      ],
      SEED,
    );
  });

  it('draws normal variates, both tails included', () => {
    const values = new Float64Array(COUNT);
    fillNormal(randomStreams(SEED).named('normal'), values, COUNT);
    expectLaw(values, normalCdf, SEED);
    expectVariance(values, 0, 1, 3, SEED);
    expectShares(
      values,
      [
        [-3.654152885361009, normalCdf(-3.654152885361009)],
        [-4, normalCdf(-4)],
        [4, normalCdf(4)],
      ],
      SEED,
    );
  });

  it('is uniform in its fine structure too: inside each thousandth of the probability', () => {
    const values = new Float64Array(COUNT);
    fillExponential(randomStreams(SEED).named('layers'), values, COUNT, 1);
    const folded = values.map((value) => (1 - Math.exp(-value)) * 1024).map((scaled) => scaled - Math.floor(scaled));
    expectLaw(folded, (x) => x, SEED);
  });

  it('gives one by one what it gives in blocks', () => {
    const block = new Float64Array(20_000);
    const stream = randomStreams(SEED).named('single');
    fillExponential(randomStreams(SEED).named('single'), block, block.length, 1);
    expect(block.map(() => exponential(stream))).toEqual(block);
    const other = randomStreams(SEED).named('single');
    fillNormal(randomStreams(SEED).named('single'), block, block.length);
    expect(block.map(() => normal(other))).toEqual(block);
  });
});
