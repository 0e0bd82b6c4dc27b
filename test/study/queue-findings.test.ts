/** Findings of queues: what they say, and that turning the knob they name makes them go away. */
import { describe, expect, it } from 'vitest';
import { duration } from '../../src/engine/format.js';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/engine/units.js';
import type { Finding, RunResult } from '../../src/results/run-result.js';
import type { QueueMappingSettings, QueueSettings, Scenario } from '../../src/scenario/types.js';
import { aScenario, constant, type FunctionChanges, reads } from '../support/a-scenario.js';
import { holdEach, runOf } from '../support/finding-cases.js';

const findings = (scenario: Scenario): Finding[] => runOf(scenario).findings;

interface Changes {
  readonly queue?: Partial<QueueSettings>;
  readonly fn?: FunctionChanges;
  readonly mapping?: Partial<QueueMappingSettings>;
  readonly asOf?: string;
}

/** Two environments for what would keep twenty busy. */
function low({ queue, fn, mapping, asOf = '2026-11-21' }: Changes = {}): Scenario {
  return aScenario()
    .asOf(asOf)
    .run({ duration: HOUR })
    .withQueue('orders', { backlog: 2_000, maxReceiveCount: 3, deadLetterQueue: 'dead', ...queue })
    .withQueue('dead')
    .withFunction('worker', {
      timeout: 10 * SECOND,
      duration: constant(9 * SECOND),
      reservedConcurrency: 2,
      eventSources: [reads('orders', mapping)],
      ...fn,
    })
    .build();
}

const of = (found: readonly Finding[], limit: string) => found.find((one) => one.limit === limit);

describe('valid messages in the dead-letter queue', () => {
  it('are told with the reservation that throttled the pollers, and gone with maximumConcurrency', () => {
    const told = of(findings(low()), 'ThrottledPollers')!;
    expect(told.message).toMatch(
      /^[\d,]+ valid messages of 2,000 of orders \([\d.]+%\) went to dead and no function had run with them: its reserved concurrency of 2 throttled the pollers of worker, and each receive counts\.$/,
    );
    expect(told.knob).toBe('functions.worker.eventSources[0].maximumConcurrency');
    expect(of(findings(low({ mapping: { maximumConcurrency: 2 } })), 'ThrottledPollers')).toBeUndefined();
  });

  it('before maximumConcurrency are laid to the reservation, and gone when it is raised', () => {
    expect(of(findings(low({ asOf: '2021-06-01' })), 'ThrottledPollers')!.knob).toBe(
      'functions.worker.reservedConcurrency',
    );
    const raised = low({
      asOf: '2021-06-01',
      fn: {
        reservedConcurrency: 500,
        timeout: 10 * SECOND,
        duration: constant(9 * SECOND),
        eventSources: [reads('orders')],
      },
    });
    expect(of(findings(raised), 'ThrottledPollers')).toBeUndefined();
  });

  it('are not told where the function failed on every one', () => {
    const failing = low({
      fn: { timeout: 10 * SECOND, errorRate: 1, reservedConcurrency: undefined, eventSources: [reads('orders')] },
    });
    expect(of(findings(failing), 'ThrottledPollers')).toBeUndefined();
  });
});

describe("AWS's advice", () => {
  it('on the visibility timeout is told below six times the timeout and its window, and not at it', () => {
    const told = of(findings(low()), 'VisibilityTimeout')!;
    expect(told.message).toContain(
      'The visibility timeout of orders, 30 s, is below 6 times the timeout of its function, 1 min:',
    );
    expect(told.knob).toBe('queues.orders.visibilityTimeout');
    expect(told.message).toContain('; messages came back ');
    expect(of(findings(low({ queue: { visibilityTimeout: MINUTE } })), 'VisibilityTimeout')).toBeUndefined();
  });

  it('says how often messages came back, also where more wait than were received', () => {
    const message = (errorRate: number) => {
      const few = { errorRate, duration: constant(SECOND), reservedConcurrency: undefined };
      const scenario = low({ queue: { backlog: 20_000 }, fn: few, mapping: { batchSize: 1, maximumConcurrency: 2 } });
      return of(findings(scenario), 'VisibilityTimeout')!.message;
    };
    expect(message(0)).toMatch(/; no message has come back yet\.$/);
    expect(message(0.1)).toMatch(/; messages came back \d{3} times\.$/);
  });

  it('on maxReceiveCount is told below 5, and not at it', () => {
    const told = of(findings(low()), 'MaxReceiveCount')!;
    expect(told.message).toMatch(
      /^A message of orders is given up after 3 receives, fewer than the 5 that AWS advises, and throttled ones count: [\d,]+ messages of 2,000 went to dead\.$/,
    );
    expect(of(findings(low({ queue: { maxReceiveCount: 5 } })), 'MaxReceiveCount')).toBeUndefined();
  });

  it('on maxReceiveCount is not told where no message was given up', () => {
    const enough = low({ fn: { duration: constant(SECOND), reservedConcurrency: undefined } });
    expect(runOf(enough).run.queues.orders).toMatchObject({ deadLettered: 0, deleted: 2_000 });
    expect(of(findings(enough), 'MaxReceiveCount')).toBeUndefined();
  });
});

