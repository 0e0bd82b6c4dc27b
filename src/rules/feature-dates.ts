/**
 * Rule     A setting can be used, and a metric is there, from the day its feature came.
 * Numbers  The days in the table below.
 * Era      One first day a feature.
 * Source   AWS Lambda Developer Guide, document history; AWS What's New posts; read 2026-11-21.
 * Assumes  The days marked `assumed` are from memory; that ClaimedAccountConcurrency came with scaling by function.
 */
import type { IsoDate } from '../engine/units.js';
import type { Certainty } from './rule.js';

export interface FeatureDate {
  /** First day it could be used. */
  readonly since: IsoDate;
  /** For an error message: what the setting is. */
  readonly what: string;
  readonly certainty: Certainty;
  readonly source: string;
}

const HISTORY = 'AWS Lambda Developer Guide, document history';
const POST = "AWS What's New";

function documented(since: IsoDate, what: string): FeatureDate {
  return { since, what, certainty: 'documented', source: HISTORY };
}

function assumed(since: IsoDate, what: string): FeatureDate {
  return { since, what, certainty: 'assumed', source: `${POST}, from memory` };
}

export const featureDates = {
  sharedInterfaces: assumed('2019-09-03', 'the shared network interfaces of Hyperplane'),
  streamWindow: documented('2019-09-10', 'the batching window of streams'),
  fifoEventSource: assumed('2019-11-19', 'FIFO queues as event sources'),
  streamErrorSettings: documented(
    '2019-11-25',
    'parallelization, bisecting, retry attempts, record age and destinations of streams',
  ),
  asynchronousSettings: documented(
    '2019-11-25',
    'destinations, retry attempts and event age of asynchronous invocations',
  ),
  destinations: documented('2019-11-25', 'destinations of asynchronous invocations'),
  provisionedConcurrency: documented('2019-12-03', 'provisioned concurrency'),
  httpApi: assumed('2019-12-04', 'HTTP APIs of API Gateway'),
  savingsPlan: assumed('2020-02-17', 'Compute Savings Plans for Lambda'),
  extensions: assumed('2020-10-08', 'extensions'),
  containerImage: documented('2020-12-01', 'container images'),
  memoryAbove3008: documented('2020-12-01', 'memory above 3,008 MB'),
  queueBatchingWindow: assumed('2020-12-01', 'batching windows, and batches above 10, of queues'),
  tumblingWindow: assumed('2020-12-15', 'tumbling windows'),
  streamItemFailures: documented('2020-12-17', 'partial batch responses of streams'),
  arm64: assumed('2021-09-29', 'the arm64 architecture'),
  queueBatchItemFailures: assumed('2021-11-23', 'partial batch responses of queues'),
  eventFiltering: assumed('2021-11-26', 'event filtering'),
  onDemandStreams: assumed('2021-11-29', 'on-demand mode of Kinesis streams'),
  ephemeralStorageAbove512: assumed('2022-03-24', 'ephemeral storage above 512 MB'),
  functionUrl: assumed('2022-04-06', 'function URLs'),
  asynchronousMetrics: assumed('2022-06-01', 'metrics of asynchronous invocations'),
  snapStart: assumed('2022-11-28', 'SnapStart'),
  maximumConcurrency: assumed('2023-01-12', 'maximumConcurrency of event source mappings'),
  responseStreaming: assumed('2023-04-07', 'response streaming'),
  claimedAccountConcurrency: assumed('2023-11-26', 'the metric ClaimedAccountConcurrency'),
  mappingMetrics: assumed('2024-11-21', 'metrics of event source mappings'),
  provisionedPollers: documented('2025-11-14', 'provisioned pollers of queues'),
  tenantIsolation: documented('2025-11-20', 'tenant isolation'),
} as const satisfies Record<string, FeatureDate>;

export type Feature = keyof typeof featureDates;

/** Whether a feature could be used on a day. */
export function existsOn(feature: Feature, asOf: IsoDate): boolean {
  return featureDates[feature].since <= asOf;
}
