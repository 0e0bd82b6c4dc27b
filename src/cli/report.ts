/** `lambdasim report`: a folder of results rendered again, in another format; nothing is simulated. */
import { Option } from 'commander';
import { readResults } from '../node/read-results.js';
import { readTimeline } from '../node/read-timeline.js';
import { type ReportFormat, renderReport, reportFormats } from '../report/report.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';

const DRAWN: ReadonlySet<ReportFormat> = new Set(['html', 'terminal']);

interface ReportOptions {
  readonly format?: ReportFormat;
}

export const report: Command<ReportOptions> = {
  configure(command) {
    command
      .addOption(new Option('--format <format>', 'how to print it').choices(reportFormats).default('terminal'))
      .option('--json', 'the same as --format json')
      .addHelpText(
        'after',
        examples(
          ['report reports/checkout', 'the summary again'],
          ['report reports/checkout --format markdown', 'for a pull request'],
          ['report reports/checkout --format html > checkout.html', 'the page again'],
        ),
      );
  },

  async run([folder = ''], { format = 'terminal' }, { output, json }) {
    const { results, files, timelinePath } = await readResults(folder);
    if (timelinePath === undefined) output.tell(`note: ${folder} has no timeline.csv; what needs it is left out`);
    // What has no place for a course over time need not wait for it.
    const drawn = DRAWN.has(json ? 'json' : format) && timelinePath !== undefined;
    const timeline = drawn ? await readTimeline(timelinePath, results) : undefined;
    const context = { directory: folder, files, palette: output.palette, timeline };
    output.print(renderReport(results, json ? 'json' : format, context));
    return EXIT.OK;
  },
};
