/**
 * Which courses over time a page draws, and how: one chart a question, a line a figure. What is said here is data; the script
 * of the page draws it. Metrics that no chart names have one of their own, so that nothing in the timeline is left out.
 */
import { plainNumber } from '../../engine/format.js';
import type { Results } from '../../results/run-result.js';
import type { TimelineSeries } from '../timeline-series.js';
import type { Chart, ChartSeries } from './chart.js';
import { encoded } from './encode-series.js';
import { type Unit, written } from './written.js';

interface Line {
  readonly metric: string;
  readonly label: string;
  readonly unit?: Unit;
  readonly style?: ChartSeries['style'];
  readonly colour: number;
  readonly right?: boolean;
  /** Where it is 0 throughout there is nothing to see. */
  readonly ifAny?: boolean;
}

interface Plan {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly logarithmic?: boolean;
}

/** On the right, so that they share the time axis and not the scale of what they explain. */
const TROUBLE: readonly Line[] = [
  { metric: 'Throttles', label: 'throttles', style: 'bars', colour: 0, right: true, ifAny: true },
  { metric: 'ColdStarts', label: 'cold starts', style: 'bars', colour: 5, right: true, ifAny: true },
];

/** By kind of resource. */
const PLANS: Readonly<Record<string, readonly Plan[]>> = {
  account: [
    {
      title: 'Concurrency of the account',
      lines: [{ metric: 'ConcurrentExecutions', label: 'concurrency', style: 'area', colour: 1 }, ...TROUBLE],
    },
    {
      title: 'Cost',
      lines: [{ metric: 'EstimatedCharges', label: 'USD an hour', unit: 'usd', style: 'area', colour: 3 }],
    },
  ],
  functions: [
    {
      title: 'Concurrency',
      lines: [
        { metric: 'ConcurrentExecutions', label: 'concurrency', style: 'area', colour: 1 },
        { metric: 'ProvisionedConcurrentExecutions', label: 'provisioned, in use', colour: 4 },
        ...TROUBLE,
      ],
    },
    {
      title: 'Asynchronous events',
      lines: [
        { metric: 'AsyncEventsReceived', label: 'received', colour: 1 },
        { metric: 'AsyncEventsDropped', label: 'dropped', style: 'bars', colour: 0, ifAny: true },
        { metric: 'AsyncEventAge', label: 'age', unit: 'ms', colour: 5, right: true },
      ],
    },
    {
      title: 'Duration',
      lines: [
        { metric: 'Duration', label: 'mean', unit: 'ms', colour: 1 },
        { metric: 'Duration.Maximum', label: 'maximum', unit: 'ms', colour: 6 },
      ],
      logarithmic: true,
    },
  ],
  traffic: [
    {
      title: 'Latency',
      lines: [
        { metric: 'Latency.p50', label: 'p50', unit: 'ms', colour: 1 },
        { metric: 'Latency.p99', label: 'p99', unit: 'ms', colour: 5 },
        { metric: 'Latency.Maximum', label: 'maximum', unit: 'ms', colour: 6 },
      ],
      logarithmic: true,
    },
    {
      title: 'Requests',
      lines: [
        { metric: 'Requests', label: 'requests', style: 'area', colour: 1 },
        { metric: 'Throttled', label: 'throttled', style: 'bars', colour: 0, ifAny: true },
        { metric: 'Failed', label: 'failed', style: 'bars', colour: 5, ifAny: true },
      ],
    },
  ],
  queues: [
    {
      title: 'Messages waiting',
      lines: [
        { metric: 'ApproximateNumberOfMessagesVisible', label: 'visible', style: 'area', colour: 1 },
        { metric: 'ApproximateNumberOfMessagesNotVisible', label: 'in flight', colour: 4 },
        { metric: 'ApproximateNumberOfMessagesDelayed', label: 'delayed', colour: 6, ifAny: true },
        { metric: 'ApproximateAgeOfOldestMessage', label: 'age of the oldest', unit: 's', colour: 5, right: true },
      ],
    },
    {
      title: 'Messages moved',
      lines: [
        { metric: 'NumberOfMessagesSent', label: 'sent', style: 'area', colour: 1 },
        { metric: 'NumberOfMessagesReceived', label: 'received', colour: 4 },
        { metric: 'NumberOfMessagesDeleted', label: 'deleted', colour: 3 },
        { metric: 'NumberOfEmptyReceives', label: 'empty receives', colour: 6, ifAny: true },
      ],
    },
  ],
  streams: [
    {
      title: 'Iterator age',
      lines: [
        { metric: 'GetRecords.IteratorAgeMilliseconds', label: 'iterator age', unit: 'ms', style: 'area', colour: 5 },
        { metric: 'IteratorAge', label: 'iterator age', unit: 'ms', style: 'area', colour: 5 },
      ],
    },
    {
      title: 'Records',
      lines: [
        { metric: 'IncomingRecords', label: 'written', style: 'area', colour: 1 },
        { metric: 'GetRecords.Records', label: 'read', colour: 4 },
        { metric: 'WriteProvisionedThroughputExceeded', label: 'rejected', style: 'bars', colour: 0, ifAny: true },
      ],
    },
  ],
};

/** In no chart of their own: parts or repetitions of what is drawn. */
const LEFT_OUT = new Set([
  'Invocations',
  'Errors',
  'Latency',
  'UnreservedConcurrentExecutions',
  'ClaimedAccountConcurrency',
  'EstimatedCharges',
  'ProvisionedConcurrencyUtilization',
  'ProvisionedConcurrencyInvocations',
  'ProvisionedConcurrencySpilloverInvocations',
]);

export interface ChartsOf {
  readonly resource: string;
  readonly charts: readonly Chart[];
}

/** Charts by resource, in the order of the series; resources without any are left out. */
export function chartsOf(results: Results, timeline: TimelineSeries): ChartsOf[] {
  return [...timeline.series].flatMap(([resource, metrics]) => {
    const kind = resource.split('.', 1)[0]!;
    const plans = PLANS[kind] ?? [];
    const planned = new Set(plans.flatMap(({ lines }) => lines.map(({ metric }) => metric)));
    const others = [...metrics.keys()]
      .filter((metric) => !planned.has(metric) && !LEFT_OUT.has(metric) && !SUMMED_ONLY.test(`${kind}/${metric}`))
      .map((metric): Plan => ({ title: metric, lines: [{ metric, label: metric, colour: 1 }] }));
    const charts = [...plans, ...others].flatMap((plan) => chartOf(results, timeline, resource, metrics, plan) ?? []);
    return charts.length === 0 ? [] : [{ resource, charts }];
  });
}

/** The account has no such metric in CloudWatch; its sums are drawn where a plan says so. */
const SUMMED_ONLY = /^account\/(Throttles|ColdStarts)$/;

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
    return [
      { line, values: line.unit === 'usd' ? values.map((usd) => usd * (3_600_000 / timeline.bucketMs)) : values },
    ];
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
    .filter((limit) => limit.resource === resource && lines.some(({ metric }) => metric === limit.metric))
    .map(({ setting, value }) => ({ label: LIMIT_NAMES[setting.split('.').at(-1)!] ?? setting, value }));
}

const LIMIT_NAMES: Readonly<Record<string, string>> = {
  concurrencyLimit: 'account limit',
  reservedConcurrency: 'reserved',
  provisionedConcurrency: 'provisioned',
  timeout: 'timeout',
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
