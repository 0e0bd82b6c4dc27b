import { describe, expect, it } from 'vitest';
import { LimitError } from '../../src/engine/errors.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant } from '../support/a-scenario.js';

describe('a run whose clock does not move', () => {
  const idle = aScenario()
    .withFunction('f', { reservedConcurrency: 0 })
    .withTraffic('people', 'f', { kind: 'users', count: 1, thinkTime: constant(0) })
    .build();

  it('is stopped, and says at which instant and who asks without end', () => {
    expect(() => new Simulation(idle).advance()).toThrow(LimitError);
    expect(() => new Simulation(idle).advance()).toThrow(/stopped at 0 s .* the clock does not move/);
  });

  it('is noticed in slices too', () => {
    const simulation = new Simulation(idle);
    expect(() => {
      while (!simulation.advance(50_000));
    }).toThrow(LimitError);
  });

  it('is not taken for a burst of more requests at once than that', () => {
    const burst = aScenario()
      .run({ duration: 60_000_000 })
      .withFunction('f', { reservedConcurrency: 0 })
      .withTraffic('all', 'f', { kind: 'burst', at: 0, count: 11_000_000 })
      .build();
    expect(new Simulation(burst).advance()).toBe(true);
  });
});
