/** Runs a scenario text with its files and keeps the timeline: what a replay is compared by. */

import type { RunResult } from '../../src/results/run-result.js';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { Simulation } from '../../src/study/simulation.js';

export interface Replay {
  readonly result: RunResult;
  /** Sums over bucket numbers of a metric of a resource, 0 where the timeline is silent. */
  series(resource: string, metric: string, buckets: number): number[];
}

/** Throws with every problem of the text when there is one. */
export function replay(text: string, files: Readonly<Record<string, string>>): Replay {
  const { scenario, problems } = parseScenario(text, { files });
  if (scenario === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  const values = new Map<string, number>();
  for (const { at, resource, metric, value } of simulation.timeline?.rows() ?? []) {
    values.set(`${resource} ${metric} ${at / scenario.run.timeline}`, value);
  }
  return {
    result: simulation.result(),
    series: (resource, metric, buckets) =>
      Array.from({ length: buckets }, (_, bucket) => values.get(`${resource} ${metric} ${bucket}`) ?? 0),
  };
}
