/** Volume tiers: a price that falls with the quantity of the month. Plain doubles; nothing is rounded before it is printed. */

export interface Tier {
  /** The quantity of the month at which this price ends; infinite for the last. */
  readonly upTo: number;
  /** For one unit. */
  readonly usd: number;
}

/** USD for `quantity` units that follow on `before` units of the same month. Tiers rise and the last has no end. */
export function tieredCost(tiers: readonly Tier[], before: number, quantity: number): number {
  let usd = 0;
  let from = before;
  const end = before + quantity;
  for (const tier of tiers) {
    if (from >= end) break;
    const to = Math.min(end, tier.upTo);
    if (to <= from) continue;
    // One tier for all of it: the quantity itself, not a difference of large numbers.
    usd += (from === before && to === end ? quantity : to - from) * tier.usd;
    from = to;
  }
  return usd;
}
