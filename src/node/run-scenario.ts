/**
 * All replications of a scenario, in order, whatever the number of threads. The first runs in this thread: a report
 * shows its timeline, and with one replication no thread has to start. Figures do not depend on the number of threads.
 */
import type { Recorder } from '../lambda/recorder.js';
import type { RunResult } from '../results/run-result.js';
import type { Timeline } from '../results/timeline.js';
import type { Scenario } from '../scenario/types.js';
import { type Evidence, evidenceOf } from '../study/evidence.js';
import { type Precision, precisionOf } from '../study/precision.js';
import { Simulation } from '../study/simulation.js';
import { toldReplication } from '../study/told-replication.js';
import { runFault } from './run-fault.js';
import { runInSlices } from './run-in-slices.js';

export interface RunOptions {
  /** Threads that may be used, this one included; at least 1. */
  readonly threads?: number;
  readonly maxEvents: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Hear every fact of the first replication. */
  readonly recorders?: readonly Recorder[];
}

/** How far the runs are. Events are those of this thread, all its replications together. */
export interface RunProgress {
  readonly nowMicros: number;
  readonly untilMicros: number;
  readonly events: number;
  readonly replicationsDone: number;
  readonly replications: number;
  /** Of the replications that are done. */
  readonly precision?: Precision | undefined;
}

export interface ScenarioRuns {
  readonly runs: readonly RunResult[];
  /** Of the first replication. */
  readonly timeline: Timeline | undefined;
  /** When things happened in the replication that findings tell of. */
  readonly evidence: Evidence | undefined;
}

/** Throws RunFault, LimitError, or the signal's reason. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<ScenarioRuns> {
  const { onProgress, maxEvents } = options;
  const { replications, seed } = scenario.run;
  const stop = stopSignal(options.signal);
  const runs: RunResult[] = new Array(replications);
  let timeline: Timeline | undefined;
  let evidence: Evidence | undefined;
  /** The replication whose evidence is kept: the first, and when all are over the one that findings tell of. */
  let told = 0;
  let replicationsDone = 0;
  let precision: Precision | undefined;
  let eventsBefore = 0;
  let next = 0;

  const runHere = async (replication: number): Promise<RunResult> => {
    const isFirst = replication === 0;
    const isTold = replication === told;
    const recorders = isFirst ? options.recorders : undefined;
    const simulation = new Simulation(scenario, { replication, maxEvents, timeline: isTold, recorders });
    try {
      await runInSlices(simulation, stop.signal, () =>
        onProgress?.({
          nowMicros: simulation.now,
          untilMicros: simulation.until,
          events: eventsBefore + simulation.events,
          replicationsDone,
          replications,
          precision,
        }),
      );
      if (isFirst) timeline = simulation.timeline;
      if (isTold) evidence = evidenceOf(simulation);
      eventsBefore += simulation.events;
      return simulation.result();
    } catch (error) {
      throw stop.signal.aborted ? error : runFault(error, simulation, seed, replication);
    }
  };

  /** Takes one replication after the other until none is left; as many of these as threads. */
  const lane = async (run: (replication: number) => Promise<RunResult>): Promise<void> => {
    while (next < replications && !stop.signal.aborted) {
      const replication = next++;
      runs[replication] = await run(replication);
      replicationsDone += 1;
      if (onProgress !== undefined)
        precision = precisionOf(
          scenario,
          runs.filter((each) => each !== undefined),
        );
    }
  };

  const others = Math.min(options.threads ?? 1, replications) - 1;
  const executor =
    others > 0 ? (await import('./worker-executor.js')).workerExecutor(scenario, others, maxEvents) : undefined;
  try {
    const lanes = [lane(runHere)];
    if (executor !== undefined) for (let each = 0; each < others; each++) lanes.push(lane(executor.run));
    await Promise.race([Promise.all(lanes), stop.aborted]);
    told = toldReplication(scenario, runs);
    // Of one that went by nothing but its figures is left; it is the same when it runs again.
    if (told > 0) await Promise.race([runHere(told), stop.aborted]);
    return { runs, timeline, evidence };
  } finally {
    stop.now();
    await executor?.close();
  }
}

/** Aborts with the caller's signal, or when one lane failed and the others have to end. */
function stopSignal(caller: AbortSignal | undefined) {
  const controller = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  // The race may be over by then.
  aborted.catch(() => {});
  const pass = () => controller.abort(caller?.reason);
  if (caller?.aborted) pass();
  caller?.addEventListener('abort', pass, { once: true });
  return {
    signal: controller.signal,
    aborted,
    now() {
      caller?.removeEventListener('abort', pass);
      controller.abort();
    },
  };
}
