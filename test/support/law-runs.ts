/** Runs that laws are held against: random scenarios by the number that is their seed, watched while they go on. */
import { LimitError } from '../../src/engine/errors.js';
import type { RunResult } from '../../src/results/run-result.js';
import type { TimelineRow } from '../../src/results/timeline.js';
import type { Scenario } from '../../src/scenario/types.js';
import { rowsWithCharges } from '../../src/study/estimated-charges.js';
import { Simulation } from '../../src/study/simulation.js';
import { LimitWatch } from './limit-watch.js';

export interface LawRun {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly result: RunResult;
  readonly rows: readonly TimelineRow[];
  readonly breaches: readonly string[];
}

/** Of the seeds from 1 on; without those that reach `maxEvents`, as a loop does whose rounds nobody counts. */
export function lawRuns(count: number, scenarioOf: (seed: number) => Scenario, maxEvents?: number): LawRun[] {
  return Array.from({ length: count }, (_, i) => lawRun(i + 1, scenarioOf(i + 1), maxEvents)).flat();
}

function lawRun(seed: number, scenario: Scenario, maxEvents: number | undefined): LawRun[] {
  const watch = new LimitWatch(scenario);
  const simulation = new Simulation(scenario, { timeline: true, recorders: [watch], maxEvents });
  try {
    simulation.advance();
  } catch (error) {
    if (error instanceof LimitError) return [];
    throw error;
  }
  const result = simulation.result();
  const rows = [...rowsWithCharges(simulation.timeline!, scenario, result)];
  return [{ seed, scenario, result, rows, breaches: [...watch.breaches] }];
}

/** The runs that break a law, by seed, and how; expected to be none. */
export function breachesIn<R extends { readonly seed: number }>(
  runs: readonly R[],
): (law: (run: R) => Iterable<string>) => string[] {
  return (law) => runs.flatMap((run) => [...law(run)].map((breach) => `seed ${run.seed}: ${breach}`));
}

export function sumOf(rows: readonly TimelineRow[], resource: string, metric: string): number {
  return rows
    .filter((row) => row.resource === resource && row.metric === metric)
    .reduce((sum, row) => sum + row.value, 0);
}

export function near(a: number, b: number, slack = 1e-9): boolean {
  return Math.abs(a - b) <= slack * Math.max(1, Math.abs(a), Math.abs(b));
}
