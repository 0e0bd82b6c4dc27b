/**
 * Which courses over time a page draws, and how: one chart a question, a line a figure. What is said here is data; the script
 * of the page draws it. Metrics that no chart names have one of their own, so that nothing in the timeline is left out.
 */
import { plainNumber } from '../../engine/format.js';
import type { Results } from '../../results/run-result.js';
import { type ChartedResource, chartedResources } from '../charted-resources.js';
import { oneLine, shortened } from '../text.js';
import type { TimelineSeries } from '../timeline-series.js';
import type { Chart, ChartSeries } from './chart.js';
import { COST, LEFT_OUT, type Line, PLANS, type Plan } from './chart-plans.js';
import { encoded } from './encode-series.js';
import { type Unit, written } from './written.js';

export interface ChartsOf {
  readonly resource: string;
  readonly charts: readonly Chart[];
}

/** Charts by resource, those of its readers among them, in the order of the series; resources without any are left out. */
export function chartsOf(results: Results, timeline: TimelineSeries): ChartsOf[] {
  const groups = new Map<string, Chart[]>();
  for (const resource of chartedResources(results)) {
    const charts = chartsOfOne(results, timeline, resource);
    if (charts.length === 0) continue;
    const group = resource.readsFrom ?? resource.path;
    groups.set(group, [...(groups.get(group) ?? []), ...charts]);
  }
  return [...groups].map(([resource, charts]) => ({ resource, charts }));
}

function chartsOfOne(results: Results, timeline: TimelineSeries, resource: ChartedResource): Chart[] {
  const { path, kind, reader } = resource;
  const metrics = timeline.series.get(path);
  if (metrics === undefined || saysNoMore(timeline, resource)) return [];
  const plans = PLANS[kind] ?? [];
  const known = new Set([
    ...plans.flatMap(({ lines }) => lines.map(({ metric }) => metric)),
    ...(LEFT_OUT[kind] ?? []),
  ]);
  const others = [...metrics.keys()]
    .filter((metric) => !known.has(metric))
    .map((metric): Plan => ({ title: metric, lines: [{ metric, label: metric, unit: unitOf(metric), colour: 1 }] }));
  return [...plans, ...others].flatMap((plan) => {
    const title = reader === undefined ? plan.title : `${plan.title} of ${shortened(oneLine(reader), 40)}`;
    const chart = chartOf(results, timeline, path, metrics, { ...plan, title });
    return chart === undefined ? [] : plan === COST ? withDearest(chart, timeline) : chart;
  });
}

/** A function that runs for one queue alone has as much concurrency as its mapping. */
function saysNoMore({ series }: TimelineSeries, { path, kind, reader }: ChartedResource): boolean {
  if (kind !== 'mappings') return false;
  const own = series.get(path)!;
  const [plan] = PLANS.mappings!;
  const isAlone = plan!.lines.every(({ metric }) => metric === 'ConcurrentExecutions' || !own.has(metric));
  const ofFunction = series.get(`functions.${reader}`)?.get('ConcurrentExecutions');
  return isAlone && ofFunction?.join() === own.get('ConcurrentExecutions')?.join();
}

/** CloudWatch's times are milliseconds, but for the age of a message. */
function unitOf(metric: string): Unit {
  if (metric === 'ApproximateAgeOfOldestMessage') return 's';
  return /Age\b|Milliseconds|Duration|Latency|Wait/.test(metric) ? 'ms' : 'count';
}

/** The dearest resources beside the sum, where there is more than one. */
function withDearest(chart: Chart, timeline: TimelineSeries): Chart {
  const resources = [...timeline.series].flatMap(([resource, metrics]) => {
    const charges = metrics.get('EstimatedCharges');
    const sum = charges?.reduce((all, usd) => all + (usd || 0), 0) ?? 0;
    return resource === 'account' || charges === undefined || sum === 0 ? [] : [{ id: nameOf(resource), charges, sum }];
  });
  if (resources.length < 2) return chart;
  const dearest = resources.sort((a, b) => b.sum - a.sum).slice(0, COST_COLOURS.length);
  return {
    ...chart,
    series: [
      ...chart.series,
      ...dearest.map(
        ({ id, charges }, index): ChartSeries => ({
          label: shortened(oneLine(id), 24),
          unit: 'usd',
          style: 'step',
          colour: COST_COLOURS[index]!,
          data: encoded(charges),
        }),
      ),
    ],
  };
}

/** As the bill names it: a traffic by its path, others by their id. */
function nameOf(resource: string): string {
  return resource.startsWith('traffic.') ? resource : resource.slice(resource.indexOf('.') + 1);
}

const COST_COLOURS = [1, 5, 7, 8];

function chartOf(
  results: Results,
  timeline: TimelineSeries,
  resource: string,
  metrics: ReadonlyMap<string, Float64Array>,
  { title, lines, logarithmic = false }: Plan,
): Chart | undefined {
  const drawn = lines.flatMap((line) => {
    const values = metrics.get(line.metric);
    if (values === undefined || (line.ifAny && !values.some((value) => value > 0))) return [];
    if (line.ifVaried && new Set(values.filter((value) => !Number.isNaN(value))).size < 2) return [];
    return [{ line, values }];
  });
  if (drawn.length === 0 || drawn.every(({ line }) => line.ifAny)) return undefined;
  const [main] = drawn;
  const limits = limitsOf(results, resource, lines);
  const greatest = main!.values.reduce((most, value) => (value > most ? value : most), 0);
  // A limit far above would press everything else against the axis: then it is told, not drawn.
  const near = limits.filter(({ value }) => value <= 4 * greatest || logarithmic);
  return {
    title,
    summary: [
      peak(results, timeline, main!.line, main!.values),
      ...limits
        .filter((limit) => !near.includes(limit))
        .map(({ label, value }) => `${label} ${plainNumber(value)} lies above the chart`),
    ].join('; '),
    series: drawn.map(({ line: { label, unit = 'count', style = 'line', colour, right }, values }) => ({
      label,
      unit,
      style,
      colour,
      ...(right && { right }),
      data: encoded(values),
    })),
    limits: near,
    logarithmic,
  };
}

function limitsOf({ limits = [] }: Results, resource: string, lines: readonly Line[]): Chart['limits'] {
  return limits
    .filter(
      (limit) => limit.resource === resource && lines.some(({ metric, right }) => metric === limit.metric && !right),
    )
    .map(({ setting, value }) => ({ label: LIMIT_NAMES[setting.split('.').at(-1)!] ?? setting, value }));
}

const LIMIT_NAMES: Readonly<Record<string, string>> = {
  concurrencyLimit: 'account limit',
  reservedConcurrency: 'reserved',
  provisionedConcurrency: 'provisioned',
  timeout: 'timeout',
  maximumEventAge: 'maximum age',
  maximumConcurrency: 'maximum',
  maximum: 'most pollers',
  maxConcurrency: 'most at once',
  maxConnections: 'most connections',
};

/** `concurrency peaks at 28 on 2026-01-06 01:05 UTC`. */
function peak({ scenario }: Results, timeline: TimelineSeries, line: Line, values: Float64Array): string {
  let at = -1;
  values.forEach((value, index) => {
    if (!Number.isNaN(value) && (at < 0 || value > values[at]!)) at = index;
  });
  if (at < 0) return `${line.label}: nothing happened`;
  const instant = new Date(Date.parse(scenario.start) + timeline.firstMs + at * timeline.stepMs);
  const when = instant.toISOString().slice(0, 16).replace('T', ' ');
  return `${line.label} peaks at ${written(line.unit ?? 'count', values[at]!)} on ${when} UTC`;
}
