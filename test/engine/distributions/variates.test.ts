import { describe, expect, it } from 'vitest';
import { makeDistribution } from '../../../src/engine/distributions/registry.js';
import { randomStreams } from '../../../src/engine/random-streams.js';
import { Variates } from '../../../src/engine/variates.js';
import { draw } from './law.js';

describe('variates', () => {
  it('are the draws of the distribution in the order of the stream, rounded to whole microseconds', () => {
    const distribution = makeDistribution({ kind: 'gamma', mean: 12, cv: 0.7 });
    const variates = new Variates(distribution, randomStreams(1).named('test'));
    const drawn = Array.from({ length: 3000 }, () => variates.next());
    expect(drawn).toEqual([...draw(distribution, 3000, 1)].map((value) => Math.round(value)));
    expect(variates.isConstant).toBe(false);
  });

  it('of a constant are that constant, and the stream stays untouched', () => {
    const stream = randomStreams(1).named('test');
    const variates = new Variates(makeDistribution({ kind: 'constant', value: 44.6 }), stream);
    expect([variates.isConstant, variates.constant, variates.next(), variates.next()]).toEqual([true, 45, 45, 45]);
    expect(stream.bits()).toBe(randomStreams(1).named('test').bits());
  });

  it('never exceed 142 years, however heavy the tail', () => {
    const pareto = makeDistribution({ kind: 'pareto', min: 1, alpha: 0.001 });
    const variates = new Variates(pareto, randomStreams(1).named('test'));
    const drawn = Array.from({ length: 100 }, () => variates.next());
    expect(Math.max(...drawn)).toBe(2 ** 52);
    expect(drawn.every((value) => Number.isSafeInteger(value))).toBe(true);
  });
});
