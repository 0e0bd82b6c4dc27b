/** Chains of events that come back to a function that they have passed: after how many hops, and at how many Lambda stops them. */
import { recursionDetection } from '../rules/recursion-detection.js';
import type { World } from './world.js';

/** Hops are counted up to here, in eight bits of what is kept of an event or a message. */
export const MOST_HOPS = 255;

export interface Recursion {
  /** Hops of one round; 0 where no chain comes back. */
  readonly round: number;
  /** Hops at which a chain has come back too often; Infinity where Lambda stops none. */
  readonly hopLimit: number;
}

/** Of the function `id`. */
export function recursionOf(id: string, { rounds, rules }: World): Recursion {
  const round = rounds.get(id);
  if (round === undefined) return { round: 0, hopLimit: Number.POSITIVE_INFINITY };
  const detection = rules.value(recursionDetection);
  const hopLimit = detection.enabled ? Math.min(MOST_HOPS, detection.rounds * round) : Number.POSITIVE_INFINITY;
  return { round, hopLimit };
}
