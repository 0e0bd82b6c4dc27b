/**
 * What a queue knows of a message beside the instant it was sent, in the 32 bits of an integer: how often it was received,
 * what became known of it, how many functions its chain has passed, and its size as a place in a short list.
 */
import type { Bytes } from '../../engine/units.js';
import { MOST_HOPS } from '../../lambda/recursion.js';
import { NEW_CHAIN } from '../../lambda/targets.js';

/** Times received, up to 1,023: more than any maxReceiveCount. */
const RECEIVES = 0x3ff;
/** It fails on every try of a function that has such messages. */
export const POISON = 1 << 10;
/** POISON is decided. */
export const JUDGED = 1 << 11;
/** A second delivery of a message that has an end of its own. */
export const COPY = 1 << 12;
const HOPS = 13;
const SIZE = 21;
const MOST_SIZES = 0x1ff;
/** A function has run with it, whatever came of that. */
export const TRIED = 1 << 30;
/** While in flight: it failed on this try. */
export const FAILED = 1 << 31;

export function receivesOf(facts: number): number {
  return facts & RECEIVES;
}

/** Once more received. */
export function received(facts: number): number {
  return (facts & RECEIVES) === RECEIVES ? facts : facts + 1;
}

/** Functions in a loop that its chain has passed. */
export function hopsOf(facts: number): number {
  return (facts >>> HOPS) & MOST_HOPS;
}

/** The sizes of the messages of a queue: traffic and calls have few different ones. */
export class MessageSizes {
  private readonly sizes: Bytes[] = [];
  private last = 0;

  /** The facts of a new message. Beyond 512 different sizes it counts as the nearest larger one that is known, or the largest. */
  newMessage(payload: Bytes, hops: number = NEW_CHAIN): number {
    return (this.indexOf(payload) << SIZE) | (Math.min(Math.max(NEW_CHAIN, hops), MOST_HOPS) << HOPS);
  }

  of(facts: number): Bytes {
    return this.sizes[(facts >>> SIZE) & MOST_SIZES]!;
  }

  private indexOf(payload: Bytes): number {
    const { sizes } = this;
    if (sizes[this.last] === payload) return this.last;
    let index = sizes.indexOf(payload);
    if (index < 0 && sizes.length <= MOST_SIZES) index = sizes.push(payload) - 1;
    if (index < 0) index = nearest(sizes, payload);
    this.last = index;
    return index;
  }
}

function nearest(sizes: readonly Bytes[], payload: Bytes): number {
  let best = 0;
  for (const [index, size] of sizes.entries()) {
    const chosen = sizes[best]!;
    const better = size >= payload ? chosen < payload || size < chosen : chosen < payload && size > chosen;
    if (better) best = index;
  }
  return best;
}
