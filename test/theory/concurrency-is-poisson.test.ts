/**
 * M/G/infinity: without limits the number of invocations that run is Poisson with mean rate x duration, whatever the law of
 * the duration. It is looked at from outside, at instants so far apart that the looks are independent.
 */
import { describe, expect, it } from 'vitest';
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { SECOND } from '../../src/engine/units.js';
import { type ObservedRun, Recorder } from '../../src/lambda/recorder.js';
import { simulate } from '../../src/study/simulate.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { interval, SEEDS, told } from '../support/replications.js';

const MEAN = 20;
/** Ten mean durations apart: an exponential forgets all but e^-10 of it, and the bounded laws everything. */
const APART = SECOND;
const LOOKS = 1_000;

/** What runs at each of the instants. Nothing changes between two facts, so a look is taken when the next fact comes. */
class Looks extends Recorder {
  readonly seen: number[] = [];
  private running = 0;
  private clock!: ObservedRun['clock'];

  override begin(run: ObservedRun): void {
    this.clock = run.clock;
  }

  override started(): void {
    this.look();
    this.running++;
  }

  override ended(): void {
    this.look();
    this.running--;
  }

  private look(): void {
    while (this.seen.length < LOOKS && (this.seen.length + 2) * APART <= this.clock.now) this.seen.push(this.running);
  }
}

function looks(duration: DistributionSpec, seed: number): number[] {
  const scenario = aScenario()
    .run({ duration: (LOOKS + 3) * APART })
    .withFunction('f', { duration })
    .withTraffic('web', 'f', MEAN / 0.1)
    .build();
  const looks = new Looks();
  simulate(scenario, { seed, recorders: [looks] });
  expect(looks.seen.length).toBe(LOOKS);
  return looks.seen;
}

function poisson(n: number): number {
  let share = Math.exp(-MEAN);
  for (let i = 1; i <= n; i++) share *= MEAN / i;
  return share;
}

/** Counts below 12, each from 12 to 28, and above; against what a Poisson law expects of `total` looks. */
function chiSquare(seen: readonly number[]): number {
  const cell = (n: number) => Math.min(17, Math.max(0, n - 11));
  const counts = new Array<number>(18).fill(0);
  const expected = new Array<number>(18).fill(0);
  for (const n of seen) counts[cell(n)]!++;
  for (let n = 0; n < 200; n++) expected[cell(n)]! += poisson(n) * seen.length;
  return counts.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
}

describe('M/G/infinity: concurrency without limits is Poisson with mean rate x duration', () => {
  it.each<[string, DistributionSpec]>([
    ['exponential', { kind: 'exponential', mean: 100_000 }],
    ['uniform', { kind: 'uniform', min: 0, max: 200_000 }],
    ['constant', constant(100_000)],
  ])('duration %s', (_name, duration) => {
    const runs = SEEDS.map((seed) => looks(duration, seed));
    const means = interval(runs.map((seen) => seen.reduce((a, b) => a + b) / seen.length));
    expect(means.low, told(MEAN, means)).toBeLessThan(MEAN);
    expect(means.high, told(MEAN, means)).toBeGreaterThan(MEAN);

    const variances = interval(runs.map((seen) => seen.reduce((sum, n) => sum + (n - MEAN) ** 2, 0) / seen.length));
    expect(variances.low, told(MEAN, variances)).toBeLessThan(MEAN);
    expect(variances.high, told(MEAN, variances)).toBeGreaterThan(MEAN);

    // 20,000 independent looks in 18 cells with nothing fitted, 17 degrees of freedom: the 99.9% point.
    expect(chiSquare(runs.flat())).toBeLessThan(40.79);
  });
});
