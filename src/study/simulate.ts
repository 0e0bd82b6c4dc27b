/** A scenario in, the figures of one run out. */
import type { Recorder } from '../lambda/recorder.js';
import type { RunResult } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';
import { Simulation } from './simulation.js';

export interface SimulateOptions {
  /** The scenario's own by default. */
  readonly seed?: number | string;
  /** Hear every fact of the run beside its own statistics. */
  readonly recorders?: readonly Recorder[];
}

/** Synchronous and pure: same scenario, seed and version, same figures to the last bit. Throws LimitError after 1e10 events. */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): RunResult {
  const simulation = new Simulation(scenario, options);
  simulation.advance();
  return simulation.result();
}
