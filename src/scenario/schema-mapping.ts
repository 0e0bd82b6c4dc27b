/** The settings of an event source mapping: what a function reads, queue or stream, and in which batches. */
import type { z } from 'zod';
import { count, duration, flag, share, word, words } from './forms.js';
import { DURATION_PATTERN, durationText, readDuration } from './quantities/duration.js';
import { read } from './quantities/reading.js';
import { section } from './section.js';
import { setting } from './setting.js';

/** -1 stands for no limit, as in AWS. */
const EVER = -1;

const recordAge = setting<number>(
  {
    sentence: 'Age at which a record of a stream is discarded; -1 is never.',
    form: 'a duration such as 1h, or -1',
    standIn: EVER,
    rule: 'stream-error-handling',
    json: { anyOf: [{ const: EVER }, { type: 'string', pattern: DURATION_PATTERN }] },
    print: (value: number) => (value === EVER ? String(EVER) : durationText(value)),
  },
  (raw) => (raw === EVER ? read(EVER) : readDuration(raw)),
);

export const mappingSchema = section('An event source mapping.', {
  queue: words({ sentence: 'The queue that is read.' }, 'the id of a queue').optional(),
  stream: words({ sentence: 'The stream that is read.' }, 'the id of a stream').optional(),
  batchSize: count({ sentence: 'Most records of one invocation.', rule: 'sqs-batching' }, { minimum: 1 }).optional(),
  maximumBatchingWindow: duration({
    sentence: 'Longest that records wait for their batch to fill.',
    rule: 'sqs-batching',
  }).prefault('0s'),
  filter: share({ sentence: 'Share of the records that pass.' }).prefault('100%'),
  reportBatchItemFailures: flag({
    sentence: 'Whether the function says which records failed, so that only those are tried again.',
  }).prefault(false),
  maximumConcurrency: count({
    sentence: 'Most batches of a queue that are processed at once.',
    rule: 'sqs-maximum-concurrency',
  }).optional(),
  provisionedPollers: section('Event pollers of a queue that are kept ready and charged by the hour.', {
    minimum: count({ sentence: 'Pollers that are always there.', rule: 'sqs-provisioned-pollers' }).optional(),
    maximum: count({ sentence: 'Pollers there may be.', rule: 'sqs-provisioned-pollers' }).optional(),
  }).optional(),
  parallelizationFactor: count(
    { sentence: 'Batches of one shard that are processed at once.', rule: 'stream-parallelization' },
    { minimum: 1 },
  ).prefault(1),
  startingPosition: word({ sentence: 'Where reading of a stream begins.' }, [
    'LATEST',
    'TRIM_HORIZON',
    'AT_TIMESTAMP',
  ]).prefault('TRIM_HORIZON'),
  startingTimestamp: duration({ sentence: 'How long before the start reading begins, with AT_TIMESTAMP.' }).optional(),
  maximumRetryAttempts: count(
    { sentence: 'Retries of a batch of a stream; -1 is without end.', rule: 'stream-error-handling' },
    { minimum: EVER },
  ).prefault(EVER),
  maximumRecordAge: recordAge.prefault(EVER),
  bisectBatchOnFunctionError: flag({
    sentence: 'Whether a batch of a stream that fails is halved.',
    rule: 'stream-error-handling',
  }).prefault(false),
  tumblingWindow: duration({
    sentence: 'Length of the windows over which a function aggregates a stream; 0s is none.',
    rule: 'stream-batching',
  }).prefault('0s'),
  onFailure: words(
    { sentence: 'Who is told of batches of a stream that were discarded.' },
    'the id of a queue or topic',
  ).optional(),
});

export type MappingInput = z.output<typeof mappingSchema>;

/** Keys that belong to one kind of source. */
export const QUEUE_KEYS = [
  'maximumConcurrency',
  'provisionedPollers',
] as const satisfies readonly (keyof MappingInput)[];
export const STREAM_KEYS = [
  'parallelizationFactor',
  'startingPosition',
  'startingTimestamp',
  'maximumRetryAttempts',
  'maximumRecordAge',
  'bisectBatchOnFunctionError',
  'tumblingWindow',
  'onFailure',
] as const satisfies readonly (keyof MappingInput)[];
