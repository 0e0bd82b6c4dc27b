/** Laws of queues, on 300 random scenarios. The number of a scenario is its seed. */
import { describe, expect, it } from 'vitest';
import { breachesIn, lawRuns, sumOf } from '../support/law-runs.js';
import { randomQueues } from '../support/random-queues.js';

const runs = lawRuns(300, randomQueues, 2_000_000);
const broken = breachesIn(runs);

describe('in random scenarios of queues', () => {
  it('something of everything happens', () => {
    const queues = runs.map(({ result }) => result.queues.orders!);
    const dead = runs.map(({ result }) => result.queues.dead!);
    const workers = runs.map(({ result }) => result.functions.worker!);
    const often = (list: readonly unknown[]) => list.length >= 5;
    expect({
      deleted: often(queues.filter((one) => one.deleted > 0)),
      expired: often(queues.filter((one) => one.expired > 0)),
      deadLettered: often(queues.filter((one) => one.deadLettered > 0)),
      redriven: often(dead.filter((one) => one.redriven > 0)),
      buried: often(dead.filter((one) => one.deleted > 0)),
      duplicates: often(queues.filter((one) => one.duplicates > 0)),
      visible: often(queues.filter((one) => one.visible > 0)),
      inFlight: often(queues.filter((one) => one.inFlight > 0)),
      empty: often(queues.filter((one) => one.emptyReceives > 0)),
      errors: often(workers.filter((one) => one.errors > 0)),
      throttles: often(workers.filter((one) => one.throttles > 0)),
      serviceErrors: often(workers.filter((one) => one.serviceErrors > 0)),
    }).toEqual({
      deleted: true,
      expired: true,
      deadLettered: true,
      redriven: true,
      buried: true,
      duplicates: true,
      visible: true,
      inFlight: true,
      empty: true,
      errors: true,
      throttles: true,
      serviceErrors: true,
    });
  });

  it('every message that was sent is deleted, expired, a dead letter, redriven, visible or in flight', () => {
    const breaches = broken(function* ({ result }) {
      for (const [id, queue] of Object.entries(result.queues)) {
        const { sent, deleted, expired, deadLettered, redriven, visible, inFlight } = queue;
        const found = deleted + expired + deadLettered + redriven + visible + inFlight;
        if (found !== sent) yield `${id}: ${found} of ${sent}`;
        if (visible < 0 || inFlight < 0) yield `${id}: ${visible} visible, ${inFlight} in flight`;
      }
    });
    expect(breaches).toEqual([]);
  });

  it('what one queue hands over another has got', () => {
    const breaches = broken(function* ({ scenario, result }) {
      if (scenario.run.warmUp > 0) return;
      const { orders, dead } = result.queues;
      if (orders!.deadLettered !== dead!.sent) yield `${orders!.deadLettered} dead letters, ${dead!.sent} arrived`;
      const own = result.traffic.web!.succeeded + scenario.queues[0]!.backlog;
      if (own + dead!.redriven !== orders!.sent) yield `${own} sent, ${dead!.redriven} redriven, ${orders!.sent} there`;
    });
    expect(breaches).toEqual([]);
  });

  it('limits hold: concurrency, messages in flight, pollers', () => {
    const breaches = broken(function* ({ scenario, result, rows, breaches: found }) {
      yield* found;
      const limits = scenario.rules['sqs-queue-limits'];
      const limit = Number(limits?.[scenario.queues[0]!.type === 'fifo' ? 'inFlightFifo' : 'inFlight'] ?? 120_000);
      const most = (resource: string, metric: string) =>
        Math.max(
          0,
          ...rows.filter((one) => one.resource === resource && one.metric === metric).map((one) => one.value),
        );
      const inFlight = most('queues.orders', 'ApproximateNumberOfMessagesNotVisible');
      if (inFlight > limit) yield `${inFlight} in flight, ${limit} allowed`;
      const [source] = scenario.functions[0]!.eventSources;
      const allowed = source?.kind === 'queue' ? source.maximumConcurrency : undefined;
      const each = source?.kind === 'queue' && source.provisionedPollers !== undefined ? 10 : 1;
      const concurrency = most('mappings.worker.orders', 'ConcurrentExecutions');
      if (allowed !== undefined && concurrency > allowed) yield `${concurrency} batches at once, ${allowed} allowed`;
      // The bucket in which a warm-up ends holds what came before it too.
      if (scenario.run.warmUp === 0 && concurrency > each * result.queues.orders!.pollers.max)
        yield 'more batches than pollers';
    });
    expect(breaches).toEqual([]);
  });

  it('the timeline adds up to the totals, and the charges to the bill', () => {
    const breaches = broken(function* ({ scenario, result, rows }) {
      const { sent, received, deleted, emptyReceives } = result.queues.orders!;
      const claims = {
        NumberOfMessagesSent: sent,
        NumberOfMessagesReceived: received,
        NumberOfMessagesDeleted: deleted,
        NumberOfEmptyReceives: emptyReceives,
      };
      for (const [metric, total] of Object.entries(claims)) {
        const found = sumOf(rows, 'queues.orders', metric);
        // The bucket in which a warm-up ends holds what came before it too.
        if (scenario.run.warmUp === 0 && found !== total) yield `${metric}: ${found}, not ${total}`;
      }
      const charges = sumOf(rows, 'account', 'EstimatedCharges');
      if (Math.abs(charges - result.bill.total) > 1e-9 * Math.max(1, result.bill.total)) yield `charges ${charges}`;
    });
    expect(breaches).toEqual([]);
  });
});
