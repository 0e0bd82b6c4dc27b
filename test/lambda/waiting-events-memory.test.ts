/** Ten million asynchronous events that wait: 16 bytes each, and a run that holds them in well under a gigabyte. */
import { expect, it } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario } from '../support/a-scenario.js';

const EVENTS = 10_000_000;

it('ten million waiting events take 16 bytes each', () => {
  const scenario = aScenario()
    .run({ duration: 30 * SECOND })
    .account({ otherConcurrency: [{ at: 0, amount: 1000 }] })
    .withFunction('worker')
    .withTraffic(
      'events',
      'worker',
      { kind: 'stages', stages: [{ for: 10 * SECOND, from: EVENTS / 10, to: EVENTS / 10 }] },
      { arrivals: { kind: 'regular' }, via: 'event', invocation: 'Event' },
    )
    .build();
  const held = () => {
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  const before = held();
  const simulation = new Simulation(scenario);
  simulation.advance();
  const bytes = held() - before;
  const { async, throttles } = simulation.result().functions.worker!;
  expect(async).toMatchObject({ received: EVENTS, waiting: EVENTS, throttledAttempts: throttles });
  expect(throttles).toBeGreaterThan(4 * EVENTS);
  console.info(`${(bytes / EVENTS).toFixed(1)} bytes an event, garbage of moved blocks included`);
  expect(bytes / EVENTS).toBeLessThan(40);
});
