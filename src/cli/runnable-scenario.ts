/** A scenario that may be run: read, without problems, with a price for all it uses, within the limit of events. */
import { ScenarioError } from '../engine/errors.js';
import { parseOptions, readScenarioText, type ScenarioChanges } from '../node/read-scenario.js';
import { parseScenario } from '../scenario/parse-scenario.js';
import type { Scenario } from '../scenario/types.js';
import { checkPrices } from '../study/price-problems.js';
import { checkEvents } from './event-budget.js';

/** Throws FileError or ScenarioError, the latter also when it could not be billed or more than about `maxEvents` events are expected. */
export async function readRunnable(file: string, changes: ScenarioChanges, maxEvents: number): Promise<Scenario> {
  const read = await readScenarioText(file);
  const checks = [checkPrices, checkEvents(maxEvents)];
  const { scenario, problems } = parseScenario(read.text, parseOptions(file, read, changes), checks);
  if (scenario === undefined) throw new ScenarioError(problems);
  return scenario;
}
