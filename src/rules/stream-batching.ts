/**
 * Rule     A batch of stream records is sent when it is full, when its window is over, or when it would pass the payload of a synchronous request (rule payload-limits). A tumbling window ends with an invocation of its own.
 * Numbers  Batch 100 unless set, at most 10,000, of DynamoDB 1,000 until 2020-12-15. Window at most 300 s, tumbling window at most 900 s, both in steps of 1 s. A tumbling window is taken for over 120 s after its end when nothing more comes.
 * Era      Windows since 2019-09-10 and tumbling windows since 2020-12-15 (src/rules/feature-dates.ts).
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis" and "with Amazon DynamoDB" (2023); AWS Lambda API Reference, "CreateEventSourceMapping", for the steps; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface StreamBatching {
  readonly batch: number;
  readonly batchMaximum: number;
  readonly batchMaximumDynamodb: number;
  readonly windowMaximum: Micros;
  readonly tumblingMaximum: Micros;
  /** Both windows are multiples of it. */
  readonly step: Micros;
  /** Time after its end at which a window is over though nothing newer has come. */
  readonly tumblingWait: Micros;
}

const SOURCE = 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis"';

const always = {
  batch: 100,
  batchMaximum: 10_000,
  windowMaximum: 300 * SECOND,
  tumblingMaximum: 900 * SECOND,
  step: 1 * SECOND,
  tumblingWait: 120 * SECOND,
};

export const streamBatching: Rule<StreamBatching> = {
  name: 'stream-batching',
  statement: 'A batch of stream records is sent when it is full, when its window is over, or at the payload limit.',
  assumes:
    'The day of the larger DynamoDB batch. When a tumbling window is over though nothing newer has come. The window begins when a free lane has a first record. What is around a record in the event is not counted in the payload.',
  fields: {
    batch: 'count',
    batchMaximum: 'count',
    batchMaximumDynamodb: 'count',
    windowMaximum: 'duration',
    tumblingMaximum: 'duration',
    step: 'duration',
    tumblingWait: 'duration',
  },
  versions: [
    {
      from: '2020-12-15',
      value: { ...always, batchMaximumDynamodb: 10_000 },
      certainty: 'documented',
      assumed: ['day', 'tumblingWait'],
      source: SOURCE,
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { ...always, batchMaximumDynamodb: 1_000 },
      certainty: 'documented',
      assumed: ['tumblingWait'],
      source: SOURCE,
      read: '2026-11-21',
    },
  ],
};
