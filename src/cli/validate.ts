/** `lambdasim validate`: every problem of every file, and whether it could be run. Nothing is simulated. */
import { type Problem, ScenarioError } from '../engine/errors.js';
import { FileError } from '../node/file-error.js';
import { DEFAULT_MAX_EVENTS } from '../study/expected-events.js';
import { positiveNumber } from './arguments.js';
import { type Command, examples } from './command.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { failureOf } from './failure.js';
import { problemsJson } from './problem-lines.js';
import { readRunnable } from './runnable-scenario.js';
import { addScenarioOptions, type ScenarioOptions } from './scenario-options.js';

interface ValidateOptions extends ScenarioOptions {
  readonly maxEvents?: number;
}

export const validate: Command<ValidateOptions> = {
  configure(command) {
    addScenarioOptions(command)
      .option(
        '--max-events <n>',
        'the limit of events to check against (default: 1e10)',
        positiveNumber('--max-events'),
      )
      .option('--json', 'print the problems as JSON')
      .addHelpText(
        'after',
        examples(
          ['validate checkout.yaml', 'every problem with its line'],
          ['validate scenarios/*.yaml --json', 'for an editor or a build server'],
        ),
      );
  },

  async run(files, options, { output, json }) {
    const maxEvents = options.maxEvents ?? DEFAULT_MAX_EVENTS;
    const found: Problem[] = [];
    let exitCode: ExitCode = EXIT.OK;
    for (const file of files) {
      try {
        const { warnings } = await readRunnable(file, options, maxEvents);
        for (const warning of warnings) output.tell(`warning: ${file}: ${warning}`);
        if (!json) output.print(`${file}: no problems\n`);
      } catch (error) {
        if (!(error instanceof FileError) && !(error instanceof ScenarioError)) throw error;
        const failure = failureOf(error, false);
        output.tell(failure.text);
        found.push(...failure.problems);
        // Wrong files outweigh missing ones.
        if (exitCode !== EXIT.INPUT) exitCode = failure.exitCode;
      }
    }
    if (json) output.print(problemsJson(found));
    return exitCode;
  },
};
