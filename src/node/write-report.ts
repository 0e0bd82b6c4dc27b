/** The folder of a report: which files it holds and where it lies when the user does not say. */
import { join } from 'node:path';
import { type ReportContext, renderReport } from '../report/report.js';
import { timelineCsv } from '../report/timeline-csv.js';
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

/** Throws FileError, with every file as it was, when one cannot be written. */
export async function writeReport({
  folder,
  results,
  timeline,
  beside = [],
  context = {},
  signal,
}: ReportFiles): Promise<void> {
  const files: OutputFile[] = [
    { path: join(folder, 'results.json'), content: renderReport(results, 'json') },
    { path: join(folder, 'report.md'), content: renderReport(results, 'markdown', context) },
    { path: join(folder, 'summary.csv'), content: renderReport(results, 'summary-csv') },
    { path: join(folder, 'bill.csv'), content: renderReport(results, 'bill-csv') },
  ];
  if (timeline !== undefined) {
    const start = Date.parse(results.scenario.start);
    files.push({ path: join(folder, 'timeline.csv'), content: timelineCsv(timeline, start) });
  }
  await writeFiles([...files, ...beside], signal);
}