describe('messages that wait or are gone', () => {
  it('for the concurrency their mapping is held to, until it is raised', () => {
    const held = (maximumConcurrency: number) =>
      low({ queue: { backlog: 20_000 }, fn: { reservedConcurrency: undefined }, mapping: { maximumConcurrency } });
    const told = of(findings(held(2)), 'MaximumConcurrency')!;
    expect(told.message).toMatch(
      /^[\d,]+ messages of orders wait at the end: all 2 batches that maximumConcurrency allows were in use\.$/,
    );
    expect(of(findings(held(1000)), 'MaximumConcurrency')).toBeUndefined();
  });

  it('for its pollers, where others than the queue keep the function as busy as its mapping may', () => {
    const crowded = (mapping: Partial<QueueMappingSettings>) =>
      aScenario()
        .run({ duration: 10 * MINUTE })
        .withQueue('orders', { visibilityTimeout: 3 * MINUTE })
        .withFunction('worker', {
          timeout: 30 * SECOND,
          duration: constant(100 * MILLISECOND),
          durationPerRecord: constant(20 * SECOND),
          eventSources: [reads('orders', { batchSize: 1, ...mapping })],
        })
        .withTraffic('shop', 'orders', { kind: 'burst', at: 0, count: 45 })
        .withTraffic('web', 'worker', 600)
        .build();
    const { run, findings: found } = runOf(crowded({ maximumConcurrency: 50 }));
    expect(run.functions.worker!.concurrency.max).toBeGreaterThan(50);
    expect(of(found, 'MaximumConcurrency')).toBeUndefined();
    expect(of(found, 'PollerScaling')!.message).toMatch(/^40 messages of orders waited at once, /);
    // As many batches at once as it may have, however busy the function is.
    expect(of(findings(crowded({ maximumConcurrency: 2 })), 'MaximumConcurrency')).toBeDefined();
  });

  it('for a reservation that its pollers back off from, however few of their attempts were throttled', () => {
    const reserved = (reservedConcurrency: number) =>
      aScenario()
        .run({ duration: 20 * MINUTE })
        .withQueue('orders', { visibilityTimeout: MINUTE })
        .withFunction('worker', {
          timeout: 6 * SECOND,
          duration: constant(60 * MILLISECOND),
          reservedConcurrency,
          eventSources: [reads('orders', { maximumConcurrency: 50 })],
        })
        .withTraffic('shop', 'orders', 3000)
        .build();
    const { run, findings: found } = runOf(reserved(10));
    expect(run.functions.worker!.throttles / run.functions.worker!.invocations).toBeLessThan(0.1);
    expect(of(found, 'PollerScaling')).toBeUndefined();
    expect(found[0]).toMatchObject({ knob: 'functions.worker.reservedConcurrency', turn: 'raise' });
    expect(runOf(reserved(60)).run.queues.orders!.delay.p95).toBeLessThan(MINUTE / MILLISECOND);
  });

  it('for the window of their batch are none of the pollers', () => {
    const windowed = aScenario()
      .run({ duration: 20 * MINUTE })
      .withQueue('orders', { visibilityTimeout: 10 * MINUTE, backlog: 5000 })
      .withFunction('worker', { eventSources: [reads('orders', { batchSize: 1000, maximumBatchingWindow: MINUTE })] })
      .withTraffic('shop', 'orders', 3)
      .build();
    const { run, findings: found } = runOf(windowed);
    expect(run.queues.orders!.delay.p99).toBeGreaterThanOrEqual(60_000);
    expect(of(found, 'PollerScaling')).toBeUndefined();
  });

  it('at their retention', () => {
    const gone = low({ queue: { retention: 5 * MINUTE }, mapping: { maximumConcurrency: 2 } });
    const told = of(findings(gone), 'RetentionPeriod')!;
    expect(told.message).toMatch(/^[\d,]+ messages of 2,000 of orders reached the retention of 5 min and are gone\.$/);
    expect(of(findings(low({ mapping: { maximumConcurrency: 2 } })), 'RetentionPeriod')).toBeUndefined();
  });
});

