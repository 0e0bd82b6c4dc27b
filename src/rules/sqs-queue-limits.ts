/**
 * Rule     A queue has ranges for its settings, and a most of messages that may be in flight.
 * Numbers  Visibility timeout up to 12 h, 30 s by default. Retention 60 s to 14 days (336 h), 4 days (96 h) by default. Both in steps of 1 s. Receive count before redrive 1 to 1,000. In flight: standard 120,000; FIFO 20,000 until November 2024, then 120,000.
 * Era      Two versions.
 * Source   Amazon SQS Developer Guide, "Amazon SQS message quotas" and "Amazon SQS FIFO queue quotas"; Amazon SQS API Reference, "ChangeMessageVisibility", for the visibility timeout; AWS What's New, FIFO in-flight limit (2024); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { HOUR, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SqsQueueLimits {
  readonly visibility: Micros;
  readonly maximumVisibility: Micros;
  readonly retention: Micros;
  readonly minimumRetention: Micros;
  readonly maximumRetention: Micros;
  /** Visibility timeout and retention are multiples of it. */
  readonly step: Micros;
  readonly maximumReceiveCount: number;
  readonly inFlight: number;
  readonly inFlightFifo: number;
}

const always = {
  visibility: 30 * SECOND,
  maximumVisibility: 12 * HOUR,
  retention: 96 * HOUR,
  minimumRetention: 60 * SECOND,
  maximumRetention: 336 * HOUR,
  step: 1 * SECOND,
  maximumReceiveCount: 1_000,
  inFlight: 120_000,
};

/** Those from memory. */
const unread = ['retention', 'minimumRetention', 'maximumRetention', 'maximumReceiveCount'] as const;

export const sqsQueueLimits: Rule<SqsQueueLimits> = {
  name: 'sqs-queue-limits',
  statement: 'A queue has ranges for its settings, and a most of messages that may be in flight.',
  assumes:
    'The day in November 2024, the range and default of retention, and the greatest receive count, from memory. Over the limit of a standard queue a receive returns nothing.',
  fields: {
    visibility: 'duration',
    step: 'duration',
    maximumVisibility: 'duration',
    retention: 'duration',
    minimumRetention: 'duration',
    maximumRetention: 'duration',
    maximumReceiveCount: 'count',
    inFlight: 'count',
    inFlightFifo: 'count',
  },
  versions: [
    {
      from: '2024-11-14',
      value: { ...always, inFlightFifo: 120_000 },
      certainty: 'documented',
      assumed: ['day', ...unread],
      source: 'Amazon SQS Developer Guide, "Amazon SQS FIFO queue quotas"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { ...always, inFlightFifo: 20_000 },
      certainty: 'documented',
      assumed: unread,
      source: 'Amazon SQS Developer Guide, "Amazon SQS message quotas"',
      read: '2026-11-21',
    },
  ],
};
