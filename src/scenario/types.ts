/**
 * A checked scenario: the user's words with every default in place, as frozen plain data. Keys are the contract's; the
 * type of a field is its unit (`Micros`, `Bytes`, `Share`; rates are per second, memory is MB).
 */
import type { DistributionSpec } from '../engine/distribution.js';
import type { Bytes, IsoDate, Micros, Share } from '../engine/units.js';
import type { RuleOverrides } from '../rules/rulebook.js';

export type Architecture = 'x86_64' | 'arm64';
export type PackageType = 'Zip' | 'Image';

export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly asOf: IsoDate;
  readonly region: string;
  readonly run: RunSettings;
  readonly account: AccountSettings;
  /** In the order of the file, as are all lists of this type. */
  readonly functions: readonly LambdaFunctionSettings[];
  readonly queues: readonly QueueSettings[];
  readonly streams: readonly StreamSettings[];
  readonly topics: readonly TopicSettings[];
  readonly dependencies: readonly DependencySettings[];
  readonly traffic: readonly TrafficSettings[];
  readonly thresholds: readonly ThresholdSettings[];
  readonly rules: RuleOverrides;
  readonly pricing: PricingSettings;
  /** What validation wants the user to know although nothing is wrong. */
  readonly warnings: readonly string[];
}

export interface RunSettings {
  readonly duration: Micros;
  readonly warmUp: Micros;
  /** Simulated time 0, in milliseconds since 1970 UTC. */
  readonly startEpochMs: number;
  readonly seed: number | string;
  readonly replications: number;
  /** Width of a timeline bucket, already doubled until there are at most 50,000 unless the user gave it. */
  readonly timeline: Micros;
}

export interface AccountSettings {
  readonly concurrencyLimit: number;
  /** Steps of concurrency used by functions not modelled: from `at` on it is `amount`; sorted, the first at 0. */
  readonly otherConcurrency: readonly { readonly at: Micros; readonly amount: number }[];
  readonly freeTier: boolean;
  readonly monthToDate: MonthToDate;
  readonly outages: readonly { readonly at: Micros; readonly for: Micros; readonly share: Share }[];
}

export interface MonthToDate {
  readonly requests: number;
  readonly gbSeconds: { readonly x86_64: number; readonly arm64: number };
}

export interface LambdaFunctionSettings {
  readonly id: string;
  readonly memory: number;
  readonly architecture: Architecture;
  readonly runtime: string | undefined;
  readonly packageType: PackageType;
  readonly packageSize: Bytes | undefined;
  readonly timeout: Micros;
  /** MB. */
  readonly ephemeralStorage: number;
  readonly reservedConcurrency: number | undefined;
  readonly provisionedConcurrency: number;
  /** A field that is undefined takes its default from the rules. */
  readonly snapStart:
    | { readonly restore: DistributionSpec | undefined; readonly afterRestore: DistributionSpec | undefined }
    | undefined;
  readonly vpc:
    | { readonly mode: 'hyperplane' }
    | { readonly mode: 'classic'; readonly addresses: number | undefined }
    | undefined;
  readonly duration: DistributionSpec;
  /** Added once for each record of a batch. */
  readonly durationPerRecord: DistributionSpec | undefined;
  readonly firstDuration: DistributionSpec | undefined;
  /** Undefined: by runtime, from the rules. */
  readonly init: DistributionSpec | undefined;
  readonly keepAlive: DistributionSpec | undefined;
  readonly maximumAge: DistributionSpec | 'none' | undefined;
  readonly initialEnvironments: number;
  readonly extensions: { readonly init: DistributionSpec; readonly after: DistributionSpec } | undefined;
  readonly response: {
    readonly size: Bytes;
    readonly streamed: boolean /** bytes per second */;
    readonly rate: number | undefined;
  };
  readonly memoryScaling: MemoryScaling | undefined;
  readonly errorRate: Share;
  /** Share of records that fail on one try. */
  readonly recordErrorRate: Share;
  /** Share of records that fail on every try. */
  readonly poisonRate: Share;
  /** What it reads. */
  readonly eventSources: readonly EventSourceSettings[];
  readonly async: AsyncSettings;
  /** In the order in which the handler makes them. */
  readonly calls: readonly CallSettings[];
}

/** What becomes of events that the function gets asynchronously. */
export interface AsyncSettings {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAge: Micros;
  /** Ids; undefined: nobody is told. */
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  readonly deadLetterQueue: string | undefined;
  readonly duplicateRate: Share;
}

/** What both kinds of event source mapping have. */
interface MappingSettings {
  readonly batchSize: number;
  readonly maximumBatchingWindow: Micros;
  /** Share of the records that pass. */
  readonly filter: Share;
  readonly reportBatchItemFailures: boolean;
}

export interface QueueMappingSettings extends MappingSettings {
  readonly kind: 'queue';
  readonly queue: string;
  /** Undefined: up to the limit of the day. */
  readonly maximumConcurrency: number | undefined;
  /** Undefined: pollers scale by themselves. */
  readonly provisionedPollers: { readonly minimum: number; readonly maximum: number } | undefined;
}

