/** The figures of a result that a threshold may name: which statistics each has and the unit of its limit. */
import { suggestion } from './nearest.js';
import { type Fault, shown } from './quantities/reading.js';
import { type ResourceKind, shownFigures } from './resource-figures.js';
import type { Statistic } from './types.js';

/** `summary` is a distribution of times, `level` a mean and a maximum over time, `highest` the maximum alone, `count` a number of events, `amount` one figure. */
export type MetricKind = 'summary' | 'level' | 'highest' | 'count' | 'amount';
export type MetricUnit = 'milliseconds' | 'usd' | 'plain';

export interface Metric {
  readonly kind: MetricKind;
  readonly unit: MetricUnit;
}

const time: Metric = { kind: 'summary', unit: 'milliseconds' };
const level: Metric = { kind: 'level', unit: 'plain' };
const events: Metric = { kind: 'count', unit: 'plain' };
const amount: Metric = { kind: 'amount', unit: 'plain' };
const span: Metric = { kind: 'amount', unit: 'milliseconds' };
/** Of a level only the highest is kept. */
const peak: Metric = { kind: 'highest', unit: 'plain' };
const oldest: Metric = { kind: 'highest', unit: 'milliseconds' };
const usd: Metric = { kind: 'amount', unit: 'usd' };

type Metrics = Readonly<Record<string, Metric>>;

function each(metric: Metric, prefix: string, names: readonly string[]): Metrics {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}`, metric]));
}

/** AWS's `Reason` of a throttle. */
const REASONS = [
  'ConcurrentInvocationLimitExceeded',
  'FunctionInvocationRateLimitExceeded',
  'ReservedFunctionConcurrentInvocationLimitExceeded',
  'ReservedFunctionInvocationRateLimitExceeded',
  'CallerRateLimitExceeded',
  'ConcurrentSnapshotCreateLimitExceeded',
  'EniLimit',
];

const FUNCTION_METRICS: Metrics = {
  ...each(events, '', [
    'invocations',
    'errors',
    'timeouts',
    'throttles',
    'serviceErrors',
    'coldStarts',
    'provisionedInvocations',
    'spilloverInvocations',
  ]),
  ...each(events, 'throttlesByReason.', REASONS),
  ...each(time, '', ['duration', 'initDuration']),
  ...each(level, '', ['concurrency', 'environments']),
  ...each(amount, 'environments.', ['created']),
  ...each(amount, 'gbSecondsBy.', [
    'handler',
    'init',
    'downstream',
    'rounding',
    'failed',
    'retried',
    'provisionedIdle',
  ]),
  ...each(amount, 'billed.', [
    'requests',
    'gbSeconds',
    'provisionedDurationGbSeconds',
    'provisionedGbSeconds',
    'storageGbSeconds',
  ]),
  'billed.durationMs': span,
  ...resourceMetrics('async', 'async.'),
};

/** What the entries of a kind of resource give to ask for. */
function resourceMetrics(kind: ResourceKind, prefix = ''): Metrics {
  const metrics: Record<string, Metric> = {};
  for (const [name, { kind: is }] of shownFigures(kind)) {
    const metric = { count: events, standing: amount, level, peak, times: time, oldest }[is];
    metrics[`${prefix}${name}`] = metric;
  }
  return metrics;
}

const TRAFFIC_METRICS: Metrics = {
  ...each(events, '', ['offered', 'succeeded', 'failed', 'throttled', 'timedOut', 'unfinished', 'attempts']),
  latency: time,
  ...each(span, 'parts.', ['wait', 'overhead', 'init', 'handler', 'downstream', 'retryWait']),
};

const OWNERS: Readonly<Record<string, { readonly metrics: Metrics; readonly byId: boolean }>> = {
  functions: { metrics: FUNCTION_METRICS, byId: true },
  traffic: { metrics: TRAFFIC_METRICS, byId: true },
  queues: { metrics: resourceMetrics('queues'), byId: true },
  streams: { metrics: resourceMetrics('streams'), byId: true },
  topics: { metrics: resourceMetrics('topics'), byId: true },
  dependencies: { metrics: resourceMetrics('dependencies'), byId: true },
  account: { metrics: { concurrency: level, throttles: events }, byId: false },
  bill: { metrics: { total: usd, monthly: usd }, byId: false },
};

/** The metric a path names, or what is wrong with the path. Whether the id exists is not asked. */
export function metricAt(path: readonly string[]): Metric | Fault {
  const [owner = '', ...rest] = path;
  const entry = Object.hasOwn(OWNERS, owner) ? OWNERS[owner]! : undefined;
  if (entry === undefined) {
    return {
      code: 'unknown-metric',
      message: `${shown(owner)} has no figures`,
      hint: suggestion(owner, Object.keys(OWNERS)),
    };
  }
  const id = entry.byId ? rest[0] : undefined;
  // Each function that reads a stream has the figures of the stream.
  const own = owner === 'streams' && rest[1] === 'consumers' ? rest.slice(2) : rest;
  const name = (entry.byId ? own.slice(1) : own).join('.');
  if (name === '') {
    const example = `${owner}${entry.byId ? `.${id ?? 'api'}` : ''}.${Object.keys(entry.metrics)[0]}`;
    return { code: 'unknown-metric', message: `${shown(path.join('.'))} names no figure`, hint: `such as ${example}` };
  }
  if (Object.hasOwn(entry.metrics, name)) return entry.metrics[name]!;
  return {
    code: 'unknown-metric',
    message: `${shown(name)} is no figure of ${owner}`,
    hint:
      suggestion(name, Object.keys(entry.metrics)) || `such as ${Object.keys(entry.metrics).slice(0, 3).join(', ')}`,
  };
}

/** What is wrong with asking this statistic of this metric, or undefined. `rate` is per invocation, and per request for traffic. */
export function statisticFault(statistic: Statistic, metric: Metric): Fault | undefined {
  const refuse = (message: string, hint: string): Fault => ({ code: 'unknown-statistic', message, hint });
  if (metric.kind === 'summary' && (statistic === 'rate' || statistic === 'sum')) {
    return refuse(
      `${statistic} is not kept for a distribution of times`,
      'use mean, min, max, p50, p90, p95, p99, p99.9 or count',
    );
  }
  if (metric.kind === 'level' && statistic !== 'mean' && statistic !== 'max') {
    return refuse(`${statistic} is not kept for a level over time`, 'use mean or max');
  }
  if (metric.kind === 'highest' && statistic !== 'max') {
    return refuse(`${statistic} is not kept of what has only a highest value`, 'use max');
  }
  if (metric.kind === 'amount' && statistic === 'rate')
    return refuse('rate needs a count of events', 'such as rate(functions.api.errors)');
  return undefined;
}
