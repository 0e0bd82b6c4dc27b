/** Ten million messages that wait: 16 bytes each at most, and drained in batches of ten with the full report in well under a minute. */
import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/engine/units.js';
import { Simulation } from '../../../src/study/simulation.js';
import { aScenario, constant, reads } from '../../support/a-scenario.js';

const MESSAGES = 10_000_000;

const held = () => {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
};

function backlog(type: 'standard' | 'fifo') {
  return aScenario()
    .run({ duration: 2 * HOUR })
    .account({ concurrencyLimit: 3_000 })
    .withQueue('night', { type, backlog: MESSAGES, visibilityTimeout: 6 * MINUTE })
    .withFunction('worker', { duration: constant(300_000), timeout: MINUTE, eventSources: [reads('night')] })
    .build();
}

const TYPES = ['standard', 'fifo'] as const;
// Both are held until the end, so that no garbage of one is missing from the other.
const simulations = TYPES.map((type) => {
  const before = held();
  const simulation = new Simulation(backlog(type), { timeline: true });
  simulation.advance(1);
  return { simulation, bytes: (held() - before) / MESSAGES };
});

it.each(TYPES.map((type, index) => [type, index] as const))('ten million messages of a %s queue', (type, index) => {
  const { simulation, bytes } = simulations[index]!;
  const began = performance.now();
  simulation.advance();
  const seconds = (performance.now() - began) / 1000;
  const { queues, functions } = simulation.result();
  expect(queues.night).toMatchObject({ sent: MESSAGES, deleted: MESSAGES, visible: 0, inFlight: 0 });
  expect(functions.worker!.invocations).toBe(MESSAGES / 10);
  console.info(`${type}: ${bytes.toFixed(1)} bytes a message, drained in ${seconds.toFixed(1)} s`);
  expect(bytes).toBeLessThanOrEqual(16);
  expect(seconds).toBeLessThan(60);
});