export interface StreamMappingSettings extends MappingSettings {
  readonly kind: 'stream';
  readonly stream: string;
  readonly parallelizationFactor: number;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** How long before the start reading begins, with AT_TIMESTAMP. */
  readonly startingTimestamp: Micros;
  /** Infinity: without end. */
  readonly maximumRetryAttempts: number;
  /** Infinity: as long as the stream keeps it. */
  readonly maximumRecordAge: Micros;
  readonly bisectBatchOnFunctionError: boolean;
  /** 0: none. */
  readonly tumblingWindow: Micros;
  readonly onFailure: string | undefined;
}

export type EventSourceSettings = QueueMappingSettings | StreamMappingSettings;

/** One line of what a handler does with others. */
export interface CallSettings {
  readonly to: string;
  readonly probability: Share;
  readonly count: number;
  /** Of a call to a function; to anything else it has no meaning. */
  readonly invocation: InvocationType;
  /** `environment`: once, in the init. */
  readonly each: 'invocation' | 'environment';
  readonly payload: Bytes;
  readonly key: KeySettings | undefined;
}

/** Keys of records, Zipf with this skew; 0 is even. */
export interface KeySettings {
  readonly count: number;
  readonly skew: number;
}

export interface QueueSettings {
  readonly id: string;
  readonly type: 'standard' | 'fifo';
  readonly visibilityTimeout: Micros;
  readonly retention: Micros;
  /** Receives after which a message goes to the dead-letter queue; undefined: it never does. */
  readonly maxReceiveCount: number | undefined;
  readonly deadLetterQueue: string | undefined;
  /** Messages at time 0. */
  readonly backlog: number;
  /** Share of messages that are delivered twice. */
  readonly duplicateRate: Share;
  readonly redrive: readonly RedriveSettings[];
}

/** From `at` on, messages are moved to another queue at `rate` per second until none is visible. */
export interface RedriveSettings {
  readonly at: Micros;
  readonly to: string;
  readonly rate: number;
}

export interface StreamSettings {
  readonly id: string;
  readonly type: 'kinesis' | 'dynamodb';
  /** `on-demand`: the number of shards follows the traffic. */
  readonly mode: 'provisioned' | 'on-demand';
  /** At the start. */
  readonly shards: number;
  readonly retention: Micros;
  /** How its functions read it. */
  readonly consumer: 'standard' | 'enhanced-fan-out';
  /** Records of before the start, and the age of the oldest of them. */
  readonly backlog: number;
  readonly backlogAge: Micros;
  /** In the order of the file. */
  readonly reshard: readonly { readonly at: Micros; readonly shards: number }[];
}

export interface TopicSettings {
  readonly id: string;
  readonly type: 'sns' | 'eventbridge';
  /** Events of AWS services cost nothing on a bus. */
  readonly service: 'aws' | 'custom';
  readonly subscribers: readonly SubscriberSettings[];
}

export interface SubscriberSettings {
  readonly to: string;
  /** Share of the records that pass. */
  readonly filter: Share;
}

export const DEPENDENCY_CHARGES = ['none', 'dynamodb-read', 'dynamodb-write', 's3-get', 's3-put'] as const;
export type DependencyCharge = (typeof DEPENDENCY_CHARGES)[number];

export interface DependencySettings {
  readonly id: string;
  readonly latency: DistributionSpec;
  /** Calls it works on at once; undefined: any number. */
  readonly maxConcurrency: number | undefined;
  /** How long a call waits for its turn; undefined: for ever. */
  readonly queueTimeout: Micros | undefined;
  readonly charge: DependencyCharge;
  /** Connections it accepts; undefined: any number. */
  readonly maxConnections: number | undefined;
  /** Undefined: calls need no connection. */
  readonly connection: { readonly time: DistributionSpec; readonly per: 'environment' | 'invocation' } | undefined;
  readonly outages: readonly DependencyOutage[];
}

export interface DependencyOutage {
  readonly at: Micros;
  readonly for: Micros;
  readonly effect: 'errors' | 'hang' | 'slow';
  /** Of the latency, while it is slow. */
  readonly factor: number;
}

export type MemoryScaling =
  | { readonly kind: 'cpu'; readonly measuredAt: number; readonly cpuBound: Share; readonly parallel: Share }
  /** `[memory MB, factor]`, memory rising. */
  | { readonly kind: 'table'; readonly points: readonly (readonly [number, number])[] };

export type InvocationType = 'RequestResponse' | 'Event';

