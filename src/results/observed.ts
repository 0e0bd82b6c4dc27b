/** What every recorder of a run reads: the clock, the table of invocations, and the window that counts. */
import type { EventLoop } from '../engine/event-loop.js';
import type { Micros } from '../engine/units.js';
import type { Invocations } from '../lambda/invocations.js';

export interface Observed {
  readonly loop: EventLoop;
  readonly invocations: Invocations;
  /** What begins before is not counted. */
  readonly warmUp: Micros;
  /** End of the run. */
  readonly until: Micros;
}
