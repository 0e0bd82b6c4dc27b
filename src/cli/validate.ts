/** `lambdasim validate`: every problem of every file, and whether it could be run. Nothing is simulated. */
import type { Problem } from '../engine/errors.js';
import { FileError } from '../node/file-error.js';
import { readScenario } from '../node/read-scenario.js';
import { positiveNumber } from './arguments.js';
import { type Command, examples } from './command.js';
import { DEFAULT_MAX_EVENTS, eventProblems } from './event-budget.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { failureOf } from './failure.js';
import { problemLines, problemsJson } from './problem-lines.js';
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
    const all: Problem[] = [];
    let exitCode: ExitCode = EXIT.OK;
    for (const file of files) {
      try {
        const { scenario, problems } = await readScenario(file, options);
        const found =
          scenario === undefined ? problems : eventProblems(scenario, file, options.maxEvents ?? DEFAULT_MAX_EVENTS);
        if (found.length > 0) {
          output.tell(problemLines(found));
          exitCode = EXIT.INPUT;
        } else {
          for (const warning of scenario?.warnings ?? []) output.tell(`warning: ${file}: ${warning}`);
          if (!json) output.print(`${file}: no problems\n`);
        }
        all.push(...found);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const failure = failureOf(error, false);
        output.tell(failure.text);
        all.push(...failure.problems);
        // A wrong file outweighs a missing one: the first cannot be cured by another path.
        if (exitCode === EXIT.OK) exitCode = EXIT.FILE;
      }
    }
    if (json) output.print(problemsJson(all));
    return exitCode;
  },
};
