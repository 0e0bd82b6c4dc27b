/**
 * Which replication findings are looked for in: the first, whose course a report shows, unless a failed threshold was not
 * missed there. A threshold judges the mean over all of them, and what one replication met by chance explains nothing.
 */
import type { RunResult } from '../results/run-result.js';
import type { Scenario, ThresholdSettings } from '../scenario/types.js';
import { figureOf } from './figure.js';
import { thresholdVerdicts } from './thresholds.js';

/**
 * Its index: of those that miss the failed thresholds at all, the one that misses them by most. A miss counts as its share of
 * the largest, so that times, rates and money add up; of equal ones the first.
 */
export function toldReplication(scenario: Scenario, runs: readonly RunResult[]): number {
  if (runs.length < 2) return 0;
  const verdicts = thresholdVerdicts(scenario, runs);
  const failed = scenario.thresholds.filter((_, index) => verdicts[index]!.verdict === 'fail');
  const misses = failed.map((threshold) => runs.map((run) => missOf(scenario, threshold, run)));
  if (misses.every(([first]) => first! > 0)) return 0;
  const missed = runs.map((_, index) =>
    misses.reduce((sum, of) => sum + (of[index]! > 0 ? of[index]! / Math.max(...of) : 0), 0),
  );
  return missed.indexOf(Math.max(...missed));
}

/** How far beyond its limit a run is; 0 where it meets the threshold, or has no data for it. */
function missOf(scenario: Scenario, threshold: ThresholdSettings, run: RunResult): number {
  const [judged] = thresholdVerdicts({ ...scenario, thresholds: [threshold] }, [run]);
  if (judged!.verdict !== 'fail') return 0;
  const figure = figureOf(run, threshold.statistic, threshold.path)!;
  // What is at its limit misses one that says less or more, by as little as there is.
  return Math.max(Math.abs(figure - threshold.value), Number.MIN_VALUE);
}
