/** Assertions that stay on in production: they guard the edges of a loop, not its inside. */
import { InvariantError } from './errors.js';

/** Stops the run when the program broke its own rule; `what` says what should have been true. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new InvariantError(what);
}
