/** The entry of a worker thread: one replication a task. */
import { LimitError } from '../engine/errors.js';
import { Simulation } from '../study/simulation.js';
import type { ReplicationAnswer, ReplicationTask } from './replication-task.js';
import { type RunFault, runFault } from './run-fault.js';

const EVENTS_A_SLICE = 10_000_000;

export function runReplication({ scenario, replication, maxEvents }: ReplicationTask): ReplicationAnswer {
  const simulation = new Simulation(scenario, { replication, maxEvents });
  try {
    while (!simulation.advance(EVENTS_A_SLICE));
    return { kind: 'result', result: simulation.result() };
  } catch (error) {
    const failure = runFault(error, simulation, scenario.run.seed, replication);
    if (failure instanceof LimitError) return { kind: 'limit', message: failure.message, hint: failure.hint };
    const { message, simulatedMicros, events, origin } = failure as RunFault;
    return { kind: 'fault', message, simulatedMicros, events, origin };
  }
}