describe('messages that came back because their function failed', () => {
  const message = (fn: FunctionChanges) =>
    of(findings(failing({ duration: constant(SECOND), errorRate: 0.05, ...fn })), 'FailedMessages')!.message;

  it('are not blamed for how long the oldest waited where throttles held all of them up', () => {
    expect(message({})).toMatch(/after the visibility timeout of 6 min, and the oldest waited .*\.$/);
    expect(message({ reservedConcurrency: 3 })).toMatch(/after the visibility timeout of 6 min\.$/);
  });
});

describe('failures', () => {
  const told = (maxReceiveCount: number) =>
    runOf(
      aScenario()
        .run({ duration: 30 * MINUTE })
        .withQueue('dead')
        .withQueue('orders', { maxReceiveCount, deadLetterQueue: 'dead' })
        .withFunction('worker', {
          errorRate: 0.3,
          timeout: 5 * SECOND,
          eventSources: [reads('orders', { batchSize: 1 })],
        })
        .withTraffic('shop', 'orders', 1)
        .build(),
    );

  it('of messages that may be received once are not tried again', () => {
    expect(of(told(1).findings, 'FailedMessages')!.message).toContain(
      ': with a maxReceiveCount of 1 none of them is tried again after the visibility timeout of 30 s',
    );
    expect(of(told(2).findings, 'FailedMessages')!.message).toContain(': those messages were tried again ');
  });

  it('keep pollers from being added, and what waits for them is laid to the failures', () => {
    const stuck = (timeout: number) =>
      aScenario()
        .run({ duration: 20 * MINUTE })
        .withQueue('orders', { visibilityTimeout: MINUTE })
        .withFunction('worker', { timeout, duration: constant(20 * SECOND), eventSources: [reads('orders')] })
        .withTraffic('shop', 'orders', 100)
        .build();
    const { message, knob, turn } = of(findings(stuck(10 * SECOND)), 'PollerScaling')!;
    expect(message).toContain(
      'worker has 5 pollers at first, and never had more than 5, for batches that fail keep more from being added: 100% of the invocations of worker failed.',
    );
    expect([knob, turn]).toEqual(['functions.worker.timeout', 'raise']);
    expect(of(findings(stuck(30 * SECOND)), 'PollerScaling')?.knob).not.toBe('functions.worker.timeout');
  });
});

describe('messages of failed batches', () => {
  it('are not why the oldest waited where a maximumConcurrency held all of them up', () => {
    const told = (maximumConcurrency: number) => {
      const mapping = { maximumConcurrency, reportBatchItemFailures: true };
      const slow = failing({ recordErrorRate: 0.02, duration: constant(10 * SECOND) }, mapping);
      return findings(slow).filter(({ resource }) => resource === 'queues.orders');
    };
    expect(told(2).map(({ limit }) => limit)).toEqual(['MaximumConcurrency', 'FailedMessages']);
    expect(told(2)[1]!.message).toMatch(/after the visibility timeout of 6 min\.$/);
    expect(of(told(1000), 'FailedMessages')!.message).toMatch(/, and the oldest waited .*\.$/);
  });

  it('come back less often when the batch reports which of them failed', () => {
    const again = (reportBatchItemFailures: boolean) => {
      const batched = { maximumBatchingWindow: 2 * SECOND, reportBatchItemFailures };
      const told = findings(failing({ recordErrorRate: 0.02 }, batched));
      return Number(
        told
          .find(({ limit }) => limit.startsWith('Failed'))!
          .message.split(' ')[0]!
          .replace(',', ''),
      );
    };
    expect(again(true)).toBeLessThan(again(false) / 3);
  });
});

