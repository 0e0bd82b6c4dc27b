/** The seed of a run, which a library's user may give as anything. */
import { UsageError } from '../engine/errors.js';
import { shown } from '../scenario/quantities/reading.js';

/** Throws a UsageError for what is neither text nor a whole number that is kept exactly. */
export function checkSeed(seed: unknown): void {
  if (typeof seed === 'string' || Number.isSafeInteger(seed)) return;
  throw new UsageError(`seed must be a whole number or text, not ${shown(seed)}`, 'such as 1');
}
