/** A scenario that may be run: read, without problems, within the limit of events. */
import { ScenarioError } from '../engine/errors.js';
import { readScenario, type ScenarioChanges } from '../node/read-scenario.js';
import type { Scenario } from '../scenario/types.js';
import { eventProblems } from './event-budget.js';

/** Throws FileError or ScenarioError, the latter also when about more than `maxEvents` events are expected. */
export async function readRunnable(file: string, changes: ScenarioChanges, maxEvents: number): Promise<Scenario> {
  const { scenario, problems } = await readScenario(file, changes);
  if (scenario === undefined) throw new ScenarioError(problems);
  const tooMany = eventProblems(scenario, file, maxEvents);
  if (tooMany.length > 0) throw new ScenarioError(tooMany);
  return scenario;
}
