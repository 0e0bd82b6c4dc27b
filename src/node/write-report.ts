/** The folder of a report: which files it holds and where it lies when the user does not say. */
import { join } from 'node:path';
import { type ReportContext, renderReport } from '../report/report.js';
import { timelineCsv } from '../report/timeline-csv.js';
import { type TimelineSeries, TimelineThinner } from '../report/timeline-series.js';
import type { Results } from '../results/run-result.js';
import type { TimelineRow } from '../results/timeline.js';
import { type OutputFile, writeFiles } from './write-files.js';

/** `reports/<name>`, the name reduced to a-z, 0-9 and `-` and 64 characters; `scenario` when nothing is left of it. */
export function defaultFolder(scenarioName: string): string {
  const name = scenarioName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 64)
    .replace(/-+$/, '');
  return join('reports', name === '' ? 'scenario' : name);
}

export interface ReportFiles {
  readonly folder: string;
  readonly results: Results;
  /** Rows of the first replication, in the order of the file; read once. */
  readonly timeline?: Iterable<TimelineRow> | undefined;
  /** Files outside the folder that belong to the same report; written with it or not at all. */
  readonly beside?: readonly OutputFile[];
  readonly context?: ReportContext;
  readonly signal?: AbortSignal;
}

/**
 * Resolves to the timeline as far as reports draw it. Throws FileError, with every file as it was, when one cannot be
 * written.
 */
export async function writeReport({
  folder,
  results,
  timeline,
  beside = [],
  context = {},
  signal,
}: ReportFiles): Promise<TimelineSeries | undefined> {
  let series: TimelineSeries | undefined;
  const file = (name: string, content: OutputFile['content']): OutputFile => ({ path: join(folder, name), content });
  const files: OutputFile[] = [
    file('results.json', renderReport(results, 'json')),
    file('report.md', renderReport(results, 'markdown', context)),
    file('summary.csv', renderReport(results, 'summary-csv')),
    file('bill.csv', renderReport(results, 'bill-csv')),
  ];
  if (timeline !== undefined) {
    const thinner = new TimelineThinner(results);
    files.push(file('timeline.csv', timelineCsv(heard(timeline, thinner), Date.parse(results.scenario.start))));
    // The rows are gone through once; the page is made after them.
    files.push(
      file(
        'report.html',
        later(() => {
          series = thinner.finish();
          return renderReport(results, 'html', { ...context, timeline: series });
        }),
      ),
    );
  } else {
    files.push(file('report.html', renderReport(results, 'html', context)));
  }
  await writeFiles([...files, ...beside], signal);
  return series;
}

function* heard(rows: Iterable<TimelineRow>, thinner: TimelineThinner): Generator<TimelineRow> {
  for (const row of rows) {
    thinner.add(row);
    yield row;
  }
}

function* later(content: () => string): Generator<string> {
  yield content();
}
