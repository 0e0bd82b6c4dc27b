/** Random scenarios of queues: errors, throttles, short visibility, dead letters, redrive, duplicates and filters, small enough that hundreds run in seconds. */
import { randomStreams } from '../../src/engine/random-streams.js';
import { HOUR, KB, MB, MINUTE, SECOND } from '../../src/engine/units.js';
import type { QueueMappingSettings, Scenario } from '../../src/scenario/types.js';
import { aCall, aQueue, aScenario, constant, reads } from './a-scenario.js';

const DAYS = ['2018-06-01', '2019-12-31', '2021-06-01', '2023-11-26', '2024-12-01', '2026-11-21'];

export function randomQueues(seed: number): Scenario {
  const stream = randomStreams(seed).named('random queues');
  const chance = (share: number) => stream.uniform() < share;
  const of = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)]!;
  const log = (low: number, high: number) => Math.round(low * (high / low) ** stream.uniform());

  const asOf = of(DAYS);
  const fifo = asOf >= '2019-11-19' && chance(0.4);
  const type = fifo ? 'fifo' : 'standard';
  const duration = log(MINUTE, HOUR);
  const visibilityTimeout = log(SECOND, 2 * MINUTE);
  const handler = log(10_000, visibilityTimeout);
  const windows = !fifo && asOf >= '2020-12-01' && chance(0.4);
  const provisioned = asOf >= '2025-11-14' && chance(0.3);
  const mapping = (queue: string): QueueMappingSettings =>
    reads(queue, {
      batchSize: windows && chance(0.5) ? log(11, 500) : log(1, 10),
      maximumBatchingWindow: windows ? of([1, 5, 30]) * SECOND : 0,
      filter: of([1, 1, 0.6]),
      reportBatchItemFailures: chance(0.5),
      maximumConcurrency: !provisioned && asOf >= '2023-01-12' && chance(0.3) ? log(2, 20) : undefined,
      provisionedPollers: provisioned ? { minimum: 2, maximum: of([2, 5]) } : undefined,
    });
  const rate = log(1, 4_000) / (duration / SECOND);
  const scenario = aScenario()
    .asOf(asOf)
    .run({ duration, seed, warmUp: chance(0.3) ? Math.floor(duration / 3) : 0, timeline: of([SECOND, MINUTE]) })
    .account({
      concurrencyLimit: of([110, 1000]),
      otherConcurrency: chance(0.3)
        ? [
            { at: 0, amount: 0 },
            { at: Math.floor(duration / 3), amount: 109 },
            { at: Math.floor(duration / 2), amount: 0 },
          ]
        : [{ at: 0, amount: 0 }],
      outages: chance(0.2)
        ? [{ at: Math.floor(duration / 4), for: Math.floor(duration / 4), share: of([0.5, 1]) }]
        : [],
    })
    .rules({
      ...(chance(0.4) ? { 'sqs-polling': { receive: 0, delete: 0 } } : {}),
      ...(chance(0.3) ? { 'sqs-queue-limits': { inFlight: log(5, 100), inFlightFifo: log(5, 100) } } : {}),
      ...(chance(0.3) ? { 'fifo-message-groups': { horizon: log(2, 200) } } : {}),
    })
    .withQueue('orders', {
      type,
      visibilityTimeout,
      retention: of([MINUTE, 5 * MINUTE, 96 * HOUR]),
      backlog: of([0, 0, log(1, 3_000)]),
      duplicateRate: fifo ? 0 : of([0, 0, 0.1]),
      ...(chance(0.7) ? { maxReceiveCount: log(1, 6), deadLetterQueue: 'dead' } : {}),
    })
    .withQueue('dead', {
      type,
      visibilityTimeout,
      retention: of([2 * MINUTE, 96 * HOUR]),
      redrive: chance(0.5) ? [{ at: Math.floor(duration / 2), to: 'orders', rate: log(1, 500) }] : [],
    })
    .withFunction('worker', {
      timeout: Math.max(SECOND, Math.min(visibilityTimeout, of([SECOND, visibilityTimeout]))),
      duration: chance(0.5) ? constant(handler) : { kind: 'exponential', mean: handler },
      durationPerRecord: chance(0.3) ? { kind: 'exponential', mean: 1_000 } : undefined,
      errorRate: of([0, 0, 0.05, 0.5]),
      recordErrorRate: of([0, 0, 0.1]),
      poisonRate: of([0, 0, 0.02]),
      reservedConcurrency: chance(0.3) ? of([0, 1, 3, 8]) : undefined,
      eventSources: [mapping('orders')],
      calls: chance(0.2) ? [aCall('others', { probability: 0.5 })] : [],
    })
    .withFunction('undertaker', {
      timeout: Math.max(SECOND, Math.min(visibilityTimeout, 3 * SECOND)),
      duration: { kind: 'exponential', mean: 200_000 },
      errorRate: of([0, 0.3]),
      eventSources: chance(0.4) ? [mapping('dead')] : [],
    })
    .withTraffic(
      'web',
      'orders',
      chance(0.3) ? { kind: 'burst', at: Math.floor(duration / 5), count: log(1, 4_000) } : { kind: 'rate', rate },
      {
        via: 'sdk',
        invocation: 'Event',
        payload: of([KB, 100 * KB, 256 * KB]),
        key: fifo && chance(0.8) ? { count: log(1, 100), skew: of([0, 1.2]) } : undefined,
      },
    );
  const built = scenario.build();
  const others = aQueue('others');
  const isLate = asOf >= '2025-08-04' && chance(0.3);
  return {
    ...built,
    queues: [...built.queues, others],
    traffic: isLate ? built.traffic.map((one) => ({ ...one, payload: MB })) : built.traffic,
  };
}
