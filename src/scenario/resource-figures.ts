/**
 * What is kept of each kind of resource beside functions and traffic: one entry a figure, in the order of the results. The
 * statistics of a run, its results, timeline, thresholds, reports and tables all follow from here, so a new kind of
 * resource, or a new figure of one, is an entry.
 */
import type { LambdaFunctionSettings, Scenario } from './types.js';

/**
 * `count`: how often something happened; the first of a kind is what its rates are shares of. `standing`: how many there
 * are now; at the end of the warm-up they count as one of `enters`. `level`: mean over time and highest. `peak`: highest.
 * `times`: a distribution of times. `oldest`: the longest of times.
 */
export type FigureKind = 'count' | 'standing' | 'level' | 'peak' | 'times' | 'oldest';

export interface FigureInfo {
  readonly kind: FigureKind;
  /** CloudWatch's name in the timeline; without it the figure is not in the timeline. */
  readonly metric?: string;
  /** Of a `standing` figure: the count that what stands at the end of the warm-up enters. */
  readonly enters?: string;
  /** Heading of its column in short tables; without it the figure is only in long ones. */
  readonly brief?: string;
  /** Not in the results: bill and findings ask for it. */
  readonly hidden?: true;
}

type Figures = Readonly<Record<string, FigureInfo>>;

const STREAM = {
  records: { kind: 'count', metric: 'IncomingRecords', brief: 'records' },
  rejected: { kind: 'count', metric: 'WriteProvisionedThroughputExceeded' },
  processed: { kind: 'count', brief: 'processed' },
  discarded: { kind: 'count', metric: 'DroppedEventCount', brief: 'discarded' },
  expired: { kind: 'count', brief: 'expired' },
  waiting: { kind: 'standing', enters: 'records', brief: 'waiting' },
  iteratorAge: { kind: 'times', metric: 'IteratorAge', brief: 'age p99' },
  batches: { kind: 'count' },
  retries: { kind: 'count' },
} as const satisfies Figures;

