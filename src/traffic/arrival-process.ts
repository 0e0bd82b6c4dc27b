/** When requests arrive. An open-loop process knows nothing of what receives them; closed-loop users live with the source that answers them. */
import type { Micros } from '../engine/units.js';

/** When a run begins and how long it takes. */
export interface RunSpan {
  readonly duration: Micros;
  /** Milliseconds since 1970 UTC. */
  readonly startEpochMs: number;
}

export interface ArrivalProcess {
  /**
   * Writes the next arrival instants (whole microseconds, never falling) into `out` from index 0 and returns how many:
   * at most `out.length`, and 0 once nothing arrives any more. The instants do not depend on the block size.
   */
  fill(out: Float64Array): number;
}
