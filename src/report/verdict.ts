/** Thresholds in words: the verdict on all of them, and the measured value of each in the unit of its question. */

import { count, counted, decimalsFor, duration, type Figure, money, plainNumber, share } from '../engine/format.js';
import type { Results, ThresholdVerdict } from '../results/run-result.js';
import { readThreshold } from '../scenario/threshold.js';
import { whyNoData } from './no-data.js';

export interface Verdict {
  readonly word: 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'DONE';
  readonly sentence: string;
}

/** A threshold of severity `warn` is told but never fails. */
export function verdictOf(results: Results): Verdict {
  const all = results.thresholds;
  if (all.length === 0) return { word: 'DONE', sentence: 'no thresholds in the scenario' };
  const failed = all.filter((threshold) => threshold.verdict === 'fail');
  const warned = failed.filter((threshold) => threshold.severity === 'warn').length;
  const note = warned > 0 ? `, ${counted(warned, 'warning')}` : '';
  const missed = failed.length - warned;
  if (missed > 0) return { word: 'FAIL', sentence: `${missed} of ${thresholds(all.length)} not met${note}` };
  const open = openSentence(all);
  if (open !== undefined) return { word: 'INCONCLUSIVE', sentence: `${open}${note}` };
  if (warned === all.length) return { word: 'PASS', sentence: counted(warned, 'warning') };
  if (warned > 0) return { word: 'PASS', sentence: `${all.length - warned} of ${thresholds(all.length)} met${note}` };
  return { word: 'PASS', sentence: all.length === 1 ? '1 threshold met' : `all ${all.length} thresholds met` };
}

function openSentence(all: readonly ThresholdVerdict[]): string | undefined {
  const open = all.filter((threshold) => threshold.verdict === 'inconclusive');
  const silent = open.filter(({ value }) => value === null).length;
  const close = open.length - silent;
  if (open.length === 0) return undefined;
  if (silent === 0) return `${close} of ${thresholds(all.length)} too close to call`;
  const without = `${silent} of ${thresholds(all.length)} without data`;
  return close === 0 ? without : `${without}, ${close} too close to call`;
}

/** The word for one threshold. */
export function verdictWord(threshold: ThresholdVerdict): 'pass' | 'FAIL' | 'warn' | 'open' {
  if (threshold.verdict === 'pass') return 'pass';
  if (threshold.verdict === 'inconclusive') return 'open';
  return threshold.severity === 'warn' ? 'warn' : 'FAIL';
}

/** Whether a threshold fails the run. One of severity `warn` never does; under `--strict` one that is open does. */
export function failsRun({ verdict, severity }: ThresholdVerdict, isStrict = false): boolean {
  return severity !== 'warn' && (verdict === 'fail' || (isStrict && verdict === 'inconclusive'));
}

/** `too close to call`, or `no data`. */
export function whyOpen({ value }: ThresholdVerdict): string {
  return value === null ? 'no data' : 'too close to call';
}

/** `412 ms`, or `412 ms (405 ms to 419 ms)` with the interval of several replications. */
export function measured(threshold: ThresholdVerdict): string {
  const { value, low, high } = threshold;
  if (value === null) return whyNoData(threshold.expression);
  const text = formatFor(threshold.expression);
  if (low === null || high === null || (low === value && high === value)) return text(value);
  return `${text(value)} (${text(low)} to ${text(high)})`;
}

const TIMES = new Set(['latency', 'duration', 'initDuration', 'age', 'delay', 'wait', 'iteratorAge']);
const PARTS = /\.parts\.\w+$/;

/** The statistic and the last word of the path tell the unit; an expression that is neither time, share nor money is a number. */
function formatFor(expression: string): (value: Figure) => string {
  const match = /^\s*([\w.]+)\s*\(\s*([^)\s]+)\s*\)/.exec(expression);
  if (match === null) return plainNumber;
  const [, statistic, path = ''] = match;
  if (statistic === 'count') return count;
  if (statistic === 'rate') return share;
  if (path.startsWith('bill.'))
    return path === 'bill.simulatedHours' ? plainNumber : besideLimit(readThreshold(expression)?.value);
  const last = path.split('.').pop() ?? '';
  return TIMES.has(last) || PARTS.test(path) ? duration : plainNumber;
}

/** Cents, as everywhere, but for amounts that only more decimals tell from the limit. */
function besideLimit(limit: number | undefined): (usd: Figure) => string {
  return (usd) => {
    const isClose = limit !== undefined && usd !== limit && money(usd) === money(limit);
    return money(usd, isClose ? 6 : decimalsFor(usd));
  };
}

function thresholds(all: number): string {
  return all === 1 ? '1 threshold' : `${all} thresholds`;
}