describe('a backlog', () => {
  it('that is worked off before it has waited a minute is none', () => {
    const short = burst({ provisionedPollers: ready }, { duration: constant(100_000) });
    expect(runOf(short).findings.filter(({ resource }) => resource === 'queues.orders')).toEqual([]);
  });

  it('before provisioned mode is laid to the rule', () => {
    const then = { ...burst(), asOf: '2025-01-01' };
    expect(of(findings(then), 'PollerScaling')!.knob).toBe('rules.sqs-poller-scaling.perMinute');
    const faster = { ...then, rules: { 'sqs-poller-scaling': { perMinute: 100_000, first: 1000 } } };
    expect(of(findings(faster), 'PollerScaling')).toBeUndefined();
  });

  it('behind a function that is throttled for a moment is laid to the pollers all the same', () => {
    const scenario = burst();
    const taken = [
      { at: 70 * SECOND, amount: 10_000 },
      { at: 72 * SECOND, amount: 0 },
    ];
    const crowded = { ...scenario, account: { ...scenario.account, otherConcurrency: taken } };
    expect(of(findings(crowded), 'ConcurrentInvocationLimitExceeded')).toBeDefined();
    expect(of(findings(crowded), 'PollerScaling')).toBeDefined();
  });

  it('behind a function that is throttled is found there', () => {
    const throttled = findings(burst({}, { reservedConcurrency: 20 }));
    expect(of(throttled, 'PollerScaling')).toBeUndefined();
    expect(of(throttled, 'ReservedFunctionConcurrentInvocationLimitExceeded')).toBeDefined();
  });
});

/** A FIFO queue whose messages keep fifty busy when no group has more of them than another. */
function groups(skew: number): Scenario {
  return aScenario()
    .run({ duration: HOUR })
    .withQueue('orders', { type: 'fifo', visibilityTimeout: 6 * MINUTE })
    .withFunction('worker', { duration: constant(SECOND), eventSources: [reads('orders', { batchSize: 1 })] })
    .withTraffic('shop', 'orders', 20, { key: { count: 1_000, skew } })
    .build();
}

/** A FIFO queue with so many messages a second, each sent alone. */
function fast(rate: number, calls = 300): Scenario {
  return aScenario()
    .rules({ 'sqs-fifo-throughput': { calls } })
    .run({ duration: 10 * MINUTE })
    .withQueue('orders', { type: 'fifo', visibilityTimeout: MINUTE })
    .withFunction('worker', { duration: constant(MILLISECOND), eventSources: [reads('orders')] })
    .withTraffic('shop', 'orders', rate, { arrivals: { kind: 'regular' } })
    .build();
}

describe('a FIFO queue', () => {
  it('takes as many messages a second as AWS says, and counts each above', () => {
    expect(of(findings(fast(300)), 'FifoThroughput')).toBeUndefined();
    const { run, findings: found } = runOf(fast(400));
    // 300 may come at once, and 300 a second until the last, which comes 1/400 s before the end.
    const above = 240_000 - Math.floor(300 + 300 * (600 - 1 / 400));
    expect(of(found, 'FifoThroughput')!.message).toContain(
      `${above.toLocaleString('en')} messages of 240,000 of orders`,
    );
    expect(run.queues.orders!.sent).toBe(240_000);
  });
});

/** A burst that is over long before the end of the run, and more than first pollers take in a minute. */
function burst(mapping: Partial<QueueMappingSettings> = {}, fn: FunctionChanges = {}): Scenario {
  return aScenario()
    .run({ duration: HOUR })
    .account({ concurrencyLimit: 10_000 })
    .withQueue('orders', { visibilityTimeout: 6 * MINUTE })
    .withFunction('worker', {
      timeout: MINUTE,
      duration: constant(SECOND),
      eventSources: [reads('orders', { batchSize: 1, ...mapping })],
      ...fn,
    })
    .withTraffic('shop', 'orders', { kind: 'burst', at: MINUTE, count: 40_000 })
    .build();
}

/** Messages of which some fail when they are tried. */
function failing(fn: FunctionChanges, mapping: Partial<QueueMappingSettings> = {}): Scenario {
  return aScenario()
    .run({ duration: HOUR })
    .withQueue('orders', { visibilityTimeout: 6 * MINUTE })
    .withFunction('worker', { timeout: MINUTE, eventSources: [reads('orders', mapping)], ...fn })
    .withTraffic('shop', 'orders', 5)
    .build();
}

const ready = { minimum: 200, maximum: 200 };
const waited = (run: RunResult) => duration(run.queues.orders!.age.max!);

