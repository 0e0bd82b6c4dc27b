/** What a list shows when it has more than there is room for. */

/** Up to `most` of them, those of the highest rank, in the order they have. */
export function foremost<T>(all: readonly T[], most: number, rank: (one: T) => number): readonly T[] {
  if (all.length <= most) return all;
  const ranks = new Map(all.map((one) => [one, rank(one)]));
  const kept = new Set([...all].sort((a, b) => ranks.get(b)! - ranks.get(a)!).slice(0, most));
  return all.filter((one) => kept.has(one));
}
