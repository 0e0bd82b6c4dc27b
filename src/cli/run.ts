/** `lambdasim run`: a scenario file in; a summary, a folder of files and an exit code out. */
import { appendFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Option } from 'commander';
import { UsageError } from '../engine/errors.js';
import { fileError } from '../node/file-error.js';
import { programName } from '../node/program.js';
import { runScenario } from '../node/run-scenario.js';
import { assertWritable } from '../node/write-files.js';
import { defaultFolder, writeReport } from '../node/write-report.js';
import { whyNoData } from '../report/no-data.js';
import { type ReportContext, type ReportFormat, renderReport, reportFormats } from '../report/report.js';
import { shellWord } from '../report/text.js';
import type { Results, ThresholdVerdict } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';
import { rowsWithCharges } from '../study/estimated-charges.js';
import { resultsOf } from '../study/results-of.js';
import { positiveNumber, positiveWhole } from './arguments.js';
import { type Command, examples, type Session } from './command.js';
import { DEFAULT_MAX_EVENTS } from './event-budget.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { progressLine } from './progress-line.js';
import { readRunnable } from './runnable-scenario.js';
import { addScenarioOptions, type ScenarioOptions } from './scenario-options.js';

interface RunOptions extends ScenarioOptions {
  readonly out?: string;
  readonly open?: boolean;
  readonly threads?: number;
  readonly trace?: boolean;
  readonly format?: ReportFormat;
  readonly junit?: string;
  readonly strict?: boolean;
  readonly maxEvents?: number;
  readonly quiet?: boolean;
}

export const run: Command<RunOptions> = {
  configure(command) {
    addScenarioOptions(command)
      .option('--out <folder>', 'where the report goes (default: reports/<name>)')
      .option(
        '--threads <n>',
        'threads for replications (default: as many as the machine has)',
        positiveWhole('--threads'),
      )
      .addOption(new Option('--format <format>', 'print this instead of the summary').choices(reportFormats))
      .option('--junit <file>', 'write the thresholds as JUnit XML')
      .option('--strict', 'exit 1 when a threshold is too close to call')
      .option('--max-events <n>', 'refuse or stop a run of more events (default: 1e10)', positiveNumber('--max-events'))
      .option('--json', 'print results.json and nothing else')
      .option('--quiet', 'print nothing but problems')
      .option('--open', 'open the report in a browser (not supported yet)')
      .option('--trace', 'write every invocation (not supported yet)')
      .addHelpText(
        'after',
        examples(
          ['run checkout.yaml', 'simulate and write reports/checkout/'],
          ['run checkout.yaml --set functions.api.memory=1024MB', 'what if the function had more memory'],
          ['run checkout.yaml --as-of 2019-12-31', 'under the rules and prices of that day'],
          ['run checkout.yaml --replications 20 --strict', 'with confidence intervals, for a build server'],
        ),
      );
  },

  async run([file = ''], options, session) {
    if (options.open) throw new UsageError('--open is not supported yet', 'open the report.md of the report folder');
    if (options.trace) throw new UsageError('--trace is not supported yet');
    const quiet = options.quiet === true;
    const maxEvents = options.maxEvents ?? DEFAULT_MAX_EVENTS;
    const scenario = await readRunnable(file, options, maxEvents);
    const folder = options.out ?? defaultFolder(scenario.name);
    assertWritable(folder);

    const { runs, timeline, evidence } = await runScenario(scenario, {
      threads: options.threads ?? availableParallelism(),
      maxEvents,
      signal: session.signal,
      onProgress: quiet ? () => {} : progressLine(session.output),
    });
    session.output.progress('');

    const results = resultsOf(scenario, runs, programName(), evidence);
    const context: ReportContext = { scenarioFile: file, directory: folder, command: commandOf(file, options) };
    const series = await writeReport({
      folder,
      results,
      timeline: timeline && rowsWithCharges(timeline, scenario, runs[0]!),
      context,
      signal: session.signal,
      beside:
        options.junit === undefined ? [] : [{ path: options.junit, content: renderReport(results, 'junit', context) }],
    });
    await appendJobSummary(session.env.GITHUB_STEP_SUMMARY, results, context);
    if (!quiet) for (const warning of results.warnings) session.output.tell(`warning: ${warning}`);
    print(results, { ...context, timeline: series }, options, session);
    return verdict(scenario, results, options.strict === true, session, quiet);
  },
};

function print(results: Results, context: ReportContext, options: RunOptions, session: Session): void {
  const { output } = session;
  if (session.json) output.print(renderReport(results, 'json'));
  else if (options.quiet !== true) {
    output.print(renderReport(results, options.format ?? 'terminal', { ...context, palette: output.palette }));
  }
}

/** GitHub gives every step a file for Markdown to show on the page of the build. */
async function appendJobSummary(path: string | undefined, results: Results, context: ReportContext): Promise<void> {
  if (path === undefined || path === '') return;
  try {
    await appendFile(path, renderReport(results, 'markdown', context));
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** A threshold of severity `warn` never decides; one too close to call does under `--strict`. */
function verdict(scenario: Scenario, results: Results, strict: boolean, session: Session, quiet: boolean): ExitCode {
  let exitCode: ExitCode = EXIT.OK;
  results.thresholds.forEach((threshold, index) => {
    if (scenario.thresholds[index]?.severity === 'warn') return;
    if (threshold.verdict === 'fail') exitCode = EXIT.THRESHOLD;
    if (threshold.verdict !== 'inconclusive') return;
    if (strict) exitCode = EXIT.THRESHOLD;
    if (!quiet) session.output.tell(`warning: ${threshold.expression} ${undecided(threshold)}`);
  });
  return exitCode;
}

function undecided({ value, expression }: ThresholdVerdict): string {
  if (value === null) return `has no data: ${whyNoData(expression)}`;
  return 'is too close to call; more replications narrow it';
}

/** The command that gives the same numbers: only what changes them. */
function commandOf(file: string, options: RunOptions): string {
  const words = ['lambdasim', 'run', file];
  for (const [flag, value] of [
    ['--seed', options.seed],
    ['--replications', options.replications],
    ['--duration', options.duration],
    ['--as-of', options.asOf],
  ] as const) {
    if (value !== undefined) words.push(flag, String(value));
  }
  for (const { path, value } of options.set ?? []) words.push('--set', `${path}=${value}`);
  return words.map(shellWord).join(' ');
}
