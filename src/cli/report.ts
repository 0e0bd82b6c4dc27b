/** `lambdasim report`: a folder of results rendered again, in another format; nothing is simulated. */
import { Option } from 'commander';
import { readResults } from '../node/read-results.js';
import { type ReportFormat, renderReport, reportFormats } from '../report/report.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';

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
        ),
      );
  },

  async run([folder = ''], { format = 'terminal' }, { output, json }) {
    const { results, timelinePath } = await readResults(folder);
    if (timelinePath === undefined) output.tell(`note: ${folder} has no timeline.csv; what needs it is left out`);
    const context = { directory: folder, palette: output.palette };
    output.print(renderReport(results, json ? 'json' : format, context));
    return EXIT.OK;
  },
};
