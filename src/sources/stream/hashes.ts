/**
 * Where a record belongs, from nothing but its own numbers: the place of its partition key in the hash range of the stream
 * (AWS uses MD5), its lane in a shard, and its own luck, which is the same on every try.
 */

/** Spreads 32 bits evenly (the finalizer of MurmurHash3), from 0 to 2^32 - 1. */
export function hashOf(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** From 0 up to 1, as partition keys lie in the hash range. */
export function placeOf(key: number): number {
  return hashOf(key) / 0x1_0000_0000;
}

/** One of `lanes`, independent of the place in the hash range. */
export function laneOf(key: number, lanes: number): number {
  return hashOf(key ^ 0x5bd1e995) % lanes;
}

/** Above 0 and below 1, the same for the same record and salt. */
export function luckOf(salt: number, shard: number, sequence: number): number {
  const low = hashOf((sequence % 0x1_0000_0000) ^ salt);
  return (hashOf(low + Math.imul(shard, 0x9e3779b1) + Math.floor(sequence / 0x1_0000_0000)) + 0.5) / 0x1_0000_0000;
}