export const SYNCHRONOUS_VIAS = [
  'sdk',
  'function-url',
  'http-api',
  'rest-api',
  'alb',
  'lambda-edge',
  'step-functions',
  'cognito',
  's3-batch',
  'firehose',
  'lex',
  'alexa',
] as const;
export const ASYNCHRONOUS_VIAS = [
  'event',
  's3',
  'sns',
  'eventbridge',
  'ses',
  'iot',
  'iot-events',
  'logs',
  'config',
  'codecommit',
  'codepipeline',
  'cloudformation',
] as const;
export type SynchronousVia = (typeof SYNCHRONOUS_VIAS)[number];
export type AsynchronousVia = (typeof ASYNCHRONOUS_VIAS)[number];
export type Via = SynchronousVia | AsynchronousVia;

export function isAsynchronousVia(via: Via): via is AsynchronousVia {
  return (ASYNCHRONOUS_VIAS as readonly Via[]).includes(via);
}

export interface TrafficSettings {
  readonly id: string;
  /** A function, queue, stream or topic. */
  readonly to: string;
  /** Of traffic to a function; to anything else it is `sdk` and has no meaning. */
  readonly via: Via;
  readonly invocation: InvocationType;
  readonly edgeEvent: 'viewer-request' | 'viewer-response' | 'origin-request' | 'origin-response' | undefined;
  readonly shape: TrafficShape;
  /** Added to the shape. Absolute rates, before `scale`. */
  readonly spikes: readonly Spike[];
  readonly arrivals: ArrivalsSettings;
  readonly scale: number;
  readonly payload: Bytes;
  /** Undefined: every record has a key of its own. */
  readonly key: KeySettings | undefined;
  readonly retry: RetrySettings;
  /** The client's own limit for one attempt; undefined: waits for ever. */
  readonly timeout: Micros | undefined;
}

export interface Spike {
  readonly at: Micros;
  readonly for: Micros;
  readonly rate: number;
  readonly ramp: Micros;
}

export type TrafficShape =
  | { readonly kind: 'rate'; readonly rate: number }
  /** Rate at the start and the end of each stage, per second; a plain stage has both equal. */
  | {
      readonly kind: 'stages';
      readonly stages: readonly { readonly for: Micros; readonly from: number; readonly to: number }[];
    }
  /** `hours` has 24 and `weekdays` 7 weights (Monday first), or is undefined; `mean` is the average rate over the week. */
  | {
      readonly kind: 'daily';
      readonly mean: number;
      readonly hours: readonly number[];
      readonly weekdays: readonly number[] | undefined;
      readonly timezone: string;
    }
  /** Spikes alone. */
  | { readonly kind: 'none' }
  | { readonly kind: 'users'; readonly count: number; readonly thinkTime: DistributionSpec }
  /** `expression` is `rate(...)` or `cron(...)` in AWS's dialect, already checked. */
  | { readonly kind: 'schedule'; readonly expression: string; readonly timezone: string }
  | { readonly kind: 'burst'; readonly at: Micros; readonly count: number }
  | { readonly kind: 'trace-counts'; readonly every: Micros; readonly counts: readonly number[] }
  /** Instants from the start of the run, rising. */
  | { readonly kind: 'trace-instants'; readonly instants: readonly Micros[] }
  /** `ratio` requests for each that arrives by another traffic, each after a delay of its own. */
  | { readonly kind: 'follows'; readonly traffic: string; readonly ratio: number; readonly delay: DistributionSpec };

export type ArrivalsSettings =
  | { readonly kind: 'poisson' }
  | { readonly kind: 'regular' }
  | { readonly kind: 'bursty'; readonly cv: number }
  | { readonly kind: 'modulated'; readonly factor: number; readonly high: Micros; readonly low: Micros };

export type RetryCause = 'throttle' | 'serviceError' | 'functionError' | 'timeout';

export type RetrySettings =
  | { readonly kind: 'none' }
  /** An AWS SDK; its numbers come from the rule `client-retry` of the day. */
  | {
      readonly kind: 'sdk';
      readonly mode: 'standard' | 'legacy' | 'adaptive';
      readonly maximumAttempts: number | undefined;
    }
  | {
      readonly kind: 'backoff';
      readonly interval: Micros;
      readonly backoffRate: number;
      readonly maximumDelay: Micros;
      readonly jitter: 'none' | 'full';
      readonly maximumAttempts: number;
      readonly on: readonly RetryCause[];
    };

export type Statistic = 'mean' | 'min' | 'max' | 'p50' | 'p90' | 'p95' | 'p99' | 'p99.9' | 'count' | 'rate' | 'sum';
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

export interface ThresholdSettings {
  /** As the user wrote it. */
  readonly expression: string;
  readonly statistic: Statistic;
  /** `traffic.web.latency`, split at the dots. */
  readonly path: readonly string[];
  readonly comparison: Comparison;
  /** In the unit of the results: milliseconds for a time, a share for a rate, USD for money. */
  readonly value: number;
  readonly severity: 'fail' | 'warn';
}

export interface PricingSettings {
  readonly include: readonly string[] | undefined;
  /** Share taken off every line. */
  readonly discount: Share;
  readonly savingsPlan: 'none' | 'no-upfront' | 'all-upfront';
  /** Price id → USD. */
  readonly overrides: Readonly<Record<string, number>>;
}