export const RESOURCE_FIGURES = {
  /** The asynchronous queue of a function. */
  async: {
    received: { kind: 'count', metric: 'AsyncEventsReceived', brief: 'received' },
    succeeded: { kind: 'count', brief: 'succeeded' },
    dropped: { kind: 'count', metric: 'AsyncEventsDropped', brief: 'dropped' },
    retries: { kind: 'count', brief: 'retries' },
    throttledAttempts: { kind: 'count', brief: 'throttled' },
    serviceErrorAttempts: { kind: 'count' },
    duplicates: { kind: 'count' },
    waiting: { kind: 'standing', enters: 'received', brief: 'waiting' },
    running: { kind: 'standing', enters: 'received' },
    age: { kind: 'times', metric: 'AsyncEventAge', brief: 'age p99' },
    deadLetterErrors: { kind: 'count', metric: 'DeadLetterErrors', hidden: true },
    destinationFailures: { kind: 'count', metric: 'DestinationDeliveryFailures', hidden: true },
    /** Those of onSuccess; the others are of onFailure. */
    successesNotDelivered: { kind: 'count', hidden: true },
    recursiveDrops: { kind: 'count', metric: 'RecursiveInvocationsDropped', hidden: true },
    exhausted: { kind: 'count', hidden: true },
    tooOld: { kind: 'count', hidden: true },
    stopped: { kind: 'count', hidden: true },
    /** Billed requests beyond one a run, of large events. */
    extraRequests: { kind: 'count', hidden: true },
    /** Runs of events that a chain brought back to the function. */
    rounds: { kind: 'count', hidden: true },
  },
  queues: {
    sent: { kind: 'count', metric: 'NumberOfMessagesSent', brief: 'sent' },
    received: { kind: 'count', metric: 'NumberOfMessagesReceived' },
    deleted: { kind: 'count', metric: 'NumberOfMessagesDeleted', brief: 'deleted' },
    expired: { kind: 'count', brief: 'expired' },
    deadLettered: { kind: 'count', brief: 'dead' },
    redriven: { kind: 'count' },
    duplicates: { kind: 'count' },
    emptyReceives: { kind: 'count', metric: 'NumberOfEmptyReceives' },
    visible: { kind: 'standing', enters: 'sent', metric: 'ApproximateNumberOfMessagesVisible', brief: 'visible' },
    inFlight: { kind: 'standing', enters: 'sent', metric: 'ApproximateNumberOfMessagesNotVisible' },
    age: { kind: 'oldest', metric: 'ApproximateAgeOfOldestMessage', brief: 'oldest' },
    delay: { kind: 'times', brief: 'delay p99' },
    pollers: { kind: 'peak' },
    /** Dead letters that no function has run with. */
    neverTried: { kind: 'count', hidden: true },
    /** Messages that were sent to a FIFO queue above its quota without high throughput. */
    aboveQuota: { kind: 'count', hidden: true },
    /** Times that a message in flight became visible again. */
    cameBack: { kind: 'count', hidden: true },
    /** Billed requests. */
    requests: { kind: 'count', hidden: true },
  },
  /** What a function reads from a queue: an event source mapping, by function and queue. */
  mappings: {
    polled: { kind: 'count', metric: 'PolledEventCount', hidden: true },
    filtered: { kind: 'count', metric: 'FilteredOutEventCount', hidden: true },
    invoked: { kind: 'count', metric: 'InvokedEventCount', hidden: true },
    failed: { kind: 'count', metric: 'FailedInvokeEventCount', hidden: true },
    deleted: { kind: 'count', metric: 'DeletedEventCount', hidden: true },
    /** Batches that are processed at once. */
    concurrency: { kind: 'level', metric: 'ConcurrentExecutions', hidden: true },
    /** Event pollers that are paid for. */
    provisioned: { kind: 'level', metric: 'ProvisionedPollers', hidden: true },
    /** Pollers that scale by themselves, of which CloudWatch tells nothing. */
    pollers: { kind: 'level', metric: 'Pollers', hidden: true },
  },
  streams: {
    ...STREAM,
    /** Shards that take writes. */
    openShards: { kind: 'level', metric: 'OpenShardCount', hidden: true },
    /** Shards times functions that they are pushed to. */
    fanOut: { kind: 'level', hidden: true },
    /** 1 while there is the stream. */
    exists: { kind: 'level', hidden: true },
    /** Billed put units. */
    putUnits: { kind: 'count', hidden: true },
    /** Billed bytes that went in, of a stream on demand. */
    bytesIn: { kind: 'count', hidden: true },
    /** Bytes that went in, of a stream that is charged by what it keeps for long. */
    bytesKept: { kind: 'count', hidden: true },
    /** Bytes that functions read, by standard reads or by enhanced fan-out. */
    bytesOut: { kind: 'count', hidden: true },
    bytesPushed: { kind: 'count', hidden: true },
    /** Of those of standard reads, the bytes of records that retrieval is charged for, because they are old. */
    bytesRetrieved: { kind: 'count', hidden: true },
  },
  /** A function that reads a stream: the same figures, its own. */
  consumers: {
    ...STREAM,
    // In the timeline they are the stream's.
    records: { kind: 'count', brief: 'records' },
    filtered: { kind: 'count', metric: 'FilteredOutEventCount', hidden: true },
    /** Records of discarded batches that its destination took, and did not. */
    handedOver: { kind: 'count', metric: 'OnFailureDestinationDeliveredEventCount', hidden: true },
    destinationFailures: { kind: 'count', metric: 'DestinationDeliveryFailures', hidden: true },
  },
  topics: {
    published: { kind: 'count', metric: 'NumberOfMessagesPublished', brief: 'published' },
    delivered: { kind: 'count', metric: 'NumberOfNotificationsDelivered', brief: 'delivered' },
    filtered: { kind: 'count', metric: 'NumberOfNotificationsFilteredOut', brief: 'filtered' },
    /** A subscriber did not take them. */
    failed: { kind: 'count', metric: 'NumberOfNotificationsFailed', hidden: true },
    /** Billed requests. */
    requests: { kind: 'count', hidden: true },
  },
  dependencies: {
    calls: { kind: 'count', metric: 'Calls', brief: 'calls' },
    succeeded: { kind: 'count', brief: 'succeeded' },
    rejected: { kind: 'count', metric: 'Rejected', brief: 'rejected' },
    timedOut: { kind: 'count', metric: 'TimedOut', brief: 'timeouts' },
    concurrency: { kind: 'level', metric: 'Concurrency', brief: 'busiest' },
    connections: { kind: 'peak', metric: 'Connections', brief: 'connected' },
    wait: { kind: 'times' },
    latency: { kind: 'times', metric: 'Latency', brief: 'p99' },
    /** Billed units. */
    units: { kind: 'count', hidden: true },
    refusedConnections: { kind: 'count', hidden: true },
    /** That outages made late. */
    slowed: { kind: 'count', hidden: true },
  },
} as const satisfies Readonly<Record<string, Figures>>;

