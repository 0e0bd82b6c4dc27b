/** A fault inside a run, with what is needed to have it again. Exit code 70. */
import { LimitError } from '../engine/errors.js';
import { duration } from '../engine/format.js';
import type { Simulation } from '../study/simulation.js';

export class RunFault extends Error {
  override readonly name = 'RunFault';
  constructor(
    message: string,
    readonly seed: number | string,
    readonly replication: number,
    readonly simulatedMicros: number,
    readonly events: number,
    /** The stack of the fault itself, for `--debug`. */
    readonly origin: string,
  ) {
    super(message);
  }

  /** `seed 1, replication 0, simulated time 2 min 5 s (125000001 us), after 4711 events` */
  get place(): string {
    const time = `${duration(this.simulatedMicros / 1000)} (${this.simulatedMicros} us)`;
    return `seed ${this.seed}, replication ${this.replication}, simulated time ${time}, after ${this.events} events`;
  }
}

/** What `error`, thrown out of `simulation`, is to the user: a limit that was reached stays one, anything else is a fault. */
export function runFault(error: unknown, simulation: Simulation, seed: number | string, replication: number): Error {
  if (error instanceof LimitError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const origin = error instanceof Error ? (error.stack ?? '') : '';
  return new RunFault(message, seed, replication, simulation.now, simulation.events, origin);
}
