/** When a shard is hot, for findings and for reports. */

/** Times its part of the writes. */
const HOT = 1.5;

/** Of a shard with `part` of all writes to so many shards. */
export function isHot(part: number, shards: number): boolean {
  return part > HOT / shards;
}
