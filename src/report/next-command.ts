/** The one command worth typing after reading a report. */
import type { Report } from './report.js';
import { shellWord } from './text.js';

/**
 * The first finding that names a setting: what that setting is now and where it comes from. Nothing found and one
 * replication: how sure the figures are. Otherwise the long report.
 */
export function nextCommand(report: Report): string {
  const { results } = report;
  const file = shellWord(report.scenarioFile ?? 'scenario.yaml');
  const knob = results.findings.find((finding) => isPath(finding.knob))?.knob;
  if (knob !== undefined) return `lambdasim explain ${file} ${knob}`;
  if (results.runs.length === 1) return `lambdasim run ${file} --replications 10`;
  return `lambdasim report ${shellWord(report.directory ?? '.')} --format markdown`;
}

function isPath(knob: string): boolean {
  return /^[\w-]+(\.[\w-]+)+$/.test(knob);
}
