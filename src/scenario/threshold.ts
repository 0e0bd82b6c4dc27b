/** Thresholds: `p99(traffic.web.latency) < 800ms`. The limit takes the unit of the figure. */
import { MILLISECOND } from '../engine/units.js';
import { listed, suggestion } from './nearest.js';
import { readDuration } from './quantities/duration.js';
import { fault, type Reading, read, shown } from './quantities/reading.js';
import { readShare } from './quantities/share.js';
import { setting } from './setting.js';
import { type Metric, metricAt, statisticFault } from './threshold-metrics.js';
import type { Comparison, Statistic, ThresholdSettings } from './types.js';

export type ThresholdInput = Omit<ThresholdSettings, 'severity'>;

const STATISTICS: readonly Statistic[] = [
  'mean',
  'min',
  'max',
  'p50',
  'p90',
  'p95',
  'p99',
  'p99.9',
  'count',
  'rate',
  'sum',
];
const EXPRESSION = /^([\w.]+)\s*\(\s*([^()\s]*)\s*\)\s*(<=|>=|==|!=|=<|=>|<>|=|<|>)\s*(\S.*)$/;
const MISWRITTEN: ReadonlyMap<string, Comparison> = new Map([
  ['=', '=='],
  ['=<', '<='],
  ['=>', '>='],
  ['<>', '!='],
]);
const EXAMPLE = 'such as p99(traffic.web.latency) < 800ms';
const PLAIN = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

export const threshold = setting<ThresholdInput>(
  {
    sentence: 'A statistic of a figure, a comparison and a limit.',
    form: 'a threshold such as p99(traffic.web.latency) < 800ms',
    json: { type: 'string' },
    print: (value: ThresholdInput) => value.expression,
  },
  readThreshold,
);

export function readThreshold(raw: unknown): Reading<ThresholdInput> {
  if (typeof raw !== 'string') return fault('wrong-type', `a threshold is wanted, not ${shown(raw)}`, EXAMPLE);
  const expression = raw.trim();
  const match = EXPRESSION.exec(expression);
  if (match === null) return fault('bad-threshold', `${shown(expression)} is not a threshold`, EXAMPLE);
  const [, word = '', dotted = '', comparison = '', limit = ''] = match;
  const statistic = STATISTICS.find((name) => name === word);
  if (statistic === undefined)
    return fault(
      'unknown-statistic',
      `${shown(word)} is not a statistic`,
      suggestion(word, STATISTICS) || `use ${listed(STATISTICS)}`,
    );
  const meant = MISWRITTEN.get(comparison);
  if (meant !== undefined) return fault('bad-threshold', `${comparison} is not a comparison`, `write ${meant}`);
  const path = dotted.split('.');
  const metric = metricAt(path);
  if ('code' in metric) return { ok: false, fault: metric };
  const refused = statisticFault(statistic, metric);
  if (refused !== undefined) return { ok: false, fault: refused };
  const value = readLimit(limit, statistic, metric);
  return value.ok
    ? read({ expression, statistic, path, comparison: comparison as Comparison, value: value.value })
    : value;
}

function readLimit(text: string, statistic: Statistic, metric: Metric): Reading<number> {
  if (statistic === 'rate') return readShare(text);
  if (metric.unit === 'milliseconds' && statistic !== 'count') {
    const time = readDuration(text);
    return time.ok ? read(time.value / MILLISECOND) : time;
  }
  if (metric.unit === 'usd') {
    const money = /^(.*?)\s*(?:USD)?$/.exec(text)![1]!;
    if (PLAIN.test(money)) return read(Number(money));
    return fault('bad-threshold', `${shown(text)} is not an amount of money`, 'such as 2500 USD');
  }
  if (PLAIN.test(text)) return read(Number(text));
  const unit = /%$/.test(text) ? 'a share belongs to rate(...)' : 'write a plain number such as 10';
  return fault('bad-threshold', `${shown(text)} is not a number`, unit);
}
