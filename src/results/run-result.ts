/** The figures of one run, with the names and the order of the contract (section 2). Times in milliseconds unless the name says otherwise. */

import type { FigureName, RESOURCE_FIGURES, ResourceKind } from '../scenario/resource-figures.js';

/** `count`, `mean`, `min` and `max` are exact, percentiles nearest-rank within 0.5%; all but `count` are null when it is 0. */
export interface Summary {
  count: number;
  mean: number | null;
  min: number | null;
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  p999: number | null;
  max: number | null;
}

export interface MeanAndMax {
  mean: number;
  max: number;
}

export interface Highest {
  max: number;
}

export interface RunResult {
  seed: number | string;
  account: {
    concurrency: MeanAndMax;
    throttles: number;
    /** All that ran at once, functions that are not modelled included; there where the scenario has any. */
    inUse?: Highest;
    /** The same of the concurrency that functions without a reservation share; there where that is not the whole. */
    unreserved?: Highest;
  };
  functions: Record<string, FunctionResult>;
  queues: Record<string, ResourceResult<'queues'>>;
  streams: Record<string, StreamResult>;
  topics: Record<string, ResourceResult<'topics'>>;
  dependencies: Record<string, ResourceResult<'dependencies'>>;
  traffic: Record<string, TrafficResult>;
  bill: Bill;
}

/** The figures of a resource as src/scenario/resource-figures.ts lists them. */
export type ResourceResult<K extends ResourceKind> = {
  [N in ShownName<K>]: FigureValue<(typeof RESOURCE_FIGURES)[K][N] extends { kind: infer T } ? T : never>;
};

type ShownName<K extends ResourceKind> = {
  [N in FigureName<K>]: (typeof RESOURCE_FIGURES)[K][N] extends { hidden: true } ? never : N;
}[FigureName<K>];

type FigureValue<T> = T extends 'count' | 'standing'
  ? number
  : T extends 'level'
    ? MeanAndMax
    : T extends 'times'
      ? Summary
      : { max: number };

export type StreamResult = ResourceResult<'streams'> & {
  /** By the id of the function that reads. */
  consumers: Record<string, ResourceResult<'consumers'>>;
  /** Those that anything was written to. */
  shards: ShardResult[];
};

export interface ShardResult {
  shard: number;
  records: number;
  rejected: number;
  /** Over the batches of all consumers; null where there was none. */
  iteratorAge: { mean: number | null; max: number | null };
}

export interface FunctionResult {
  invocations: number;
  errors: number;
  timeouts: number;
  throttles: number;
  throttlesByReason: Record<string, number>;
  serviceErrors: number;
  coldStarts: number;
  provisionedInvocations: number;
  spilloverInvocations: number;
  duration: Summary;
  initDuration: Summary;
  concurrency: MeanAndMax;
  /** Of that on provisioned concurrency; there where the function has any. */
  provisionedConcurrency?: Highest;
  environments: MeanAndMax & { created: number };
  async: ResourceResult<'async'>;
  versions: { version: string; invocations: number; errors: number; coldStarts: number; duration: Summary }[];
  gbSecondsBy: {
    handler: number;
    init: number;
    downstream: number;
    rounding: number;
    failed: number;
    retried: number;
    provisionedIdle: number;
  };
  billed: Billed;
}

/** What AWS meters of one function. GB-seconds are memory in GB times billed seconds. */
export interface Billed {
  requests: number;
  durationMs: number;
  /** On demand only. */
  gbSeconds: number;
  /** Runs on provisioned environments. */
  provisionedDurationGbSeconds: number;
  /** Provisioned concurrency allocated, used or not. */
  provisionedGbSeconds: number;
  /** Ephemeral storage above 512 MB. */
  storageGbSeconds: number;
}

export interface TrafficResult {
  offered: number;
  succeeded: number;
  failed: number;
  throttled: number;
  timedOut: number;
  unfinished: number;
  attempts: number;
  latency: Summary;
  /** Mean milliseconds over the requests of `latency`; they add up to its mean. */
  parts: { wait: number; overhead: number; init: number; handler: number; downstream: number; retryWait: number };
}

export interface BillLine {
  service: string;
  resource: string;
  item: string;
  quantity: number;
  unit: string;
  usd: number;
}

export interface Bill {
  lines: BillLine[];
  total: number;
  monthly: number;
  simulatedHours: number;
}

/** One estimate over replications: mean and 95% Student interval, which is cut at 0. */
export interface Estimate {
  mean: number;
  low: number;
  high: number;
}

export interface ThresholdVerdict {
  expression: string;
  value: number | null;
  low: number | null;
  high: number | null;
  verdict: 'pass' | 'fail' | 'inconclusive';
  /** There for a threshold that is reported but never decides the exit code. */
  severity?: 'warn';
}

export interface Finding {
  /** `account` or the path of the resource, such as `functions.api`. */
  resource: string;
  /** The limit or cause: a throttle reason, `ColdStart`, `Timeout`, ... */
  limit: string;
  /** Simulated seconds. */
  from: number;
  to: number;
  message: string;
  /** The setting that removes it. */
  knob: string;
  /** Which way; left out where it is a choice among names or shapes. */
  turn?: 'raise' | 'lower' | 'set' | 'remove';
  /** It failed no threshold, met less than a thousandth of the requests and is less than a hundredth of the bill. */
  minor?: true;
  /** For how long in all, by buckets of the timeline; left out where it held all the time from `from` to `to`. */
  seconds?: number;
  /** The stretches of it, in simulated seconds; gaps below a two-hundredth of the run are closed. */
  periods?: (readonly [from: number, to: number])[];
}

/** A limit of the scenario and the figure of the run that it bounds. */
export interface LimitInForce {
  /** `account`, `functions.api`, `traffic.web` ... */
  resource: string;
  /** As timeline.csv names the bounded figure. */
  metric: string;
  /** Path of the bounded figure in a RunResult. */
  figure: string;
  /** The setting that moves it. */
  setting: string;
  /** In the unit of the figure. */
  value: number;
}

/** A formula of queueing theory beside the figure of the first replication that it is about. */
export interface TheoryCheck {
  resource: string;
  law: string;
  figure: string;
  expected: number;
  simulated: number;
  /** What is computed, and what has to hold for it. */
  assumes: string;
}

export interface Results {
  schema: 'lambdasim/results/1';
  program: { name: string; version: string };
  scenario: {
    name: string;
    asOf: string;
    region: string;
    seed: number | string;
    start: string;
    durationSeconds: number;
    warmUpSeconds: number;
    replications: number;
    /** Width of a bucket of timeline.csv; a minute where it is not there. */
    timelineSeconds?: number;
  };
  runs: RunResult[];
  estimates: Record<string, Estimate>;
  thresholds: ThresholdVerdict[];
  rules: RuleReliedOn[];
  findings: Finding[];
  /** The replication that they tell of, from 1; left out where it is the first. */
  toldReplication?: number;
  /** Not there in results of other programs or by hand. */
  limits?: LimitInForce[];
  theory?: TheoryCheck[];
  /** What is charged for and not on the bill, as no price is known, a sentence each; left out where there is nothing. */
  notBilled?: string[];
  warnings: string[];
}

export interface RuleReliedOn {
  name: string;
  since: string;
  value: Readonly<Record<string, unknown>>;
  certainty: string;
  /** Values that are chosen or from memory where the certainty of the others is a better one; `day` is `since`. */
  assumed?: readonly string[];
  source: string;
}
