/** Same scenario and seed, same bytes: on repeat, in slices, watched or not; and nobody's chance is anybody else's. */
import { describe, expect, it } from 'vitest';
import { Recorder } from '../../src/lambda/recorder.js';
import type { Scenario } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation, type SimulationOptions } from '../../src/study/simulation.js';
import { aScenario, constant } from '../support/a-scenario.js';
import { randomScenario } from '../support/random-scenario.js';

const SEEDS = Array.from({ length: 60 }, (_, i) => 1_001 + i);
const bytes = (scenario: Scenario) => JSON.stringify(simulate(scenario));

function run(scenario: Scenario, options: SimulationOptions, slice = Number.POSITIVE_INFINITY): string {
  const simulation = new Simulation(scenario, options);
  while (!simulation.advance(slice));
  return JSON.stringify([simulation.result(), [...(simulation.timeline?.rows() ?? [])]]);
}

const differing = (same: (scenario: Scenario) => boolean) => SEEDS.filter((seed) => !same(randomScenario(seed)));

describe('a run', () => {
  it('repeats to the last byte', () => {
    expect(
      differing((scenario) => {
        const once = bytes(scenario);
        return bytes(scenario) === once;
      }),
    ).toEqual([]);
  });

  it('is the same in slices of 1, 7 and 1,000 events as in one go', () => {
    const options = { timeline: true };
    expect(
      differing((scenario) => {
        const whole = run(scenario, options);
        return [7, 1_000].every((slice) => run(scenario, options, slice) === whole);
      }),
    ).toEqual([]);
    const short = randomScenario(SEEDS[0]!);
    expect(run(short, options, 1)).toBe(run(short, options));
  });

  it('is the same whether it is watched, and whether it keeps a timeline', () => {
    class Watcher extends Recorder {}
    expect(
      differing((scenario) => {
        const plain = bytes(scenario);
        const timed = new Simulation(scenario, { timeline: true });
        timed.advance();
        return (
          JSON.stringify(simulate(scenario, { recorders: [new Watcher()] })) === plain &&
          JSON.stringify(timed.result()) === plain
        );
      }),
    ).toEqual([]);
  });

  it('takes its seed from the scenario unless it is given one', () => {
    const scenario = aScenario().run({ seed: 'tuesday' }).withFunction('f').withTraffic('web', 'f', 5).build();
    expect(simulate(scenario, { seed: 'tuesday' })).toEqual(simulate(scenario));
    expect(simulate(scenario, { seed: 'wednesday' }).traffic).not.toEqual(simulate(scenario).traffic);
  });

  it('differs from replication to replication, and replication 0 is the run itself', () => {
    const scenario = aScenario()
      .withFunction('f', { duration: { kind: 'exponential', mean: 50_000 } })
      .withTraffic('web', 'f', 5)
      .build();
    const of = (replication: number) => run(scenario, { replication });
    const all = [0, 1, 2, 3, 10, 11].map(of);
    expect(new Set(all).size).toBe(all.length);
    expect(of(0)).toBe(run(scenario, {}));
  });
});

describe('another function', () => {
  // Today each function has its own scaling allowance; the account's request rate is far above what these ask for.
  const independent = (seed: number): Scenario => {
    const base = randomScenario(seed);
    const { 'request-rate-quota': _, ...rules } = base.rules;
    return {
      ...base,
      rules,
      asOf: '2026-11-21',
      account: { ...base.account, concurrencyLimit: 4_000, otherConcurrency: [{ at: 0, amount: 0 }] },
      traffic: base.traffic.map((one) => ({ ...one, via: 'sdk' as const })),
    };
  };
  const newcomer = aScenario()
    .withFunction('newcomer', {
      duration: { kind: 'exponential', mean: 300_000 },
      init: constant(200_000),
      reservedConcurrency: 50,
      errorRate: 0.1,
    })
    .withTraffic('its-own', 'newcomer', 20, { retry: { kind: 'sdk', mode: 'standard', maximumAttempts: undefined } })
    .build();

  /** The newcomer's reservation leaves as much unreserved as there was. */
  const joined = (base: Scenario, first: boolean): Scenario => ({
    ...base,
    account: { ...base.account, concurrencyLimit: base.account.concurrencyLimit + 50 },
    functions: first ? [...newcomer.functions, ...base.functions] : [...base.functions, ...newcomer.functions],
    traffic: first ? [...newcomer.traffic, ...base.traffic] : [...base.traffic, ...newcomer.traffic],
  });

  it.each([
    ['last', false],
    ['first', true],
  ])('that shares no pool moves no figure of those who were there, wherever it stands: %s', (_name, first) => {
    const moved = SEEDS.filter((seed) => {
      const base = independent(seed);
      const alone = simulate(base);
      const together = simulate(joined(base, first));
      const { newcomer: itself, ...functions } = together.functions;
      const { 'its-own': own, ...traffic } = together.traffic;
      expect([itself!.invocations > 0, own!.offered > 0]).toEqual([true, true]);
      return JSON.stringify([functions, traffic]) !== JSON.stringify([alone.functions, alone.traffic]);
    });
    expect(moved, 'seeds of scenarios whose figures moved').toEqual([]);
  });
});
