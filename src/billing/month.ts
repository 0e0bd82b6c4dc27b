/** A month: usage of a run made as long as one, what the month to date has used up, and who gets the free units. */
import { HOURS_PER_MONTH } from '../engine/units.js';
import type { BillableUsage } from './meters.js';

/** Usage of `simulatedHours` as if it went on for 730 hours. */
export function monthOf(usage: readonly BillableUsage[], simulatedHours: number): BillableUsage[] {
  const factor = HOURS_PER_MONTH / simulatedHours;
  return usage.map(({ billed, streamedGb, snapStart, ...rest }) => ({
    ...rest,
    billed: {
      requests: billed.requests * factor,
      durationMs: billed.durationMs * factor,
      gbSeconds: billed.gbSeconds * factor,
      provisionedDurationGbSeconds: billed.provisionedDurationGbSeconds * factor,
      provisionedGbSeconds: billed.provisionedGbSeconds * factor,
      storageGbSeconds: billed.storageGbSeconds * factor,
    },
    streamedGb: streamedGb === undefined ? undefined : streamedGb * factor,
    snapStart:
      snapStart === undefined
        ? undefined
        : { cacheGbSeconds: snapStart.cacheGbSeconds * factor, restoredGb: snapStart.restoredGb * factor },
  }));
}

/** How the free units of one kind fall on the month to date and on what follows. */
export interface FreeUnits {
  /** Share of the month to date that was paid, between 0 and 1. */
  readonly paidToDate: number;
  /** The free part of a quantity that belongs to the usage. */
  of(quantity: number): number;
}

/**
 * The month to date takes its free units first; the rest goes to the usage, in proportion, so that two architectures share
 * it by their use. AWS does not publish the split; at most 1.33 USD a month depend on it.
 */
export function freeUnits(free: number, toDate: number, usage: number): FreeUnits {
  const left = Math.max(0, free - toDate);
  return {
    paidToDate: toDate === 0 ? 1 : Math.max(0, toDate - free) / toDate,
    of: (quantity) => (left >= usage ? quantity : (quantity * left) / usage),
  };
}
