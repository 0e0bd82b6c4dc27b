/** A recorder of a user's own, written with the public names alone. */
import { describe, expect, it } from 'vitest';
import {
  type Attempt,
  attemptIn,
  type FunctionId,
  type InvocationId,
  type ObservedRun,
  parseScenario,
  Recorder,
  type Scenario,
  simulate,
} from '../../src/index.js';

/** Everything that became of requests, and when invocations began. */
class Diary extends Recorder {
  readonly attempts: Attempt[] = [];
  readonly starts: { fn: string; at: number; start: string | undefined }[] = [];
  environments = 0;
  private run!: ObservedRun;

  override begin(run: ObservedRun): void {
    this.run = run;
  }

  override opened(): void {
    // The run is known even for the environments that exist at time 0.
    if (this.run.clock.now >= 0) this.environments++;
  }

  override started(fn: FunctionId, invocation: InvocationId): void {
    const { start } = attemptIn(this.run.invocations, invocation);
    this.starts.push({ fn: this.run.scenario.functions[fn]!.id, at: this.run.clock.now, start });
  }

  override finished(rows: Int32Array, count: number): void {
    for (const row of rows.subarray(0, count)) this.attempts.push(attemptIn(this.run.invocations, row));
  }
}

function scenarioOf(text: string): Scenario {
  const { scenario, problems } = parseScenario(text);
  expect(problems).toEqual([]);
  return scenario!;
}

describe('a recorder of a user', () => {
  const text = `
functions:
  api: { memory: 1GB, duration: { p50: 80ms, p99: 900ms }, init: 300ms, reservedConcurrency: 4, errorRate: 5%, timeout: 1s }
  slow: { memory: 1GB, duration: { exponential: { mean: 20s } }, init: 12s, timeout: 60s, initialEnvironments: 2 }
traffic:
  web: { to: api, rate: 30/s }
  page: { to: slow, rate: 10/min, via: rest-api }
run: { duration: 20m, seed: 7 }
`;
  const diary = new Diary();
  const run = simulate(scenarioOf(text), { recorders: [diary] });
  const count = (of: (attempt: Attempt) => boolean) => diary.attempts.filter(of).length;

  it('changes no figure of the run', () => {
    expect(run).toEqual(simulate(scenarioOf(text)));
  });

  it('finds in the attempts what the results count', () => {
    const figures = (fn: number) => ({
      invocations: count((one) => one.fn === fn && one.startedAt !== undefined),
      errors: count((one) => one.fn === fn && (one.outcome === 'functionError' || one.outcome === 'functionTimeout')),
      timeouts: count((one) => one.fn === fn && one.outcome === 'functionTimeout'),
      throttles: count((one) => one.fn === fn && one.outcome === 'throttled'),
      coldStarts: count((one) => one.fn === fn && (one.start === 'cold' || one.start === 'coldRerun')),
    });
    const { api, slow } = run.functions;
    expect([figures(0), figures(1)]).toMatchObject([
      { invocations: api!.invocations, throttles: api!.throttles, coldStarts: api!.coldStarts },
      { invocations: slow!.invocations, throttles: slow!.throttles, coldStarts: slow!.coldStarts },
    ]);
    expect(figures(0)).toMatchObject({ errors: api!.errors, timeouts: api!.timeouts });
    expect(Math.min(api!.throttles, api!.errors, api!.timeouts, slow!.coldStarts)).toBeGreaterThan(0);
    expect(diary.environments).toBe(api!.environments.created + slow!.environments.created);
  });

  it('knows why an attempt was throttled, and only then', () => {
    const reasons = new Set(diary.attempts.map(({ outcome, throttleReason }) => `${outcome}: ${throttleReason}`));
    expect([...reasons].filter((reason) => !reason.endsWith(': undefined'))).toEqual([
      'throttled: ReservedFunctionConcurrentInvocationLimitExceeded',
    ]);
    expect(reasons).not.toContain('throttled: undefined');
  });

  it('sees the latency of every request that succeeded, to the microsecond', () => {
    for (const [source, { latency }] of [run.traffic.web!, run.traffic.page!].entries()) {
      const seen = diary.attempts
        .filter((one) => one.source === source && one.answer === 'ok')
        .map((one) => (one.answeredAt! - one.arrivedAt) / 1000);
      expect({ count: seen.length, min: Math.min(...seen), max: Math.max(...seen) }).toEqual({
        count: latency.count,
        min: latency.min,
        max: latency.max,
      });
    }
  });

  it('sees a client that gave up beside the invocation that goes on', () => {
    // Whoever still waits at the end of the run has no answer.
    const clients = diary.attempts.filter((one) => one.fn === undefined && one.answer !== undefined);
    expect(clients.length).toBe(run.traffic.page!.timedOut);
    expect(clients.length).toBeGreaterThan(0);
    expect(new Set(clients.map((one) => `${one.outcome} ${one.answer} ${one.startedAt}`))).toEqual(
      new Set(['callerTimeout callerTimeout undefined']),
    );
  });

  it('tells an init that kept its limit from one that was repeated inside the duration', () => {
    const [rerun] = diary.attempts.filter((one) => one.start === 'coldRerun');
    expect(rerun).toMatchObject({ fn: 1, initDuration: undefined, hiddenInit: 12_000_000 });
    const colds = diary.attempts.filter((one) => one.start === 'cold');
    expect(new Set(colds.map((one) => `${one.initDuration} ${one.hiddenInit}`))).toEqual(new Set(['300000 0']));
  });

  it('hears each start at its instant', () => {
    const starts = diary.starts.map(({ at, start }) => `${at} ${start}`).sort();
    const rows = diary.attempts.filter((one) => one.startedAt !== undefined);
    expect(starts).toEqual(rows.map((one) => `${one.startedAt} ${one.start}`).sort());
  });
});
