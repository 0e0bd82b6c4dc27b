/** The settings of what functions send to and call: queues, streams, topics and dependencies. */
import type { z } from 'zod';
import { count, distribution, duration, number, rate, share, word, words } from './forms.js';
import { eitherOf, listOf, section } from './section.js';
import { DEPENDENCY_CHARGES } from './types.js';

export const queueSchema = section('A queue.', {
  type: word({ sentence: 'fifo keeps the order of message groups.' }, ['standard', 'fifo']).prefault('standard'),
  visibilityTimeout: duration({
    sentence: 'How long a message that was received stays invisible.',
    rule: 'sqs-queue-limits',
  }).optional(),
  retention: duration({
    sentence: 'Age at which a message is gone.',
    rule: 'sqs-queue-limits',
  }).optional(),
  maxReceiveCount: count({
    sentence: 'Receives after which a message goes to the dead-letter queue.',
    rule: 'sqs-queue-limits',
  }).optional(),
  deadLetterQueue: words(
    { sentence: 'Where messages go that were received too often.' },
    'the id of a queue',
  ).optional(),
  backlog: count(
    { sentence: 'Messages of 1 KB that are sent at time 0.' },
    { minimum: 0, maximum: 1_000_000_000 },
  ).prefault(0),
  duplicateRate: share({ sentence: 'Share of messages that are delivered twice.' }).prefault('0%'),
  redrive: listOf(
    'Times at which messages are moved on to another queue.',
    section('One move.', {
      at: duration({ sentence: 'When it begins.' }).prefault('0s'),
      to: words({ sentence: 'Where the messages go.' }, 'the id of a queue'),
      rate: rate({ sentence: 'Messages a second.', rule: 'sqs-redrive' }).optional(),
    }),
  ).optional(),
});

export const streamSchema = section('A stream.', {
  type: word({ sentence: 'Kinesis Data Streams, or the stream of a DynamoDB table.' }, [
    'kinesis',
    'dynamodb',
  ]).prefault('kinesis'),
  mode: word({ sentence: 'on-demand: the number of shards follows the traffic.', rule: 'stream-throughput' }, [
    'provisioned',
    'on-demand',
  ]).prefault('provisioned'),
  shards: count(
    { sentence: 'Shards at the start.', rule: 'stream-throughput' },
    { minimum: 1, maximum: 10_000 },
  ).optional(),
  retention: duration({ sentence: 'How long a record is kept.', rule: 'stream-retention' }).optional(),
  consumer: word(
    { sentence: 'enhanced-fan-out pushes records to each function at a rate of its own.', rule: 'stream-polling' },
    ['standard', 'enhanced-fan-out'],
  ).prefault('standard'),
  backlog: count({ sentence: 'Records of before the start.' }, { minimum: 0, maximum: 1e9 }).prefault(0),
  backlogAge: duration({ sentence: 'Age of the oldest of them; the others lie evenly between.' }).prefault('0s'),
  reshard: listOf(
    'Changes of the number of shards.',
    section('One change.', {
      at: duration({ sentence: 'When.' }),
      shards: count({ sentence: 'Shards from then on.' }, { minimum: 1, maximum: 10_000 }),
    }),
  ).optional(),
});

const subscriberId = () => words({ sentence: 'Id of the subscriber.' }, 'the id of a function, queue, stream or topic');

export const topicSchema = section('A topic: every record goes to every subscriber whose filter it passes.', {
  type: word({ sentence: 'An SNS topic or an EventBridge bus.' }, ['sns', 'eventbridge']).prefault('sns'),
  service: word({ sentence: 'Who publishes on a bus: events of AWS services are free.' }, ['aws', 'custom']).prefault(
    'custom',
  ),
  subscribers: listOf(
    'Who gets the records.',
    eitherOf('A subscriber.', [
      subscriberId(),
      section('A subscriber with a filter.', {
        to: subscriberId(),
        filter: share({ sentence: 'Share of the records that pass.' }).prefault('100%'),
      }),
    ]),
  ).optional(),
});

export const dependencySchema = section('A service that functions call and wait for.', {
  latency: distribution({ sentence: 'Time of one call, waiting apart.' }),
  maxConcurrency: count({ sentence: 'Calls it works on at once; others wait in line.' }, { minimum: 1 }).optional(),
  queueTimeout: duration({ sentence: 'How long a call waits in line before it fails.' }, { above: 0 }).optional(),
  charge: word({ sentence: 'What a call costs.', rule: 'messaging-charge' }, DEPENDENCY_CHARGES).prefault('none'),
  maxConnections: count(
    { sentence: 'Connections it accepts; one more fails, and the invocation with it.' },
    { minimum: 1 },
  ).optional(),
  connection: section('The connection that a call needs.', {
    time: distribution({ sentence: 'Time to open it.' }).prefault('0ms'),
    per: word({ sentence: 'Who opens one and holds it to its own end.' }, ['environment', 'invocation']).prefault(
      'environment',
    ),
  }).optional(),
  outages: listOf(
    'Times when it fails or is slow.',
    section('One outage.', {
      at: duration({ sentence: 'When it begins.' }),
      for: duration({ sentence: 'How long it lasts.' }, { above: 0 }),
      effect: word({ sentence: 'errors: calls fail at once; hang: no answer before its end; slow: by factor.' }, [
        'errors',
        'hang',
        'slow',
      ]).prefault('errors'),
      factor: number({ sentence: 'Factor on the latency while it is slow.' }, { above: 0, maximum: 1e6 }).optional(),
    }),
  ).optional(),
});

export type QueueInput = z.output<typeof queueSchema>;
export type StreamInput = z.output<typeof streamSchema>;
export type TopicInput = z.output<typeof topicSchema>;
export type DependencyInput = z.output<typeof dependencySchema>;
