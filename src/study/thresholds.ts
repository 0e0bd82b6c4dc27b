/** What is demanded against what came out. One run is compared as it is; of several, the 95% interval of their mean decides. */
import type { RunResult, ThresholdVerdict } from '../results/run-result.js';
import type { Comparison, Scenario, ThresholdSettings } from '../scenario/types.js';
import { estimateOf } from './confidence.js';
import { figureOf, possibleOf } from './figure.js';

type Verdict = ThresholdVerdict['verdict'];

/** In the order of the scenario. */
export function thresholdVerdicts({ thresholds }: Scenario, runs: readonly RunResult[]): ThresholdVerdict[] {
  return thresholds.map((threshold) => verdictOf(threshold, runs));
}

/**
 * `low` and `high` are null for one run. Replications without the figure are left out of its mean; where none has it, as
 * with the latency of traffic that nothing answered, the value is null and the verdict inconclusive.
 */
function verdictOf(threshold: ThresholdSettings, runs: readonly RunResult[]): ThresholdVerdict {
  const { expression, statistic, path, comparison, value: limit, severity } = threshold;
  const figures = runs.map((run) => figureOf(run, statistic, path)).filter((figure) => figure !== null);
  const mark = severity === 'warn' ? { severity } : {};
  if (figures.length === 0) {
    return { expression, value: null, low: null, high: null, verdict: 'inconclusive', ...mark };
  }
  if (figures.length === 1) {
    const value = figures[0]!;
    return { expression, value, low: null, high: null, verdict: compare(value, value, comparison, limit), ...mark };
  }
  const { mean: value, low, high } = estimateOf(figures, possibleOf(statistic, path));
  return { expression, value, low, high, verdict: compare(low, high, comparison, limit), ...mark };
}

/** Whether all of [low, high] meets the limit, none of it does, or the limit lies inside. */
function compare(low: number, high: number, comparison: Comparison, limit: number): Verdict {
  switch (comparison) {
    case '<':
      return decide(high < limit, low >= limit);
    case '<=':
      return decide(high <= limit, low > limit);
    case '>':
      return decide(low > limit, high <= limit);
    case '>=':
      return decide(low >= limit, high < limit);
    case '==':
      return decide(low === limit && high === limit, limit < low || limit > high);
    case '!=':
      return decide(limit < low || limit > high, low === limit && high === limit);
  }
}

function decide(met: boolean, missed: boolean): Verdict {
  if (met) return 'pass';
  return missed ? 'fail' : 'inconclusive';
}
