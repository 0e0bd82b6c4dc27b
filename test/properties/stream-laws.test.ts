/** Laws of every run with streams, on 200 random scenarios. The number of a scenario is its seed. */
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/results/run-result.js';
import type { Scenario } from '../../src/scenario/types.js';
import { simulate } from '../../src/study/simulate.js';
import { breachesIn } from '../support/law-runs.js';
import { randomStreamScenario } from '../support/random-stream-scenario.js';

interface Run {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly result: RunResult;
}

const runs: readonly Run[] = Array.from({ length: 200 }, (_, i) => {
  const scenario = randomStreamScenario(i + 1);
  return { seed: i + 1, scenario, result: simulate(scenario) };
});

const broken = breachesIn(runs);

const consumersOf = ({ result }: Run) =>
  Object.entries(result.streams).flatMap(([stream, { consumers }]) =>
    Object.entries(consumers).map(([fn, figures]) => ({ stream, fn, figures })),
  );

describe('in 200 random scenarios of streams', () => {
  it('something of everything happens', () => {
    const all = runs.flatMap(consumersOf).map(({ figures }) => figures);
    const often = (list: readonly unknown[]) => list.length >= 5;
    expect({
      processed: often(all.filter(({ processed }) => processed > 0)),
      discarded: often(all.filter(({ discarded }) => discarded > 0)),
      expired: often(all.filter(({ expired }) => expired > 0)),
      waiting: often(all.filter(({ waiting }) => waiting > 0)),
      retries: often(all.filter(({ retries }) => retries > 0)),
      rejected: often(
        runs.flatMap(({ result }) => Object.values(result.streams).filter(({ rejected }) => rejected > 0)),
      ),
      handedOver: often(runs.filter(({ result }) => result.queues.failures!.sent > 0)),
      throttled: often(runs.filter(({ result }) => result.account.throttles > 0)),
    }).toEqual({
      processed: true,
      discarded: true,
      expired: true,
      waiting: true,
      retries: true,
      rejected: true,
      handedOver: true,
      throttled: true,
    });
  });

  it('records = processed + discarded + expired + waiting, for every consumer and for the stream', () => {
    expect(
      broken(function* (run) {
        const streams = Object.entries(run.result.streams).map(([fn, figures]) => ({ stream: fn, fn: '', figures }));
        for (const { stream, fn, figures } of [...consumersOf(run), ...streams]) {
          const { records, processed, discarded, expired, waiting } = figures;
          const accounted = processed + discarded + expired + waiting;
          if (records !== accounted) yield `${stream} ${fn}: ${records}, accounted for ${accounted}`;
          if (waiting < 0) yield `${stream} ${fn}: ${waiting} wait`;
        }
      }),
    ).toEqual([]);
  });

  it('whoever reads from the beginning is there to be read by everything that was not rejected', () => {
    expect(
      broken(function* ({ scenario, result }) {
        if (scenario.run.warmUp > 0) return;
        for (const { id, backlog } of scenario.streams) {
          const { rejected, consumers } = result.streams[id]!;
          const written = scenario.traffic.filter(({ to }) => to === id);
          const offered = written.reduce((sum, traffic) => sum + result.traffic[traffic.id]!.offered, 0);
          const failed = written.reduce((sum, traffic) => sum + result.traffic[traffic.id]!.failed, 0);
          if (failed !== rejected) yield `${id}: ${rejected} rejected, ${failed} failed`;
          for (const fn of scenario.functions) {
            const mapping = fn.eventSources.find((one) => one.kind === 'stream' && one.stream === id);
            if (mapping?.kind !== 'stream' || mapping.startingPosition !== 'TRIM_HORIZON') continue;
            const { records } = consumers[fn.id]!;
            if (records !== offered - rejected + backlog) yield `${id} ${fn.id}: ${records} of ${offered}`;
          }
        }
      }),
    ).toEqual([]);
  });

  it('every invocation is a batch or a retry, and no more run at once than lanes allow', () => {
    expect(
      broken(function* (run) {
        for (const { id, eventSources } of run.scenario.functions) {
          const { invocations, concurrency } = run.result.functions[id]!;
          const own = consumersOf(run).filter(({ fn }) => fn === id);
          const sent = own.reduce((sum, { figures }) => sum + figures.batches + figures.retries, 0);
          if (invocations !== sent) yield `${id}: ${invocations} invocations, ${sent} sent`;
          const onDemand = run.scenario.streams.some(({ mode }) => mode === 'on-demand');
          const lanes = eventSources.reduce((sum, mapping) => {
            const stream = run.scenario.streams.find((one) => mapping.kind === 'stream' && one.id === mapping.stream)!;
            // Parents and children of a change may be read at once, though not those of one key.
            const shards = [stream.shards, ...stream.reshard.map(({ shards: count }) => count)];
            return (
              sum + shards.reduce((a, b) => a + b, 0) * (mapping.kind === 'stream' ? mapping.parallelizationFactor : 0)
            );
          }, 0);
          if (!onDemand && concurrency.max > lanes) yield `${id}: ${concurrency.max} at once on ${lanes} lanes`;
        }
      }),
    ).toEqual([]);
  });

  it('the same seed gives the same figures', () => {
    for (const { scenario, result } of runs.slice(0, 20)) {
      expect(JSON.stringify(simulate(scenario))).toBe(JSON.stringify(result));
    }
  });
});