holdEach([
  {
    limit: 'FifoThroughput',
    resource: 'queues.orders',
    knob: 'rules.sqs-fifo-throughput.calls',
    has: fast(400),
    turned: fast(400, 500),
    message: () =>
      /came faster than a FIFO queue without high throughput takes, 300 calls a second, or 3,000 messages in batches of 10: here none was refused\.$/,
  },
  {
    limit: 'PollerScaling',
    resource: 'queues.orders',
    knob: 'functions.worker.eventSources[0].provisionedPollers',
    has: burst(),
    turned: burst({ provisionedPollers: ready }),
    message: (run) =>
      new RegExp(
        `^[34]\\d,\\d{3} messages of orders waited at once, the oldest for ${waited(run)}: worker has 5 pollers at first, and 300 more are added a minute while messages wait, here up to ${run.queues.orders!.pollers.max}\\.$`,
      ),
  },
  {
    limit: 'ProvisionedPollers',
    resource: 'queues.orders',
    knob: 'functions.worker.eventSources[0].provisionedPollers.maximum',
    has: burst({ provisionedPollers: { minimum: 2, maximum: 2 } }),
    turned: burst({ provisionedPollers: ready }),
    message: () => /: all 2 of its provisioned pollers were in use\.$/,
  },
  {
    limit: 'ProvisionedPollers',
    resource: 'queues.orders',
    knob: 'functions.worker.eventSources[0].provisionedPollers.minimum',
    has: burst({ provisionedPollers: { minimum: 2, maximum: 10_000 } }, { duration: constant(3 * SECOND) }),
    turned: burst({ provisionedPollers: { minimum: 200, maximum: 10_000 } }),
    message: () => /: its provisioned pollers were 2 at first, and 100 more are added a minute\.$/,
  },
  {
    limit: 'MaximumConcurrency',
    resource: 'queues.orders',
    knob: 'functions.worker.eventSources[0].maximumConcurrency',
    has: burst({ maximumConcurrency: 50 }),
    turned: burst({ maximumConcurrency: 1000 }),
    message: (run) =>
      new RegExp(
        ` waited at once, the oldest for ${waited(run)}: all 50 batches that maximumConcurrency allows were in use\\.$`,
      ),
  },
  {
    limit: 'FailedMessages',
    resource: 'queues.orders',
    knob: 'functions.worker.recordErrorRate',
    has: failing({ recordErrorRate: 0.05 }, { reportBatchItemFailures: true }),
    turned: failing({ recordErrorRate: 0 }, { reportBatchItemFailures: true }),
    message: (run) =>
      new RegExp(
        `^[\\d,]+ receives of [\\d,]+ of orders \\([45](\\.\\d+)?%\\) did not end in a delete, because 5% of its messages fail in worker on a try: those messages were tried again after the visibility timeout of 6 min, and the oldest waited ${waited(run)}\\.$`,
      ),
  },
  {
    limit: 'FailedMessages',
    resource: 'queues.orders',
    knob: 'functions.worker.poisonRate',
    has: failing({ poisonRate: 0.01 }, { reportBatchItemFailures: true }),
    turned: failing({ poisonRate: 0 }, { reportBatchItemFailures: true }),
    message: () => / because 1% of its messages are poison to worker: /,
  },
  {
    limit: 'FailedBatches',
    resource: 'queues.orders',
    knob: 'functions.worker.eventSources[0].reportBatchItemFailures',
    has: failing({ poisonRate: 0.01 }, { maximumBatchingWindow: 2 * SECOND }),
    turned: failing({ poisonRate: 0.01 }, { maximumBatchingWindow: 2 * SECOND, reportBatchItemFailures: true }),
    message: () => / because 1% of its messages are poison to worker, and each fails the whole of its batch: /,
  },
  {
    limit: 'FailedBatches',
    resource: 'queues.orders',
    knob: 'functions.worker.recordErrorRate',
    has: { ...failing({ recordErrorRate: 0.05 }), asOf: '2021-06-01' },
    turned: { ...failing({ recordErrorRate: 0 }), asOf: '2021-06-01' },
    message: () => / because 5% of its messages fail in worker on a try, and each fails the whole of its batch: /,
  },
  {
    limit: 'FailedMessages',
    resource: 'queues.orders',
    knob: 'functions.worker.errorRate',
    has: failing({ errorRate: 0.1 }),
    turned: failing({ errorRate: 0 }),
    message: () => / because (9\.\d+|10(\.\d)?)% of the invocations of worker failed: /,
  },
  {
    limit: 'FailedMessages',
    resource: 'queues.orders',
    knob: 'functions.worker.timeout',
    has: failing({ duration: { kind: 'exponential', mean: SECOND }, timeout: 2 * SECOND }),
    turned: failing({ duration: { kind: 'exponential', mean: SECOND }, timeout: MINUTE }),
    message: () => / of the invocations of worker failed: /,
  },
  {
    limit: 'MessageGroups',
    resource: 'queues.orders',
    knob: 'traffic.shop.key',
    has: groups(1.5),
    turned: groups(0),
    message: ({ queues }) =>
      new RegExp(
        `^${queues.orders!.visible.toLocaleString('en')} messages of orders wait at the end: a message group has one batch at a time, and worker never ran more than \\d+ of them at once\\.$`,
      ),
  },
]);
