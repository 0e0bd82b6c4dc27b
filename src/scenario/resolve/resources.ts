/** Queues, streams, topics and dependencies with every default in place. */
import { sqsQueueLimits } from '../../rules/sqs-queue-limits.js';
import { sqsRedrive } from '../../rules/sqs-redrive.js';
import { streamRetention } from '../../rules/stream-retention.js';
import { streamThroughput } from '../../rules/stream-throughput.js';
import type { DependencyInput, QueueInput, StreamInput, TopicInput } from '../schema-resources.js';
import { below, type Path } from '../tree.js';
import type { DependencySettings, QueueSettings, StreamSettings, TopicSettings } from '../types.js';
import type { Context } from './context.js';
import { NOTHING, withSamples } from './samples.js';

/** How many times slower a slow dependency is unless it says. */
const SLOW = 10;

export function resolveQueue(id: string, input: QueueInput, { rules }: Context): QueueSettings {
  const limits = rules.value(sqsQueueLimits);
  const { perSecond } = rules.value(sqsRedrive);
  return {
    id,
    type: input.type,
    visibilityTimeout: input.visibilityTimeout ?? limits.visibility,
    retention: input.retention ?? limits.retention,
    maxReceiveCount: input.maxReceiveCount,
    deadLetterQueue: input.deadLetterQueue,
    backlog: input.backlog,
    duplicateRate: input.duplicateRate,
    redrive: (input.redrive ?? []).map(({ at, to, rate }) => ({ at, to, rate: rate ?? perSecond })),
  };
}

export function resolveStream(id: string, input: StreamInput, context: Context): StreamSettings {
  const { type, mode, consumer, backlog, backlogAge } = input;
  const { minimum, dynamodb } = context.rules.value(streamRetention);
  const shards = mode === 'on-demand' ? context.rules.value(streamThroughput).onDemandShards : 1;
  return {
    id,
    type,
    mode,
    shards: input.shards ?? shards,
    retention: input.retention ?? (type === 'dynamodb' ? dynamodb : minimum),
    consumer,
    backlog,
    backlogAge,
    reshard: input.reshard ?? [],
  };
}

export function resolveTopic(id: string, input: TopicInput, context: Context): TopicSettings {
  if (input.type === 'sns' && context.has(['topics', id, 'service'])) {
    context.report(['topics', id, 'service'], {
      code: 'no-effect',
      message: 'service belongs to an event bus, and this is an SNS topic',
      hint: 'write type: eventbridge, or remove service',
    });
  }
  const subscribers = input.subscribers ?? [];
  return {
    id,
    type: input.type,
    service: input.service,
    subscribers: subscribers.map((one) => (typeof one === 'string' ? { to: one, filter: 1 } : one)),
  };
}

export function resolveDependency(id: string, input: DependencyInput, context: Context): DependencySettings {
  const path: Path = ['dependencies', id];
  const { connection, maxConnections, maxConcurrency, queueTimeout } = input;
  const needs = (key: string, other: string): void => {
    const fault = {
      code: 'no-effect',
      message: `${key} has no meaning without ${other}`,
      hint: `add ${other}, or remove ${key}`,
    };
    context.report([...path, key], fault, below(path, [other]));
  };
  if (maxConnections !== undefined && connection === undefined) needs('maxConnections', 'connection');
  if (queueTimeout !== undefined && maxConcurrency === undefined) needs('queueTimeout', 'maxConcurrency');
  for (const [index, { effect, factor }] of (input.outages ?? []).entries()) {
    if (factor === undefined || effect === 'slow') continue;
    const outage: Path = [...path, 'outages', index];
    const fault = {
      code: 'no-effect',
      message: 'factor belongs to effect: slow',
      hint: 'write effect: slow, or remove factor',
    };
    context.report([...outage, 'factor'], fault, below(outage, ['effect']));
  }
  return {
    id,
    latency: withSamples(input.latency, [...path, 'latency'], context) ?? NOTHING,
    maxConcurrency,
    queueTimeout,
    charge: input.charge,
    maxConnections,
    connection:
      connection === undefined
        ? undefined
        : {
            time: withSamples(connection.time, [...path, 'connection', 'time'], context) ?? NOTHING,
            per: connection.per,
          },
    outages: (input.outages ?? [])
      .map(({ factor, ...outage }) => ({ ...outage, factor: factor ?? SLOW }))
      .sort((a, b) => a.at - b.at),
  };
}
