/** Which figures of the timeline go into which chart, by kind of resource. */
import type { ChartSeries } from './chart.js';
import type { Unit } from './written.js';

export interface Line {
  readonly metric: string;
  readonly label: string;
  readonly unit?: Unit;
  readonly style?: ChartSeries['style'];
  readonly colour: number;
  readonly right?: boolean;
  /** Where it is 0 throughout there is nothing to see. */
  readonly ifAny?: boolean;
}

export interface Plan {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly logarithmic?: boolean;
}

/** On the right, so that they share the time axis and not the scale of what they explain. */
const TROUBLE: readonly Line[] = [
  { metric: 'Throttles', label: 'throttles', style: 'bars', colour: 0, right: true, ifAny: true },
  { metric: 'ColdStarts', label: 'cold starts', style: 'bars', colour: 5, right: true, ifAny: true },
];

export const COST: Plan = {
  title: 'Cost',
  lines: [{ metric: 'EstimatedCharges', label: 'USD an hour', unit: 'usd', style: 'area', colour: 3 }],
};

/** By kind of resource. */
export const PLANS: Readonly<Record<string, readonly Plan[]>> = {
  account: [
    {
      title: 'Concurrency of the account',
      lines: [{ metric: 'ConcurrentExecutions', label: 'concurrency', style: 'area', colour: 1 }, ...TROUBLE],
    },
    COST,
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
export const LEFT_OUT = new Set([
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
