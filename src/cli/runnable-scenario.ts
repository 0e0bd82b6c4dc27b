/** A scenario that may be run: read, without problems, with a price for all it uses, within the limit of events. */
import { type Problem, ScenarioError } from '../engine/errors.js';
import { readScenario, type ScenarioChanges } from '../node/read-scenario.js';
import type { Scenario } from '../scenario/types.js';
import { priceProblems } from '../study/price-problems.js';
import { eventProblems } from './event-budget.js';

/** Throws FileError or ScenarioError, the latter also when it could not be billed or more than about `maxEvents` events are expected. */
export async function readRunnable(file: string, changes: ScenarioChanges, maxEvents: number): Promise<Scenario> {
  const { scenario, problems } = await readScenario(file, changes);
  if (scenario === undefined) throw new ScenarioError(problems);
  const found = [...priceProblemsIn(scenario, file), ...eventProblems(scenario, file, maxEvents)];
  if (found.length > 0) throw new ScenarioError(found);
  return scenario;
}

/** Prices are known to the bill and not to the scenario layer, so the line of the setting is not. */
function priceProblemsIn(scenario: Scenario, file: string): Problem[] {
  return priceProblems(scenario).map((problem) => ({ file, line: 1, column: 1, ...problem }));
}
