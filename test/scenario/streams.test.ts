/** Every problem of a stream and its readers, once: what is written, and the line that the user reads. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { streamMapping } from '../support/a-scenario.js';

function text(mapping: string, stream = '{}', top = ''): string {
  return `${top}functions:
  worker: { duration: 50ms, eventSources: [{ stream: clicks, ${mapping} }] }
streams:
  clicks: ${stream}
queues: { failures: {}, ordered: { type: fifo } }
topics: { bus: { type: eventbridge } }
traffic:
  web: { to: clicks, rate: 10/s }
`;
}

const problemsOf = (yaml: string) =>
  parseScenario(yaml).problems.map(
    ({ code, line, column, path, message, hint }) => `${code}  ${line}:${column}  ${path}  ${message}  (${hint})`,
  );

const AT = 'functions.worker.eventSources[0]';

const ROWS: readonly (readonly [string, string, string])[] = [
  [
    'parallelizationFactor above 10',
    text('parallelizationFactor: 11'),
    `above-maximum  2:85  ${AT}.parallelizationFactor  11 batches of a shard are above the maximum of 10 (rule stream-parallelization)  (use at most 10)`,
  ],
  [
    'a batch above 10,000',
    text('batchSize: 10001'),
    `above-maximum  2:73  ${AT}.batchSize  10001 records in a batch are above the maximum of 10000 (rule stream-batching)  (use at most 10000)`,
  ],
  [
    'a window above 300 s',
    text('maximumBatchingWindow: 301s'),
    `above-maximum  2:85  ${AT}.maximumBatchingWindow  5m1s is above the maximum of 5m (rule stream-batching)  (use 0s to 5m)`,
  ],
  [
    'an age below 60 s',
    text('maximumRecordAge: 59s'),
    `below-minimum  2:80  ${AT}.maximumRecordAge  59s is below the minimum of 1m (rule stream-error-handling)  (use 1m to 7d)`,
  ],
  [
    'an age above 7 days',
    text('maximumRecordAge: 8d'),
    `above-maximum  2:80  ${AT}.maximumRecordAge  8d is above the maximum of 7d (rule stream-error-handling)  (use 1m to 7d)`,
  ],
  [
    'too many retries',
    text('maximumRetryAttempts: 10001'),
    `above-maximum  2:84  ${AT}.maximumRetryAttempts  10001 retries are above the maximum of 10000 (rule stream-error-handling)  (use at most 10000)`,
  ],
  [
    'fewer retries than -1',
    text('maximumRetryAttempts: -2'),
    `below-minimum  2:84  ${AT}.maximumRetryAttempts  -2 is below the minimum of -1  (use -1 or more)`,
  ],
  [
    'a tumbling window above 15 minutes',
    text('tumblingWindow: 16m'),
    `above-maximum  2:78  ${AT}.tumblingWindow  16m is above the maximum of 15m (rule stream-batching)  (use 0s to 15m)`,
  ],
  [
    'a window of a part of a second',
    text('maximumBatchingWindow: 500ms'),
    `not-whole  2:85  ${AT}.maximumBatchingWindow  500ms is not a multiple of 1s (rule stream-batching)  (write 1s)`,
  ],
  [
    'a tumbling window of a part of a second',
    text('tumblingWindow: 1m1500ms'),
    `not-whole  2:78  ${AT}.tumblingWindow  1m1.5s is not a multiple of 1s (rule stream-batching)  (write 1m2s)`,
  ],
  [
    'an age of a part of a second',
    text('maximumRecordAge: 60.5s'),
    `not-whole  2:80  ${AT}.maximumRecordAge  1m500ms is not a multiple of 1s (rule stream-error-handling)  (write 1m1s)`,
  ],
  [
    'a retention of a part of an hour',
    text('batchSize: 10', '{ retention: 25h30m }'),
    'not-whole  4:24  streams.clicks.retention  1d1h30m is not a multiple of 1h (rule stream-retention)  (write 1d2h)',
  ],
  [
    'more than twice as many shards at once',
    text('batchSize: 10', '{ shards: 2, reshard: [{ at: 1h, shards: 5 }] }'),
    'above-maximum  4:52  streams.clicks.reshard[0].shards  a call that leads from 2 to 5 shards is refused: it changes their number by a factor of 2 at most (rule stream-resharding)  (use 1 to 4, and go on from there in another call)',
  ],
  [
    'less than half as many shards at once, after the change before it in time',
    text('batchSize: 10', '{ shards: 4, reshard: [{ at: 2h, shards: 3 }, { at: 1h, shards: 7 }] }'),
    'below-minimum  4:52  streams.clicks.reshard[0].shards  a call that leads from 7 to 3 shards is refused: it changes their number by a factor of 2 at most (rule stream-resharding)  (use 4 to 14, and go on from there in another call)',
  ],
  [
    'only the change that is wrong where others go on from it',
    text('batchSize: 10', '{ shards: 1, reshard: [{ at: 1h, shards: 10 }, { at: 2h, shards: 2 }] }'),
    'above-maximum  4:52  streams.clicks.reshard[0].shards  a call that leads from 1 to 10 shards is refused: it changes their number by a factor of 2 at most (rule stream-resharding)  (use 1 to 2, and go on from there in another call)',
  ],
  [
    'a third change in a day while there were two',
    text(
      'batchSize: 10',
      '{ shards: 2, reshard: [{ at: 1h, shards: 4 }, { at: 2h, shards: 8 }, { at: 24h, shards: 16 }] }',
      'asOf: 2020-06-01\nrun: { duration: 2d }\n',
    ),
    'above-maximum  6:86  streams.clicks.reshard[2].at  call 3 within 1d is refused: there are 2 at most (rule stream-resharding)  (begin at 1d1h)',
  ],
  [
    'a stream that does not exist',
    text('batchSize: 10').replace('stream: clicks', 'stream: clikcs'),
    `unknown-id  2:54  ${AT}.stream  there is no stream clikcs  (did you mean clicks?)`,
  ],
  [
    'the same stream twice',
    text('batchSize: 10 }, { stream: clicks'),
    'duplicate-id  2:89  functions.worker.eventSources[1].stream  worker reads clicks already  (a function reads a stream once: keep one of the entries)',
  ],
  [
    'a setting of a queue',
    text('maximumConcurrency: 10'),
    `no-effect  2:82  ${AT}.maximumConcurrency  maximumConcurrency belongs to event source mappings of a queue  (remove maximumConcurrency)`,
  ],
  [
    'a destination that is a FIFO queue',
    text('onFailure: ordered'),
    `wrong-kind  2:73  ${AT}.onFailure  Lambda hands nothing of a stream over to a FIFO queue  (use a standard queue or an SNS topic)`,
  ],
  [
    'a destination that is a bus',
    text('onFailure: bus'),
    `wrong-kind  2:73  ${AT}.onFailure  Lambda hands nothing of a stream over to an event bus  (use a standard queue or an SNS topic)`,
  ],
  [
    'AT_TIMESTAMP without an instant',
    text('startingPosition: AT_TIMESTAMP'),
    `missing-setting  2:80  ${AT}.startingPosition  AT_TIMESTAMP needs startingTimestamp  (such as startingTimestamp: 1h)`,
  ],
  [
    'an instant without AT_TIMESTAMP',
    text('startingTimestamp: 1h'),
    `no-effect  2:81  ${AT}.startingTimestamp  startingTimestamp belongs to AT_TIMESTAMP  (write startingPosition: AT_TIMESTAMP, or remove it)`,
  ],
  [
    'a table read from an instant',
    text('startingPosition: AT_TIMESTAMP, startingTimestamp: 1h', '{ type: dynamodb }'),
    `no-effect  2:80  ${AT}.startingPosition  the stream of a DynamoDB table cannot be read from an instant  (use TRIM_HORIZON or LATEST)`,
  ],
  [
    'enhanced fan-out of a table',
    text('batchSize: 10', '{ type: dynamodb, consumer: enhanced-fan-out }'),
    'no-effect  4:39  streams.clicks.consumer  consumer belongs to Kinesis streams, and this is the stream of a DynamoDB table  (remove consumer)',
  ],
  [
    'a retention below a day',
    text('batchSize: 10', '{ retention: 23h }'),
    'below-minimum  4:24  streams.clicks.retention  23h is below the minimum of 1d (rule stream-retention)  (use 1d to 365d)',
  ],
  [
    'a backlog that has expired',
    text('batchSize: 10', '{ backlog: 10, backlogAge: 2d }'),
    'above-maximum  4:38  streams.clicks.backlogAge  the backlog is 2d old, and the stream keeps records for 1d  (use at most 1d)',
  ],
  [
    'resharding on demand',
    text('batchSize: 10', '{ mode: on-demand, reshard: [{ at: 1h, shards: 8 }] }'),
    'no-effect  4:30  streams.clicks.reshard  a stream on demand changes its shards itself  (remove reshard, or write mode: provisioned)',
  ],
  [
    'the mode of a DynamoDB stream, and not what it would mean',
    text('batchSize: 10', '{ type: dynamodb, mode: on-demand, reshard: [{ at: 1h, shards: 2 }] }'),
    'no-effect  4:35  streams.clicks.mode  mode belongs to Kinesis streams, and this is the stream of a DynamoDB table  (remove mode)',
  ],
  [
    'parallelization before its day',
    text('parallelizationFactor: 2', '{}', 'asOf: 2019-11-24\n'),
    `not-yet-available  3:85  ${AT}.parallelizationFactor  parallelization, bisecting, retry attempts, record age and destinations of streams came on 2019-11-25 (rule feature-dates), and asOf is 2019-11-24  (set asOf to 2019-11-25 or later, or do without it)`,
  ],
  [
    'partial responses before their day',
    text('reportBatchItemFailures: true', '{}', 'asOf: 2020-12-16\n'),
    `not-yet-available  3:87  ${AT}.reportBatchItemFailures  partial batch responses of streams came on 2020-12-17 (rule feature-dates), and asOf is 2020-12-16  (set asOf to 2020-12-17 or later, or do without it)`,
  ],
  [
    'a batch of a table before it was raised',
    text('batchSize: 1001', '{ type: dynamodb }', 'asOf: 2020-12-14\n'),
    `above-maximum  3:73  ${AT}.batchSize  1001 records in a batch are above the maximum of 1000 (rule stream-batching)  (use at most 1000)`,
  ],
];

describe('a scenario with streams', () => {
  it.each(ROWS)('refuses %s, with one located message', (_, yaml, line) => {
    expect(problemsOf(yaml)).toEqual([line]);
  });

  it('may demand something of one of its readers, and only of those', () => {
    const demand = (reader: string) =>
      `${text('batchSize: 10')}thresholds: [ p99(streams.clicks.consumers.${reader}.iteratorAge) < 10s ]`;
    expect(problemsOf(demand('worker'))).toEqual([]);
    expect(problemsOf(demand('wroker'))).toEqual([
      'unknown-id  9:15  thresholds[0]  there is no reader of clicks wroker  (did you mean worker?)',
    ]);
  });

  it('has AWS defaults', () => {
    const { scenario, problems } = parseScenario(text('batchSize: 10'));
    expect(problems).toEqual([]);
    expect(scenario!.streams).toEqual([
      {
        id: 'clicks',
        type: 'kinesis',
        mode: 'provisioned',
        shards: 1,
        retention: 86_400_000_000,
        consumer: 'standard',
        backlog: 0,
        backlogAge: 0,
        reshard: [],
      },
    ]);
    expect(scenario!.functions[0]!.eventSources).toEqual([streamMapping('clicks', { batchSize: 10 })]);
  });

  it('may change its shards as often and as far as AWS does', () => {
    const steps = [2, 4, 8, 16, 32, 16, 8, 4, 2, 1].map((shards, hour) => `{ at: ${hour}h, shards: ${shards} }`);
    expect(problemsOf(text('batchSize: 10', `{ reshard: [${steps}] }`, 'run: { duration: 1d }\n'))).toEqual([]);
    const more = `{ reshard: [${steps}, { at: 20h, shards: 2 }] }`;
    expect(problemsOf(text('batchSize: 10', more, 'run: { duration: 1d }\n'))).toHaveLength(1);
    const own = 'rules: { stream-resharding: { factor: 16, calls: 100 }, stream-batching: { step: 1ms } }\n';
    expect(problemsOf(text('maximumBatchingWindow: 10ms', '{ reshard: [{ at: 1m, shards: 16 }] }', own))).toEqual([]);
  });

  it('warns of more readers than DynamoDB serves', () => {
    const readers = (count: number, type: string) => `
functions:
${Array.from({ length: count }, (_, fn) => `  f${fn}: { duration: 1s, eventSources: [{ stream: table }] }`).join('\n')}
streams: { table: { type: ${type} } }
traffic: { web: { to: table, rate: 1/s } }
`;
    const warningsOf = (count: number, type: string) => parseScenario(readers(count, type)).scenario!.warnings;
    expect([warningsOf(2, 'dynamodb'), warningsOf(5, 'kinesis')]).toEqual([[], []]);
    expect(warningsOf(3, 'dynamodb')).toEqual([
      'streams.table: 3 functions read it, and DynamoDB may throttle the reads of more than 2 (rule stream-polling), which is not simulated: let one function pass its records on to the others',
    ]);
  });
});
