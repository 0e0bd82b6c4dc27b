/** What a run leaves for GitHub Actions: the report on the page of the build, and annotations of thresholds that were not met. */
import { appendFile } from 'node:fs/promises';
import { fileError } from '../node/file-error.js';
import { parseOptions, readScenarioText, type ScenarioChanges } from '../node/read-scenario.js';
import { annotations, type ThresholdPlace } from '../report/annotations.js';
import { type ReportContext, renderReport } from '../report/report.js';
import type { Results } from '../results/run-result.js';
import { positionOf } from '../scenario/position.js';
import type { Session } from './command.js';

/** GitHub gives every step a file for Markdown to show on the page of the build. */
export async function appendJobSummary({ env }: Session, results: Results, context: ReportContext): Promise<void> {
  const path = env.GITHUB_STEP_SUMMARY;
  if (path === undefined || path === '') return;
  try {
    await appendFile(path, renderReport(results, 'markdown', context));
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** To standard error, where the runner reads commands too: standard output may be for a program. */
export async function annotate(
  { env, output }: Session,
  results: Results,
  file: string,
  changes: ScenarioChanges,
  isStrict: boolean,
): Promise<void> {
  if (env.GITHUB_ACTIONS !== 'true') return;
  const lines = annotations(results, await placesOf(file, changes), isStrict);
  for (const line of lines) output.tell(line);
}

/** A threshold that came from `--set` has no line to show it at. */
async function placesOf(file: string, changes: ScenarioChanges): Promise<ThresholdPlace> {
  const read = await readScenarioText(file);
  const options = parseOptions(file, read, changes);
  return (index) => {
    const place = positionOf(read.text, ['thresholds', String(index)], options);
    return place.file === file ? place : undefined;
  };
}
