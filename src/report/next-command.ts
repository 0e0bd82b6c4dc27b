/** The one command worth typing after reading a report. */
import type { Report } from './report.js';
import { printable, shellWord } from './text.js';

/**
 * Something found that is no trifle: what the setting of the first finding is now and where it comes from. Nothing found and one
 * replication: how sure the figures are, unless there are none. Otherwise the long report. Undefined where the command
 * would need a name that is not known: results do not hold that of their scenario's file.
 */
export function nextCommand(report: Report): string | undefined {
  return ofScenario(report) ?? longReport(report);
}

function ofScenario({ results, scenarioFile }: Report): string | undefined {
  const explain = explainCommand(results.findings.find(({ minor }) => minor !== true)?.knob ?? '', scenarioFile);
  if (explain !== undefined || !isTypeable(scenarioFile)) return explain;
  const silent = results.thresholds.some(({ value }) => value === null);
  return results.runs.length === 1 && !silent
    ? `lambdasim run ${shellWord(scenarioFile)} --replications 10`
    : undefined;
}

/** What the setting of a finding is now and where that comes from; undefined where the file or the setting has no name to type. */
export function explainCommand(knob: string, scenarioFile: string | undefined): string | undefined {
  const setting = explainable(knob);
  if (!isTypeable(scenarioFile) || setting === undefined) return undefined;
  return `lambdasim explain ${shellWord(scenarioFile)} ${shellWord(setting)}`;
}

function longReport({ directory }: Report): string | undefined {
  return !isTypeable(directory) ? undefined : `lambdasim report ${shellWord(directory)} --format markdown`;
}

/** A path that can be shown as it is, and typed again. */
function isTypeable(path: string | undefined): path is string {
  return path !== undefined && printable(path) === path;
}

/**
 * A knob as `lambdasim explain` and `--set` take it, such as `functions.worker.eventSources[0].maximumConcurrency`: an AWS
 * rule is one setting, whichever of its values is meant.
 */
function explainable(knob: string): string | undefined {
  if (!/^[\w-]+(\[\d+\])*(\.[\w-]+(\[\d+\])*)*$/.test(knob)) return undefined;
  return knob.startsWith('rules.') ? knob.split('.').slice(0, 2).join('.') : knob;
}
