/** A scenario from its text, with what the scenario layer cannot know of: whether a run of it could be billed. */
import { type ParsedScenario, type ParseOptions, parseScenario } from '../scenario/parse-scenario.js';
import { checkPrices } from './price-problems.js';

/** Text to a checked scenario that can be simulated and billed, or every problem with its line. */
export function parseBillable(text: string, options: ParseOptions = {}): ParsedScenario {
  return parseScenario(text, options, [checkPrices]);
}
