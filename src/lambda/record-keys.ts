/** Keys of records: numbered from 0, drawn by Zipf's law (share of key k proportional to 1 / (k + 1)^skew). */
import type { Stream } from '../engine/random-streams.js';
import type { KeySettings } from '../scenario/types.js';
import { NONE } from './ids.js';

export class RecordKeys {
  /** Cumulative shares, rising to 1. */
  private readonly upTo: Float64Array;

  constructor(
    { count, skew }: KeySettings,
    private readonly stream: Stream,
  ) {
    this.upTo = new Float64Array(count);
    let sum = 0;
    for (let key = 0; key < count; key++) {
      sum += (key + 1) ** -skew;
      this.upTo[key] = sum;
    }
    for (let key = 0; key < count; key++) this.upTo[key] /= sum;
  }

  /** By binary search: the first key whose cumulative share is above the draw. */
  next(): number {
    const draw = this.stream.uniform();
    let low = 0;
    let high = this.upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.upTo[middle] > draw) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The key of each record: drawn, or NONE where every record has one of its own. */
export function keysOf(settings: KeySettings | undefined, stream: () => Stream): () => number {
  if (settings === undefined) return () => NONE;
  const keys = new RecordKeys(settings, stream());
  return () => keys.next();
}