export type ResourceKind = keyof typeof RESOURCE_FIGURES;
export type FigureName<K extends ResourceKind> = keyof (typeof RESOURCE_FIGURES)[K] & string;

/** Position of a figure among those of its kind. */
export type Figure = number;

/** Kind → figure → its position. */
export const FIGURES = Object.fromEntries(
  Object.entries(RESOURCE_FIGURES).map(([kind, figures]) => [
    kind,
    Object.fromEntries(Object.keys(figures).map((name, index) => [name, index])),
  ]),
) as { readonly [K in ResourceKind]: { readonly [N in FigureName<K>]: Figure } };

export function figuresOf(kind: ResourceKind): readonly (readonly [string, FigureInfo])[] {
  return Object.entries(RESOURCE_FIGURES[kind] as Figures);
}

/** Those that results have. */
export function shownFigures(kind: ResourceKind): readonly (readonly [string, FigureInfo])[] {
  return figuresOf(kind).filter(([, { hidden }]) => hidden !== true);
}

export interface Resource {
  readonly kind: ResourceKind;
  readonly id: string;
}

/** The resources of what a function reads of queues. */
export function mappingsOf({ id, eventSources }: LambdaFunctionSettings): { readonly id: string }[] {
  return eventSources.flatMap((source) => (source.kind === 'queue' ? [{ id: mappingId(source.queue, id) }] : []));
}

/** The resource of a function that reads a queue. */
export function mappingId(queue: string, fn: string): string {
  return `${fn}.${queue}`;
}

/** The resource of a function that reads a stream. */
export function consumerId(stream: string, fn: string): string {
  return `${stream}.consumers.${fn}`;
}

/** Ids of the functions that read a stream, in the order of the scenario. */
export function readersOf(stream: string, functions: Scenario['functions']): string[] {
  return functions
    .filter(({ eventSources }) => eventSources.some((one) => one.kind === 'stream' && one.stream === stream))
    .map(({ id }) => id);
}

/** Where the figures of a resource stand in the results. */
export function resourcePath({ kind, id }: Resource): string {
  return `${kind === 'consumers' ? 'streams' : kind}.${id}`;
}

/** The resources of a scenario in the order of their ResourceIds. */
export function resourcesOf({ functions, queues, streams, topics, dependencies }: Scenario): Resource[] {
  const all = (kind: ResourceKind, list: readonly { readonly id: string }[]): Resource[] =>
    list.map(({ id }) => ({ kind, id }));
  return [
    ...all('async', functions),
    ...all('queues', queues),
    ...all('mappings', functions.flatMap(mappingsOf)),
    ...all('streams', streams),
    ...all(
      'consumers',
      streams.flatMap(({ id }) => readersOf(id, functions).map((fn) => ({ id: consumerId(id, fn) }))),
    ),
    ...all('topics', topics),
    ...all('dependencies', dependencies),
  ];
}

/** The position of a resource among those of a scenario; undefined where there is none. */
export function resourceIndex(scenario: Scenario): (kind: ResourceKind, id: string) => number | undefined {
  // A timeline asks a million times: no text is made of kind and id.
  const indexes = new Map<ResourceKind, Map<string, number>>();
  for (const [index, { kind, id }] of resourcesOf(scenario).entries()) {
    const ofKind = indexes.get(kind) ?? new Map<string, number>();
    indexes.set(kind, ofKind.set(id, index));
  }
  return (kind, id) => indexes.get(kind)?.get(id);
}
