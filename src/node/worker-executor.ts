/** Replications on worker threads. */
import { Piscina } from 'piscina';
import { LimitError } from '../engine/errors.js';
import type { RunResult } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';
import type { ReplicationAnswer } from './replication-task.js';
import { RunFault } from './run-fault.js';

export interface WorkerExecutor {
  /** Resolves in whatever order the threads finish; rejects with LimitError or RunFault. */
  run(replication: number): Promise<RunResult>;
  /** Ends the threads, whatever they are doing. */
  close(): Promise<void>;
}

/** `threads` of them, at least 1, started as they are needed. */
export function workerExecutor(scenario: Scenario, threads: number, maxEvents: number): WorkerExecutor {
  const pool = new Piscina({
    // True of the source and of the bundle: each lies one folder below the folder that holds node/.
    filename: new URL('../node/worker.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    atomics: 'disabled',
  });
  return {
    async run(replication) {
      const answer: ReplicationAnswer = await pool.run(
        { scenario, replication, maxEvents },
        { name: 'runReplication' },
      );
      switch (answer.kind) {
        case 'result':
          return answer.result;
        case 'limit':
          throw new LimitError(answer.message, answer.hint);
        case 'fault':
          throw new RunFault(
            answer.message,
            scenario.run.seed,
            replication,
            answer.simulatedMicros,
            answer.events,
            answer.origin,
          );
      }
    },
    close: () => pool.destroy(),
  };
}
