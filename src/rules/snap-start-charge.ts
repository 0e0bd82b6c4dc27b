/**
 * Rule     SnapStart of Python and .NET is billed for keeping the snapshot of each published version and for each restore; on Java it is free.
 * Numbers  The snapshot is billed for at least 10,800 s (3 h).
 * Era      Java only, free, until 2024-11-17; Python and .NET, paid, since 2024-11-18.
 * Source   AWS Lambda pricing page; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface SnapStartCharge {
  /** Beginnings of the runtimes that pay nothing. */
  readonly freeFamilies: readonly string[];
  /** Shortest billed life of a snapshot. */
  readonly minimumCache: Micros;
}

export const snapStartCharge: Rule<SnapStartCharge> = {
  name: 'snap-start-charge',
  statement: 'SnapStart costs cache time and restores on Python and .NET, nothing on Java.',
  assumes:
    'The day, which is from memory. One version of a function is published. A run that ends keeps its snapshot to the end.',
  fields: { freeFamilies: 'table', minimumCache: 'duration' },
  notYet: ['minimumCache'],
  versions: [
    {
      from: '2022-11-28',
      value: { freeFamilies: ['java'], minimumCache: 10_800 * SECOND },
      certainty: 'documented',
      assumed: ['day'],
      source: 'AWS Lambda pricing page',
      read: '2026-11-21',
    },
  ],
};

/** Whether SnapStart of a runtime is free. A function without a runtime counts as a paying one. */
export function isSnapStartFree(value: SnapStartCharge, runtime: string | undefined): boolean {
  return value.freeFamilies.some((family) => runtime?.startsWith(family) === true);
}

/** Billed GB-seconds of cache for one version of a memory size in MB that lived for `life`. */
export function snapStartCacheGbSeconds(value: SnapStartCharge, memory: number, life: Micros): number {
  return (memory / 1024) * (Math.max(value.minimumCache, life) / SECOND);
}
