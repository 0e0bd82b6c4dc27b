/** Builds checked scenarios for tests, without YAML: every default is as plain as can be, and nothing random but what a test asks for. */
import type { DistributionSpec } from '../../src/engine/distribution.js';
import { HOUR, KB, MINUTE, type Micros, SECOND } from '../../src/engine/units.js';
import type {
  AccountSettings,
  AsyncSettings,
  CallSettings,
  DependencySettings,
  LambdaFunctionSettings,
  QueueMappingSettings,
  QueueSettings,
  RunSettings,
  Scenario,
  StreamMappingSettings,
  StreamSettings,
  ThresholdSettings,
  TopicSettings,
  TrafficSettings,
  TrafficShape,
} from '../../src/scenario/types.js';

export const constant = (value: Micros): DistributionSpec => ({ kind: 'constant', value });

/** As AWS has them without a word. */
const ASYNC: AsyncSettings = {
  maximumRetryAttempts: 2,
  maximumEventAge: 6 * HOUR,
  onSuccess: undefined,
  onFailure: undefined,
  deadLetterQueue: undefined,
  duplicateRate: 0,
};

/** A call to `to`, always and once, that waits where it can. */
export function aCall(to: string, settings: Partial<CallSettings> = {}): CallSettings {
  return {
    to,
    probability: 1,
    count: 1,
    invocation: 'RequestResponse',
    each: 'invocation',
    payload: KB,
    key: undefined,
    ...settings,
  };
}

/** Of a stream, as AWS has it without a word. */
export function streamMapping(
  stream: string,
  settings: Partial<Omit<StreamMappingSettings, 'kind' | 'stream'>> = {},
): StreamMappingSettings {
  return {
    kind: 'stream',
    stream,
    batchSize: 100,
    maximumBatchingWindow: 0,
    filter: 1,
    reportBatchItemFailures: false,
    parallelizationFactor: 1,
    startingPosition: 'TRIM_HORIZON',
    startingTimestamp: 0,
    maximumRetryAttempts: Number.POSITIVE_INFINITY,
    maximumRecordAge: Number.POSITIVE_INFINITY,
    bisectBatchOnFunctionError: false,
    tumblingWindow: 0,
    onFailure: undefined,
    ...settings,
  };
}

/** A standard queue as AWS makes it, empty. */
export function aQueue(id: string, settings: Partial<QueueSettings> = {}): QueueSettings {
  return {
    id,
    type: 'standard',
    visibilityTimeout: 30 * SECOND,
    retention: 96 * HOUR,
    maxReceiveCount: undefined,
    deadLetterQueue: undefined,
    backlog: 0,
    duplicateRate: 0,
    redrive: [],
    ...settings,
  };
}

/** A mapping of a queue: batches of 10, no window, nothing filtered. */
export function reads(queue: string, settings: Partial<QueueMappingSettings> = {}): QueueMappingSettings {
  return {
    kind: 'queue',
    queue,
    batchSize: 10,
    maximumBatchingWindow: 0,
    filter: 1,
    reportBatchItemFailures: false,
    maximumConcurrency: undefined,
    provisionedPollers: undefined,
    ...settings,
  };
}

export type FunctionChanges = Partial<Omit<LambdaFunctionSettings, 'async'>> & {
  readonly async?: Partial<AsyncSettings>;
};

export class ScenarioBuilder {
  private scenario: Scenario = {
    name: 'test',
    description: '',
    asOf: '2026-11-21',
    region: 'us-east-1',
    run: { duration: HOUR, warmUp: 0, startEpochMs: Date.UTC(2026, 0, 5), seed: 1, replications: 1, timeline: MINUTE },
    account: {
      concurrencyLimit: 1000,
      otherConcurrency: [{ at: 0, amount: 0 }],
      freeTier: false,
      monthToDate: { requests: 0, gbSeconds: { x86_64: 0, arm64: 0 } },
      outages: [],
    },
    functions: [],
    queues: [],
    streams: [],
    topics: [],
    dependencies: [],
    traffic: [],
    thresholds: [],
    rules: { 'platform-overhead': { cold: constant(0), warm: constant(0) } },
    pricing: { include: undefined, discount: 0, savingsPlan: 'none', overrides: {} },
    warnings: [],
  };

