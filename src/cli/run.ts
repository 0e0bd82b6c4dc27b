/** `lambdasim run`: a scenario file in; a summary, a folder of files and an exit code out. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { UsageError } from '../engine/errors.js';
import { openInBrowser } from '../node/open-in-browser.js';
import { programName } from '../node/program.js';
import { runScenario } from '../node/run-scenario.js';
import { traceFiles } from '../node/trace-files.js';
import { assertWritable } from '../node/write-files.js';
import { defaultFolder, writeReport } from '../node/write-report.js';
import { whyNoData } from '../report/no-data.js';
import { type ReportContext, type ReportFormat, renderReport, reportFormats } from '../report/report.js';
import { shellWord } from '../report/text.js';
import { failsRun } from '../report/verdict.js';
import type { Results, ThresholdVerdict } from '../results/run-result.js';
import { rowsWithCharges } from '../study/estimated-charges.js';
import { DEFAULT_MAX_EVENTS } from '../study/expected-events.js';
import { resultsOf } from '../study/results-of.js';
import { positiveNumber, positiveWhole } from './arguments.js';
import { type Command, examples, type Session } from './command.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { annotate, appendJobSummary } from './github.js';
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
      .option('--open', 'open report.html in a browser')
      .option('--trace', 'also write every attempt: invocations.csv, and trace.json for Perfetto')
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
    const quiet = options.quiet === true;
    const maxEvents = options.maxEvents ?? DEFAULT_MAX_EVENTS;
    const scenario = await readRunnable(file, options, maxEvents);
    if (options.out?.trim() === '') throw new UsageError('--out is empty', 'name a folder, or leave it out');
    const folder = options.out ?? defaultFolder(scenario.name);
    assertWritable(folder);

    const trace = options.trace ? traceFiles(folder) : undefined;
    try {
      const { runs, timeline, evidence } = await runScenario(scenario, {
        threads: options.threads ?? availableParallelism(),
        maxEvents,
        signal: session.signal,
        onProgress: quiet ? () => {} : progressLine(session.output),
        recorders: trace?.recorders ?? [],
      });
      session.output.progress('');

      const results = resultsOf(scenario, runs, programName(), evidence);
      const strict = options.strict === true;
      const context: ReportContext = {
        scenarioFile: file,
        directory: folder,
        command: commandOf(file, options),
        strict,
      };
      const beside = [...(trace?.finish() ?? [])];
      if (options.junit !== undefined)
        beside.push({ path: options.junit, content: renderReport(results, 'junit', context) });
      const series = await writeReport({
        folder,
        results,
        timeline: timeline && rowsWithCharges(timeline, scenario, runs[0]!),
        context,
        signal: session.signal,
        beside,
      });
      await appendJobSummary(session, results, context);
      await annotate(session, results, file, options, strict);
      if (!quiet) for (const warning of results.warnings) session.output.tell(`warning: ${warning}`);
      print(results, { ...context, timeline: series }, options, session);
      const page = join(folder, 'report.html');
      if (options.open && !(await openInBrowser(page))) session.output.tell(`note: nothing here opens ${page}`);
      return verdict(results, strict, session, quiet);
    } finally {
      trace?.discard();
    }
  },
};

function print(results: Results, context: ReportContext, options: RunOptions, session: Session): void {
  const { output } = session;
  if (session.json) output.print(renderReport(results, 'json'));
  else if (options.quiet !== true) {
    output.print(renderReport(results, options.format ?? 'terminal', { ...context, palette: output.palette }));
  }
}

function verdict({ thresholds }: Results, strict: boolean, session: Session, quiet: boolean): ExitCode {
  for (const threshold of thresholds) {
    if (threshold.verdict !== 'inconclusive' || threshold.severity === 'warn' || quiet) continue;
    session.output.tell(`warning: ${threshold.expression} ${undecided(threshold)}`);
  }
  return thresholds.some((threshold) => failsRun(threshold, strict)) ? EXIT.THRESHOLD : EXIT.OK;
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
