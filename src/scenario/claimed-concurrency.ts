/** What functions take of the account's concurrency whether they use it or not. */
import type { LambdaFunctionSettings } from './types.js';

/** A reservation holds what is provisioned inside it. */
export function claimedConcurrency(functions: readonly LambdaFunctionSettings[]): number {
  return functions.reduce((sum, fn) => sum + (fn.reservedConcurrency ?? fn.provisionedConcurrency), 0);
}
