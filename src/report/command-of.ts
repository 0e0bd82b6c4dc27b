/** The command that makes the results again, as far as they tell it. */
import type { Report } from './report.js';
import { shellWord } from './text.js';

/** Stands for a file whose name is not known. */
export const SCENARIO = 'SCENARIO';

/** What the results themselves tell of the run. They hold neither the name of the file nor what `--set` changed in it. */
export function commandOf({ scenarioFile, results: { scenario } }: Report): string {
  const words = ['lambdasim', 'run', scenarioFile === undefined ? SCENARIO : shellWord(scenarioFile)];
  words.push('--seed', shellWord(String(scenario.seed)));
  if (scenario.replications > 1) words.push('--replications', String(scenario.replications));
  return words.join(' ');
}
