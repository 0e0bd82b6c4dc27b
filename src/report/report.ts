/** What every format is made from, and the registry of formats: one line each. Files and terminals are the caller's. */
import { UsageError } from '../engine/errors.js';
import type { Results } from '../results/run-result.js';
import { billCsv, summaryCsv } from './csv.js';
import { html } from './html/page.js';
import type { Section } from './html/section.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import type { Palette } from './palette.js';
import { terminal } from './terminal.js';
import type { TimelineSeries } from './timeline-series.js';

export interface ReportContext {
  /** The scenario's file as the user named it, for commands to type. */
  readonly scenarioFile?: string;
  /** Where the report lies, for commands to type. */
  readonly directory?: string;
  /** Which of the files of a report lie there, in the order of report-files.ts; all of them where it is left out. */
  readonly files?: readonly string[];
  /** The whole command that made the results. */
  readonly command?: string;
  readonly palette?: Palette;
  /** `--strict`: a threshold that is open fails the run. */
  readonly strict?: boolean;
  /** The course of the first replication, for charts and sparklines. */
  readonly timeline?: TimelineSeries | undefined;
  /** Sections of somebody else for report.html, such as a comparison; they stand before what the figures rest on. */
  readonly sections?: readonly Section[];
}

export interface Report extends ReportContext {
  readonly results: Results;
}

export type Renderer = (report: Report) => string;

const renderers = {
  terminal,
  json,
  html,
  markdown,
  'summary-csv': summaryCsv,
  'bill-csv': billCsv,
  junit,
} as const satisfies Record<string, Renderer>;

export type ReportFormat = keyof typeof renderers;

export const reportFormats = Object.keys(renderers) as readonly ReportFormat[];

/** The results as text in one format, with a newline at the end. Pure: same results and context, same bytes. Throws a UsageError for no results or no format. */
export function renderReport(results: Results, format: ReportFormat, context: ReportContext = {}): string {
  if (!Object.hasOwn(renderers, format)) {
    throw new UsageError(`there is no report format ${String(format)}`, `use ${reportFormats.join(', ')}`);
  }
  if (results?.schema !== 'lambdasim/results/1' || !Array.isArray(results.runs) || results.runs.length === 0) {
    throw new UsageError('these are not results of a run', 'give what resultsOf returns');
  }
  return renderers[format]({ ...context, results });
}
