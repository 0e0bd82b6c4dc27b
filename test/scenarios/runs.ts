/** The scenarios of the project as they run, for tests of what their comments say. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { RunResult } from '../../src/results/run-result.js';
import { type ParseOptions, parseScenario } from '../../src/scenario/parse-scenario.js';
import { simulate } from '../../src/study/simulate.js';
import { Simulation } from '../../src/study/simulation.js';
import { TimelineFigures } from './timeline-figures.js';

export function scenarioOf(name: string, options: ParseOptions = {}) {
  const text = readFileSync(new URL(`../../scenarios/${name}.yaml`, import.meta.url), 'utf8');
  const { scenario, problems } = parseScenario(text, options);
  expect(problems).toEqual([]);
  return scenario!;
}

const runs = new Map<string, RunResult>();

/** A run is a function of its arguments, so each is made once. */
export function ran(name: string, options?: ParseOptions): RunResult {
  const key = JSON.stringify([name, options]);
  const result = runs.get(key) ?? simulate(scenarioOf(name, options));
  runs.set(key, result);
  return result;
}

export const withSetting = (name: string, path: string, value: string): RunResult =>
  ran(name, { sets: [{ path, value }] });

export function overTime(name: string): TimelineFigures {
  const scenario = scenarioOf(name);
  const simulation = new Simulation(scenario, { timeline: true });
  simulation.advance();
  return new TimelineFigures(simulation.timeline!.rows());
}

export function expectBetween(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
}

/** Cost in USD of one function. */
export function costOf({ bill }: RunResult, resource: string): number {
  return bill.lines.filter((line) => line.resource === resource).reduce((usd, line) => usd + line.usd, 0);
}
