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
  /** Where it never changes there is nothing to see. */
  readonly ifVaried?: boolean;
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
  title: 'Cost an hour',
  lines: [{ metric: 'EstimatedCharges', label: 'total', unit: 'usd', style: 'area', colour: 3 }],
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
        { metric: 'RecursiveInvocationsDropped', label: 'stopped recursions', style: 'bars', colour: 5, ifAny: true },
        { metric: 'DeadLetterErrors', label: 'dead-letter errors', style: 'bars', colour: 2, ifAny: true },
        { metric: 'DestinationDeliveryFailures', label: 'lost destinations', style: 'bars', colour: 6, ifAny: true },
      ],
    },
    {
      title: 'Age of asynchronous events',
      lines: [
        { metric: 'AsyncEventAge.Maximum', label: 'maximum', unit: 'ms', colour: 5, ifVaried: true },
        { metric: 'AsyncEventAge', label: 'mean', unit: 'ms', colour: 6, ifVaried: true },
      ],
      logarithmic: true,
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
  mappings: [
    {
      title: 'Pollers and batches',
      lines: [
        { metric: 'ConcurrentExecutions', label: 'batches at once', style: 'area', colour: 1 },
        { metric: 'Pollers', label: 'pollers', style: 'step', colour: 7 },
        { metric: 'ProvisionedPollers', label: 'provisioned pollers', style: 'step', colour: 7 },
        {
          metric: 'FailedInvokeEventCount',
          label: 'messages failed',
          style: 'bars',
          colour: 0,
          right: true,
          ifAny: true,
        },
        { metric: 'FilteredOutEventCount', label: 'filtered out', style: 'bars', colour: 6, right: true, ifAny: true },
      ],
    },
  ],
  streams: [
    {
      title: 'Records',
      lines: [
        { metric: 'IncomingRecords', label: 'written', style: 'area', colour: 1 },
        { metric: 'WriteProvisionedThroughputExceeded', label: 'rejected', style: 'bars', colour: 0, ifAny: true },
      ],
    },
    {
      title: 'Open shards',
      lines: [{ metric: 'OpenShardCount', label: 'shards', style: 'step', colour: 4, ifVaried: true }],
    },
  ],
  consumers: [
    {
      title: 'Iterator age',
      lines: [
        { metric: 'IteratorAge.Maximum', label: 'maximum', unit: 'ms', style: 'area', colour: 5 },
        { metric: 'IteratorAge', label: 'mean', unit: 'ms', colour: 6 },
        { metric: 'DroppedEventCount', label: 'discarded', style: 'bars', colour: 0, right: true, ifAny: true },
        { metric: 'FilteredOutEventCount', label: 'filtered out', style: 'bars', colour: 4, right: true, ifAny: true },
        {
          metric: 'DestinationDeliveryFailures',
          label: 'lost destinations',
          style: 'bars',
          colour: 2,
          right: true,
          ifAny: true,
        },
      ],
    },
  ],
  topics: [
    {
      title: 'Messages',
      lines: [
        { metric: 'NumberOfMessagesPublished', label: 'published', style: 'area', colour: 1 },
        { metric: 'NumberOfNotificationsDelivered', label: 'delivered', colour: 4 },
        { metric: 'NumberOfNotificationsFilteredOut', label: 'filtered out', colour: 6, ifAny: true },
      ],
    },
  ],
  dependencies: [
    {
      title: 'Calls',
      lines: [
        { metric: 'Calls', label: 'calls', style: 'area', colour: 1 },
        { metric: 'Rejected', label: 'rejected', style: 'bars', colour: 0, ifAny: true },
        { metric: 'TimedOut', label: 'timed out', style: 'bars', colour: 5, ifAny: true },
      ],
    },
    { title: 'Calls at once', lines: [{ metric: 'Concurrency', label: 'calls at once', style: 'area', colour: 1 }] },
    { title: 'Connections', lines: [{ metric: 'Connections', label: 'connections', style: 'area', colour: 4 }] },
    {
      title: 'Latency',
      lines: [
        { metric: 'Latency', label: 'mean', unit: 'ms', colour: 1 },
        { metric: 'Latency.Maximum', label: 'maximum', unit: 'ms', colour: 6 },
      ],
      logarithmic: true,
    },
  ],
};

/** In no chart of their own, by kind of resource: parts or repetitions of what is drawn. */
export const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  // The account has no such metrics in CloudWatch; their sums are drawn where a plan says so.
  account: [
    'UnreservedConcurrentExecutions',
    'ClaimedAccountConcurrency',
    'Invocations',
    'Errors',
    'Throttles',
    'ColdStarts',
  ],
  functions: [
    'Invocations',
    'Errors',
    'EstimatedCharges',
    'ProvisionedConcurrencyUtilization',
    'ProvisionedConcurrencyInvocations',
    'ProvisionedConcurrencySpilloverInvocations',
  ],
  traffic: ['Latency', 'EstimatedCharges'],
  queues: ['EstimatedCharges'],
  mappings: ['PolledEventCount', 'InvokedEventCount', 'DeletedEventCount'],
  streams: ['EstimatedCharges'],
  consumers: ['IncomingRecords', 'OnFailureDestinationDeliveredEventCount'],
  topics: ['EstimatedCharges'],
  dependencies: ['EstimatedCharges'],
};
