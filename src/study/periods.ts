/** When something went on, put together from the buckets of the timeline in which it did. */
import type { Micros } from '../engine/units.js';
import type { RunSettings } from '../scenario/types.js';

export interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

/** From the first to the last time, with the stretches between. */
export interface Held extends Span {
  /** Of all buckets in which it happened. */
  readonly time: Micros;
  /** In order, at least one. Gaps too short to be seen are closed, so that a long run has few. */
  readonly spans: readonly Span[];
}

/** Of the run: what no picture shows. */
const UNSEEN = 1 / 200;

/** Cut at `bounds`; undefined where it never happened. */
export function heldIn(
  { warmUp, duration, timeline: width }: RunSettings,
  happened: (bucket: number) => boolean,
  bounds: Span = { from: warmUp, to: duration },
): Held | undefined {
  const spans: { from: Micros; to: Micros }[] = [];
  let time = 0;
  const last = Math.ceil(duration / width) - 1;
  for (let bucket = Math.floor(warmUp / width); bucket <= last; bucket++) {
    if (!happened(bucket)) continue;
    const to = Math.min(bounds.to, duration, (bucket + 1) * width);
    // What began in it was over in a later one.
    if (to <= bounds.from) continue;
    const from = Math.min(to, Math.max(bounds.from, bucket * width));
    time += to - from;
    const before = spans.at(-1);
    if (before !== undefined && from - before.to <= UNSEEN * duration) before.to = to;
    else spans.push({ from, to });
  }
  const [first] = spans;
  return first && { from: first.from, to: spans.at(-1)!.to, time, spans };
}