  asOf(day: string): this {
    return this.with({ asOf: day });
  }

  inRegion(region: string): this {
    return this.with({ region });
  }

  run(run: Partial<RunSettings>): this {
    return this.with({ run: { ...this.scenario.run, ...run } });
  }

  account(account: Partial<AccountSettings>): this {
    return this.with({ account: { ...this.scenario.account, ...account } });
  }

  rules(rules: Scenario['rules']): this {
    return this.with({ rules: { ...this.scenario.rules, ...rules } });
  }

  withFunction(id: string, { async, ...settings }: FunctionChanges = {}): this {
    const fn: LambdaFunctionSettings = {
      id,
      memory: 512,
      architecture: 'x86_64',
      runtime: undefined,
      packageType: 'Zip',
      packageSize: undefined,
      timeout: 900 * SECOND,
      ephemeralStorage: 512,
      reservedConcurrency: undefined,
      provisionedConcurrency: 0,
      snapStart: undefined,
      vpc: undefined,
      duration: constant(100_000),
      durationPerRecord: undefined,
      firstDuration: undefined,
      init: constant(0),
      keepAlive: constant(600 * SECOND),
      maximumAge: 'none',
      initialEnvironments: 0,
      extensions: undefined,
      response: { size: KB, streamed: false, rate: undefined },
      memoryScaling: undefined,
      errorRate: 0,
      recordErrorRate: 0,
      poisonRate: 0,
      eventSources: [],
      calls: [],
      ...settings,
      async: { ...ASYNC, ...async },
    };
    return this.with({ functions: [...this.scenario.functions, fn] });
  }

  /** Poisson at `rate` per second unless told otherwise. */
  withTraffic(id: string, to: string, shape: number | TrafficShape, settings: Partial<TrafficSettings> = {}): this {
    const traffic: TrafficSettings = {
      id,
      to,
      via: 'sdk',
      invocation: 'RequestResponse',
      edgeEvent: undefined,
      shape: typeof shape === 'number' ? { kind: 'rate', rate: shape } : shape,
      spikes: [],
      arrivals: { kind: 'poisson' },
      scale: 1,
      payload: KB,
      key: undefined,
      retry: { kind: 'none' },
      timeout: undefined,
      ...settings,
    };
    return this.with({ traffic: [...this.scenario.traffic, traffic] });
  }

  withQueue(id: string, settings: Partial<QueueSettings> = {}): this {
    return this.with({ queues: [...this.scenario.queues, aQueue(id, settings)] });
  }

  /** One shard, nothing in it. */
  withStream(id: string, settings: Partial<StreamSettings> = {}): this {
    const stream: StreamSettings = {
      id,
      type: 'kinesis',
      mode: 'provisioned',
      shards: 1,
      retention: 24 * HOUR,
      consumer: 'standard',
      backlog: 0,
      backlogAge: 0,
      reshard: [],
      ...settings,
    };
    return this.with({ streams: [...this.scenario.streams, stream] });
  }

  withTopic(id: string, subscribers: TopicSettings['subscribers'], settings: Partial<TopicSettings> = {}): this {
    const topic: TopicSettings = { id, type: 'sns', service: 'custom', subscribers, ...settings };
    return this.with({ topics: [...this.scenario.topics, topic] });
  }

  /** Answers after `latency`, to any number of callers, without connections. */
  withDependency(id: string, latency: DistributionSpec | Micros, settings: Partial<DependencySettings> = {}): this {
    const dependency: DependencySettings = {
      id,
      latency: typeof latency === 'number' ? constant(latency) : latency,
      maxConcurrency: undefined,
      queueTimeout: undefined,
      charge: 'none',
      maxConnections: undefined,
      connection: undefined,
      outages: [],
      ...settings,
    };
    return this.with({ dependencies: [...this.scenario.dependencies, dependency] });
  }

  withThresholds(...thresholds: ThresholdSettings[]): this {
    return this.with({ thresholds: [...this.scenario.thresholds, ...thresholds] });
  }

  build(): Scenario {
    return this.scenario;
  }

  private with(changes: Partial<Scenario>): this {
    this.scenario = { ...this.scenario, ...changes };
    return this;
  }
}

export function aScenario(): ScenarioBuilder {
  return new ScenarioBuilder();
}
