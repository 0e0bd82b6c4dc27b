/** Thresholds: `p99(traffic.web.latency) < 800ms`. The limit takes the unit of the figure. */
import { MILLISECOND } from '../engine/units.js';
import { listed, nearest, suggestion } from './nearest.js';
import { readDuration } from './quantities/duration.js';
import { type Fault, fault, type Reading, read, shown } from './quantities/reading.js';
import { readShare } from './quantities/share.js';
import { settingOf } from './setting.js';
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

export const threshold = settingOf<ThresholdInput>(
  {
    sentence: 'A statistic of a figure, a comparison and a limit.',
    form: 'a threshold such as p99(traffic.web.latency) < 800ms',
    json: { type: 'string' },
    print: (value: ThresholdInput) => value.expression,
  },
  (raw, report) => readThreshold(raw, (mistake) => report([], mistake)),
);

/** The path an expression names, whatever else may be wrong with it. */
export function figureIn(raw: unknown): readonly string[] | undefined {
  return partsOf(raw)?.[2]?.split('.');
}

function partsOf(raw: unknown): RegExpExecArray | undefined {
  return typeof raw === 'string' ? (EXPRESSION.exec(raw.trim()) ?? undefined) : undefined;
}

/** Reports every mistake of an expression, and is undefined where there is one. */
export function readThreshold(raw: unknown, report: (mistake: Fault) => void = () => {}): ThresholdInput | undefined {
  const match = partsOf(raw);
  if (match === undefined) {
    const [code, message] =
      typeof raw === 'string'
        ? ['bad-threshold', `${shown(raw.trim())} is not a threshold`]
        : ['wrong-type', `a threshold is wanted, not ${shown(raw)}`];
    report({ code: code!, message: message!, hint: EXAMPLE });
    return undefined;
  }
  const [expression, word = '', dotted = '', comparison = '', limit = ''] = match;
  const statistic = STATISTICS.find((name) => name === word);
  if (statistic === undefined)
    report({
      code: 'unknown-statistic',
      message: `${shown(word)} is not a statistic`,
      hint: suggestion(word, STATISTICS) || `use ${listed(STATISTICS)}`,
    });
  const path = dotted.split('.');
  const metric = metricAt(path);
  if ('code' in metric) report(metric);
  const meant = MISWRITTEN.get(comparison);
  if (meant !== undefined)
    report({ code: 'bad-threshold', message: `${comparison} is not a comparison`, hint: `write ${meant}` });
  // What the limit has to be follows from the others; a statistic that is almost one is taken for it.
  const likely = statistic ?? (nearest(word, STATISTICS) as Statistic | undefined);
  if (likely === undefined || 'code' in metric) return undefined;
  const refused = statisticFault(likely, metric);
  if (refused !== undefined) {
    if (statistic !== undefined) report(refused);
    return undefined;
  }
  const value = readLimit(limit, likely, metric);
  if (!value.ok) report(value.fault);
  if (!value.ok || statistic === undefined || meant !== undefined) return undefined;
  return { expression, statistic, path, comparison: comparison as Comparison, value: value.value };
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
