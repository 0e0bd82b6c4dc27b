/** Every problem a queue and its mappings can have: what is written, and the line that the user reads. */
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines-of.js';

/** The queue stands on line 1, the mapping on line 4 from column 19. */
function text({ queue = '', others = '', mapping = '', top = '', timeout = '10s' } = {}): string {
  const lines = [
    `queues: { orders: { visibilityTimeout: 60s${queue} }${others} }`,
    'functions:',
    '  worker:',
    `    eventSources: [{ queue: orders${mapping} }]`,
    '    duration: 45ms',
    `    timeout: ${timeout}`,
    'traffic: { web: { to: orders, rate: 1/s } }',
    ...(top === '' ? [] : [top]),
  ];
  return `${lines.join('\n')}\n`;
}

describe('a problem of a queue', () => {
  it.each([
    [
      { mapping: ', batchSize: 11' },
      'cannot-combine  scenario.yaml:4:48  functions.worker.eventSources[0].batchSize  a batch above 10 needs a window of at least 1s (rule sqs-batching)  (add maximumBatchingWindow: 1s, or use at most 10)',
    ],
    [
      { mapping: ', batchSize: 10001, maximumBatchingWindow: 1s' },
      'above-maximum  scenario.yaml:4:48  functions.worker.eventSources[0].batchSize  a batch of 10,001 is above the 10,000 of a queue (rule sqs-batching)  (use at most 10,000)',
    ],
    [
      { mapping: ', maximumBatchingWindow: 301s' },
      'above-maximum  scenario.yaml:4:60  functions.worker.eventSources[0].maximumBatchingWindow  5m1s is above the 5m of a window (rule sqs-batching)  (use at most 5m)',
    ],
    [
      { mapping: ', maximumBatchingWindow: 300500ms' },
      'above-maximum  scenario.yaml:4:60  functions.worker.eventSources[0].maximumBatchingWindow  5m500ms is above the 5m of a window (rule sqs-batching)  (use at most 5m)',
    ],
    [
      { mapping: ', maximumBatchingWindow: 1500ms' },
      'not-whole  scenario.yaml:4:60  functions.worker.eventSources[0].maximumBatchingWindow  1.5s is not a multiple of 1s (rule sqs-batching)  (write 2s)',
    ],
    [
      { queue: ', retention: 1d1ms' },
      'not-whole  scenario.yaml:1:56  queues.orders.retention  1d1ms is not a multiple of 1s (rule sqs-queue-limits)  (write 1d1s)',
    ],
    [
      { queue: ', type: fifo', mapping: ', maximumBatchingWindow: 5s' },
      'cannot-combine  scenario.yaml:4:60  functions.worker.eventSources[0].maximumBatchingWindow  a FIFO queue has no batching window (rule sqs-batching)  (remove maximumBatchingWindow, or use type: standard)',
    ],
    [
      { queue: ', type: fifo', mapping: ', batchSize: 11' },
      'above-maximum  scenario.yaml:4:48  functions.worker.eventSources[0].batchSize  a batch of 11 is above the 10 of a FIFO queue (rule sqs-batching)  (use at most 10)',
    ],
    [
      { queue: ', type: fifo, duplicateRate: 1%' },
      'no-effect  scenario.yaml:1:72  queues.orders.duplicateRate  a FIFO queue delivers no message twice  (remove duplicateRate, or use type: standard)',
    ],
    [
      { mapping: ', maximumConcurrency: 1' },
      'below-minimum  scenario.yaml:4:57  functions.worker.eventSources[0].maximumConcurrency  1 is below the minimum of 2 (rule sqs-maximum-concurrency)  (use 2 to 1,000)',
    ],
    [
      { mapping: ', maximumConcurrency: 5, provisionedPollers: { minimum: 5 }' },
      'cannot-combine  scenario.yaml:4:60  functions.worker.eventSources[0].provisionedPollers  a mapping has provisioned pollers or a maximumConcurrency, not both (rule sqs-provisioned-pollers)  (remove one of them)',
    ],
    [
      { mapping: ', provisionedPollers: { minimum: 1 }' },
      'below-minimum  scenario.yaml:4:68  functions.worker.eventSources[0].provisionedPollers.minimum  1 is below the minimum of 2 (rule sqs-provisioned-pollers)  (use 2 to 200)',
    ],
    [
      { mapping: ', provisionedPollers: { minimum: 5, maximum: 0 }' },
      'below-minimum  scenario.yaml:4:80  functions.worker.eventSources[0].provisionedPollers.maximum  0 is below the minimum of 2 (rule sqs-provisioned-pollers)  (use 2 to 10,000)',
    ],
    [
      { mapping: ', provisionedPollers: { minimum: 20, maximum: 10 }' },
      'below-minimum  scenario.yaml:4:81  functions.worker.eventSources[0].provisionedPollers.maximum  a maximum of 10 is below the minimum of 20  (use at least 20)',
    ],
    [
      { mapping: ', onFailure: dlq' },
      'no-effect  scenario.yaml:4:48  functions.worker.eventSources[0].onFailure  onFailure belongs to event source mappings of a stream  (give the queue a deadLetterQueue and maxReceiveCount: only its own redrive works (rule sqs-redrive))',
    ],
    [
      { mapping: ', startingPosition: LATEST' },
      'no-effect  scenario.yaml:4:55  functions.worker.eventSources[0].startingPosition  startingPosition belongs to event source mappings of a stream  (remove startingPosition)',
    ],
    [
      { mapping: ' }, { queue: orders' },
      'duplicate-id  scenario.yaml:4:48  functions.worker.eventSources[1].queue  worker reads orders already  (a function has one mapping for each queue)',
    ],
    [
      { mapping: ' }, { queue: order' },
      'unknown-id  scenario.yaml:4:48  functions.worker.eventSources[1].queue  there is no queue order  (did you mean orders?)',
    ],
    [
      { mapping: ' }, { batchSize: 5' },
      'missing-setting  scenario.yaml:4:39  functions.worker.eventSources[1]  an event source is a queue or a stream  (such as { queue: orders })',
    ],
    [
      { mapping: ', stream: clicks' },
      'one-of  scenario.yaml:4:45  functions.worker.eventSources[0].stream  an event source is a queue or a stream, not both  (write two entries)',
    ],
    [
      { timeout: '100s' },
      'below-minimum  scenario.yaml:1:40  queues.orders.visibilityTimeout  a visibility timeout of 1m is below the timeout of 1m40s of worker, and AWS refuses the mapping (rule sqs-visibility)  (use at least 1m40s; AWS advises 6 times the function timeout)',
    ],
    [
      { timeout: '100s\n  other: { duration: 45ms, timeout: 80s, eventSources: [{ queue: orders }] }' },
      'below-minimum  scenario.yaml:1:40  queues.orders.visibilityTimeout  a visibility timeout of 1m is below the timeout of 1m40s of worker, and AWS refuses the mapping (rule sqs-visibility)  (use at least 1m40s; AWS advises 6 times the function timeout)',
    ],
    [
      { others: ', slow: {}', mapping: ' }, { queue: slow', timeout: '40s' },
      'below-minimum  scenario.yaml:6:14  functions.worker.timeout  a visibility timeout of 30s is below the timeout of 40s of worker, and AWS refuses the mapping (rule sqs-visibility)  (give slow a visibilityTimeout of at least 40s; AWS advises 6 times the function timeout)',
    ],
    [
      { others: ', quick: { visibilityTimeout: 500ms }', mapping: ' }, { queue: quick' },
      'below-minimum  scenario.yaml:1:75  queues.quick.visibilityTimeout  a visibility timeout of 500ms is below the timeout of 10s of worker, and AWS refuses the mapping (rule sqs-visibility)  (use at least 10s; AWS advises 6 times the function timeout)',
    ],
    [
      { queue: ', retention: 15d' },
      'above-maximum  scenario.yaml:1:56  queues.orders.retention  15d is above the maximum of 14d (rule sqs-queue-limits)  (use 1m to 14d)',
    ],
    [
      { queue: ', maxReceiveCount: 5' },
      'no-effect  scenario.yaml:1:62  queues.orders.maxReceiveCount  maxReceiveCount has no meaning without a deadLetterQueue  (add deadLetterQueue, or remove maxReceiveCount)',
    ],
    [
      { queue: ', deadLetterQueue: dlq', others: ', dlq: {}' },
      'missing-setting  scenario.yaml:1:62  queues.orders.deadLetterQueue  a deadLetterQueue needs a maxReceiveCount  (add maxReceiveCount: 5)',
    ],
    [
      { queue: ', maxReceiveCount: 5, deadLetterQueue: dql', others: ', dlq: {}' },
      'unknown-id  scenario.yaml:1:82  queues.orders.deadLetterQueue  there is no queue dql  (did you mean dlq?)',
    ],
    [
      { queue: ', maxReceiveCount: 5, deadLetterQueue: order', others: ', audit: {}' },
      'unknown-id  scenario.yaml:1:82  queues.orders.deadLetterQueue  there is no queue order  (use audit)',
    ],
    [
      {
        queue: ', type: fifo, maxReceiveCount: 5, deadLetterQueue: dlq',
        others: ', dlq: { redrive: [{ at: 1m, to: orders, rate: 5/s }] }',
      },
      'wrong-kind  scenario.yaml:1:94  queues.orders.deadLetterQueue  the dead-letter queue of a fifo queue is a fifo queue, and dlq is standard (rule sqs-redrive)  (give dlq type: fifo)',
    ],
    [
      { queue: ', maxReceiveCount: 5, deadLetterQueue: dlq', others: ', dlq: { type: fifo }' },
      'wrong-kind  scenario.yaml:1:82  queues.orders.deadLetterQueue  the dead-letter queue of a standard queue is a standard queue, and dlq is fifo (rule sqs-redrive)  (give dlq type: standard)',
    ],
    [
      { others: ', dlq: { type: fifo, redrive: [{ to: orders }] }' },
      'wrong-kind  scenario.yaml:1:82  queues.dlq.redrive[0].to  a fifo queue is redriven to a fifo queue, and orders is standard (rule sqs-redrive)  (give orders type: fifo)',
    ],
    [
      { queue: ', maxReceiveCount: 5, deadLetterQueue: orders' },
      'loop  scenario.yaml:1:82  queues.orders.deadLetterQueue  the queue redrives into itself: orders -> orders (rule sqs-redrive)  (give the messages that fail a queue of their own)',
    ],
    [
      {
        queue: ', maxReceiveCount: 5, deadLetterQueue: dlq',
        others: ', dlq: { maxReceiveCount: 5, deadLetterQueue: orders }',
      },
      'loop  scenario.yaml:1:82  queues.orders.deadLetterQueue  the queue redrives into itself: orders -> dlq -> orders (rule sqs-redrive)  (give the messages that fail a queue of their own)',
    ],
    [
      { queue: ', redrive: [{ to: orders }]' },
      'loop  scenario.yaml:1:61  queues.orders.redrive[0].to  orders would move its messages to itself (rule sqs-redrive)  (name another queue)',
    ],
    [
      { others: ', dlq: { redrive: [{ to: orders, rate: 501/s }] }' },
      'above-maximum  scenario.yaml:1:84  queues.dlq.redrive[0].rate  501/s is above the 500/s of a redrive (rule sqs-redrive)  (use at most 500/s)',
    ],
    [
      { top: 'asOf: 2019-12-31', mapping: ', batchSize: 11' },
      'not-yet-available  scenario.yaml:4:48  functions.worker.eventSources[0].batchSize  batching windows, and batches above 10, of queues came on 2020-12-01 (rule feature-dates), and asOf is 2019-12-31  (set asOf to 2020-12-01 or later, or do without it)',
    ],
    [
      { top: 'asOf: 2019-06-01', queue: ', type: fifo' },
      'not-yet-available  scenario.yaml:4:29  functions.worker.eventSources[0].queue  FIFO queues as event sources came on 2019-11-19 (rule feature-dates), and asOf is 2019-06-01  (set asOf to 2019-11-19 or later, or do without it)',
    ],
    [
      { top: 'asOf: 2019-12-31', mapping: ', maximumBatchingWindow: 1s' },
      'not-yet-available  scenario.yaml:4:60  functions.worker.eventSources[0].maximumBatchingWindow  batching windows, and batches above 10, of queues came on 2020-12-01 (rule feature-dates), and asOf is 2019-12-31  (set asOf to 2020-12-01 or later, or do without it)',
    ],
    [
      { top: 'asOf: 2021-06-01', mapping: ', reportBatchItemFailures: true' },
      'not-yet-available  scenario.yaml:4:62  functions.worker.eventSources[0].reportBatchItemFailures  partial batch responses of queues came on 2021-11-23 (rule feature-dates), and asOf is 2021-06-01  (set asOf to 2021-11-23 or later, or do without it)',
    ],
    [
      { top: 'asOf: 2021-06-01', mapping: ', filter: 35%' },
      'not-yet-available  scenario.yaml:4:45  functions.worker.eventSources[0].filter  event filtering came on 2021-11-26 (rule feature-dates), and asOf is 2021-06-01  (set asOf to 2021-11-26 or later, or do without it)',
    ],
    [
      { top: 'asOf: 2022-06-01', mapping: ', maximumConcurrency: 5' },
      'not-yet-available  scenario.yaml:4:57  functions.worker.eventSources[0].maximumConcurrency  maximumConcurrency of event source mappings came on 2023-01-12 (rule feature-dates), and asOf is 2022-06-01  (set asOf to 2023-01-12 or later, or do without it)',
    ],
    [
      { top: 'asOf: 2025-01-01', mapping: ', provisionedPollers: {}' },
      'not-yet-available  scenario.yaml:4:37  functions.worker.eventSources[0].provisionedPollers  provisioned pollers of queues came on 2025-11-14 (rule feature-dates), and asOf is 2025-01-01  (set asOf to 2025-11-14 or later, or do without it)',
    ],
  ])('%j is told in one line', (parts, line) => {
    expect(linesOf(text(parts))).toEqual([line]);
  });

  it('is none where the settings are sound', () => {
    const sound = text({
      queue: ', maxReceiveCount: 5, deadLetterQueue: dlq, backlog: 10, duplicateRate: 0.1%',
      others: ', dlq: { redrive: [{ at: 10m, to: orders }] }',
      mapping: ', batchSize: 10000, maximumBatchingWindow: 300s, filter: 35%, reportBatchItemFailures: true',
    });
    expect(linesOf(sound)).toEqual([]);
  });

  it('is none where a backlog is all that arrives', () => {
    const lines = text({ queue: ', backlog: 10' }).split('\n');
    const withoutTraffic = lines.filter((line) => !line.startsWith('traffic')).join('\n');
    expect(linesOf(withoutTraffic)).toEqual([]);
    expect(linesOf(withoutTraffic.replace('backlog: 10', 'backlog: 0'))).toEqual([
      'missing-setting  scenario.yaml:1:1  traffic  is required  (write a map of ids, or give a queue or stream a backlog)',
    ]);
  });
});
