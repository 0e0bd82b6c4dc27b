/** A scenario that may be run: read, without problems, with a price for all it uses, within the limit of events. */
import { ScenarioError } from '../engine/errors.js';
import { parseOptions, readScenarioText, type ScenarioChanges } from '../node/read-scenario.js';
import { parseScenario } from '../scenario/parse-scenario.js';
import { positionOf } from '../scenario/position.js';
import type { Scenario } from '../scenario/types.js';
import { priceProblems } from '../study/price-problems.js';
import { eventProblems } from './event-budget.js';

/** Throws FileError or ScenarioError, the latter also when it could not be billed or more than about `maxEvents` events are expected. */
export async function readRunnable(file: string, changes: ScenarioChanges, maxEvents: number): Promise<Scenario> {
  const read = await readScenarioText(file);
  const parse = parseOptions(file, read, changes);
  const { scenario, problems } = parseScenario(read.text, parse);
  if (scenario === undefined) throw new ScenarioError(problems);
  const found = [
    ...priceProblems(scenario).map((problem) => ({
      ...positionOf(read.text, problem.path.split('.'), parse),
      ...problem,
    })),
    ...eventProblems(scenario, file, maxEvents),
  ];
  if (found.length > 0) throw new ScenarioError(found);
  return scenario;
}
