/** Ten million asynchronous events that wait: 16 bytes each, and a run that holds them in well under a gigabyte. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario } from '../support/a-scenario.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function held(): number {
  // The memory of typed arrays is given back by the second collection.
  collectGarbage();
  collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

/** What a run holds in which so many events come within ten seconds, and all still wait after thirty. */
function heldBy(events: number): number {
  const scenario = aScenario()
    .run({ duration: 30 * SECOND })
    .account({ otherConcurrency: [{ at: 0, amount: 1000 }] })
    .withFunction('worker')
    .withTraffic(
      'events',
      'worker',
      { kind: 'stages', stages: [{ for: 10 * SECOND, from: events / 10, to: events / 10 }] },
      { arrivals: { kind: 'regular' }, via: 'event', invocation: 'Event' },
    )
    .build();
  const before = held();
  const simulation = new Simulation(scenario);
  simulation.advance();
  const bytes = held() - before;
  const { async, throttles } = simulation.result().functions.worker!;
  expect(async).toMatchObject({ received: events, waiting: events, throttledAttempts: throttles });
  expect(throttles).toBeGreaterThan(4 * events);
  return bytes;
}

it('ten million waiting events take 16 bytes each', () => {
  const [least, most] = [1_000_000, 10_000_000];
  const small = heldBy(least);
  const large = heldBy(most);
  const each = (large - small) / (most - least);
  console.info(`${each.toFixed(2)} bytes an event, ${Math.round(large / 1e6)} MB in all`);
  expect(each).toBeLessThanOrEqual(16);
  expect(large).toBeLessThan(200e6);
});
