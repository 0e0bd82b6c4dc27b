/** The options that change what a scenario says, shared by every command that reads one. */
import type { Command as Commander } from 'commander';
import { positiveWhole, type SetOption, seedOption, settingOption } from './arguments.js';

export interface ScenarioOptions {
  readonly seed?: number | string;
  readonly replications?: number;
  readonly duration?: string;
  readonly asOf?: string;
  readonly set?: readonly SetOption[];
}

export function addScenarioOptions(command: Commander): Commander {
  return command
    .option('--seed <seed>', 'run.seed: another seed, other random numbers', seedOption)
    .option(
      '--replications <n>',
      'run.replications: as many runs with independent random numbers',
      positiveWhole('--replications'),
    )
    .option('--duration <time>', 'run.duration, such as 6h')
    .option('--as-of <date>', 'asOf: AWS rules and prices of that day, such as 2019-12-31')
    .option('--set <path=value>', 'set one value of the scenario; repeatable', settingOption);
}
