/** The figures of one run, with the names and the order of the contract (section 2). Times in milliseconds unless the name says otherwise. */

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

export interface RunResult {
  seed: number | string;
  account: { concurrency: MeanAndMax; throttles: number };
  functions: Record<string, FunctionResult>;
  queues: Record<string, never>;
  streams: Record<string, never>;
  topics: Record<string, never>;
  dependencies: Record<string, never>;
  traffic: Record<string, TrafficResult>;
  bill: Bill;
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
  environments: MeanAndMax & { created: number };
  async: {
    received: number;
    succeeded: number;
    dropped: number;
    retries: number;
    throttledAttempts: number;
    serviceErrorAttempts: number;
    duplicates: number;
    waiting: number;
    running: number;
    age: Summary;
  };
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

/** One estimate over replications: mean and 95% Student interval. */
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
  };
  runs: RunResult[];
  estimates: Record<string, Estimate>;
  thresholds: ThresholdVerdict[];
  rules: RuleReliedOn[];
  findings: Finding[];
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
