/** Little's law holds on every path, not only on average: the time integral of what runs is the sum of the times it ran. */
import { expect, it } from 'vitest';
import { SECOND } from '../../src/engine/units.js';
import type { FunctionId } from '../../src/lambda/ids.js';
import { type ObservedRun, Recorder } from '../../src/lambda/recorder.js';
import { Simulation } from '../../src/study/simulation.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { SEEDS } from '../support/replications.js';

/** Integrates the step function of running invocations as it happens, in whole microseconds, within the window that counts. */
class Integral extends Recorder {
  readonly area: number[] = [0, 0];
  private readonly running: number[] = [0, 0];
  private since = 0;
  private clock!: ObservedRun['clock'];

  constructor(private readonly from: number) {
    super();
  }

  override begin(run: ObservedRun): void {
    this.clock = run.clock;
  }

  override started(fn: FunctionId): void {
    this.step();
    this.running[fn]!++;
  }

  override ended(fn: FunctionId): void {
    this.step();
    this.running[fn]!--;
  }

  step(): void {
    const { now } = this.clock;
    const span = now - Math.max(this.since, this.from);
    if (span > 0) for (let fn = 0; fn < 2; fn++) this.area[fn]! += span * this.running[fn]!;
    this.since = now;
  }
}

it.each(SEEDS)('the mean concurrency equals its integral to 1e-9, seed %d', (seed) => {
  const [from, until] = [30 * SECOND, 300 * SECOND];
  const scenario = aScenario()
    .run({ duration: until, warmUp: from })
    .account({ concurrencyLimit: 130 })
    .rules({ 'platform-overhead': { cold: constant(80_000), warm: constant(5_000) } })
    .withFunction('a', {
      duration: { kind: 'lognormal', mean: 700_000, cv: 3 },
      init: constant(300_000),
      reservedConcurrency: 20,
    })
    .withFunction('b', { duration: { kind: 'exponential', mean: 400_000 }, provisionedConcurrency: 5, timeout: SECOND })
    .withTraffic('one', 'a', 30)
    .withTraffic('two', 'b', 40)
    .build();
  const integral = new Integral(from);
  const simulation = new Simulation(scenario, { seed, recorders: [integral] });
  simulation.advance();
  integral.step();
  const { account, functions } = simulation.result();
  const means = integral.area.map((area) => area / (until - from));
  expect(means[0]).toBeGreaterThan(10);
  expect(Math.abs(functions.a!.concurrency.mean / means[0]! - 1)).toBeLessThan(1e-9);
  expect(Math.abs(functions.b!.concurrency.mean / means[1]! - 1)).toBeLessThan(1e-9);
  expect(Math.abs(account.concurrency.mean / (means[0]! + means[1]!) - 1)).toBeLessThan(1e-9);
});
