import { describe, expect, it } from 'vitest';
import { Chance } from '../../src/engine/chance.js';
import { randomStreams } from '../../src/engine/random-streams.js';

const TRIES = 200_000;

function happened(share: number, seed: number): boolean[] {
  const chance = new Chance(share, randomStreams(seed).named('test'));
  return Array.from({ length: TRIES }, () => chance.happens());
}

describe('a chance', () => {
  it.each([0.001, 0.01, 0.3, 0.9])('of %d happens that often, within four standard errors, on 20 seeds', (share) => {
    const error = Math.sqrt((share * (1 - share)) / TRIES);
    const far = Array.from({ length: 20 }, (_, seed) => happened(share, seed).filter(Boolean).length / TRIES).filter(
      (found) => Math.abs(found - share) > 4 * error,
    );
    expect(far).toEqual([]);
  });

  it('does not remember: it happens as often after a success as at any time', () => {
    const share = 0.2;
    const tries = happened(share, 7);
    const after = tries.filter((_, i) => i > 0 && tries[i - 1]);
    const found = after.filter(Boolean).length / after.length;
    expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / after.length));
  });

  it('of 0 and of 1 draws nothing', () => {
    const stream = { uniform: () => expect.unreachable('drew'), bits: () => 0 };
    expect([new Chance(0, stream).happens(), new Chance(1, stream).happens()]).toEqual([false, true]);
  });
});
