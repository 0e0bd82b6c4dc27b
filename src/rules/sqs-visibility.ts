/**
 * Rule     A message that was received is invisible for the visibility timeout of its queue; where window and function timeout together are longer, Lambda asks for more.
 * Numbers  Then window plus timeout plus 30 s. Advice: a visibility timeout of 6 times the function timeout, and 5 receives before a message goes to the dead-letter queue.
 * Era      The same since the first day covered; windows since 2020-12-01.
 * Source   AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS" (2019, 2023); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SqsVisibility {
  /** Added to window and timeout. */
  readonly margin: Micros;
  /** Advised times of the function timeout. */
  readonly advisedTimeouts: number;
  /** Advised receives before redrive. */
  readonly advisedReceives: number;
}

export const sqsVisibility: Rule<SqsVisibility> = {
  name: 'sqs-visibility',
  statement:
    'A message that was received is invisible for the visibility timeout of its queue, or longer with a window.',
  assumes:
    'Messages that are visible again are received before younger ones. A batch that ends well after its messages have become visible deletes none of them: they are processed again.',
  fields: { margin: 'duration', advisedTimeouts: 'count', advisedReceives: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: { margin: 30 * SECOND, advisedTimeouts: 6, advisedReceives: 5 },
      certainty: 'documented',
      source: 'AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SQS"',
      read: '2026-11-21',
    },
  ],
};

/** How long the messages of a mapping stay invisible. */
export function effectiveVisibility(
  { margin }: SqsVisibility,
  visibilityTimeout: Micros,
  window: Micros,
  functionTimeout: Micros,
): Micros {
  const needed = window + functionTimeout;
  return window > 0 && needed > visibilityTimeout ? needed + margin : visibilityTimeout;
}
