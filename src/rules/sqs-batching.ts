/**
 * Rule     A batch of a queue holds so many messages at most; with a window it may gather longer and hold more.
 * Numbers  Default 10 messages. At most 10 until November 2020, then 10,000 with a window of at least 1 s and 10 without; window at most 300 s, in steps of 1 s. FIFO at most 10. A receive returns at most 10. A message in a batch brings 512 bytes beside its own.
 * Era      A window, and batches above 10, from 2020-12-01; FIFO queues never have a window.
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2019, 2021, 2023); AWS Lambda API Reference, "CreateEventSourceMapping", for the steps; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SqsBatching {
  /** Default batch size. */
  readonly size: number;
  readonly maximum: number;
  readonly maximumWithoutWindow: number;
  readonly maximumFifo: number;
  /** Least window of a batch above `maximumWithoutWindow`. */
  readonly leastWindow: Micros;
  readonly maximumWindow: Micros;
  /** The window is a multiple of it. */
  readonly step: Micros;
  /** Most messages of one receive. */
  readonly receive: number;
  /** Metadata of a message in the payload of its batch. */
  readonly metadata: Bytes;
}

const always = {
  size: 10,
  maximumWithoutWindow: 10,
  maximumFifo: 10,
  leastWindow: 1 * SECOND,
  step: 1 * SECOND,
  receive: 10,
  metadata: 512,
};

export const sqsBatching: Rule<SqsBatching> = {
  name: 'sqs-batching',
  statement: 'A batch of a queue closes when it is full, when its window is over, or at the payload limit.',
  assumes:
    'The day in the winter of 2020. The bytes of metadata are those of the example event in the guide, rounded up.',
  fields: {
    size: 'count',
    maximum: 'count',
    maximumWithoutWindow: 'count',
    maximumFifo: 'count',
    leastWindow: 'duration',
    maximumWindow: 'duration',
    step: 'duration',
    receive: 'count',
    metadata: 'size',
  },
  versions: [
    {
      from: '2020-12-01',
      value: { ...always, maximum: 10_000, maximumWindow: 300 * SECOND },
      certainty: 'documented',
      assumed: ['day', 'metadata'],
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2021, 2023)',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { ...always, maximum: 10, maximumWindow: 0 },
      certainty: 'documented',
      assumed: ['metadata'],
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2019)',
      read: '2026-11-21',
    },
  ],
};
