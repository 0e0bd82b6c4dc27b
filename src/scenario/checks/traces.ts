/** Recorded traffic that is longer than the run: what of it is left out, and the duration that replays all. */
import { MINUTE, type Micros, SECOND } from '../../engine/units.js';
import { durationText } from '../quantities/duration.js';
import { numberText } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Scenario, TrafficShape } from '../types.js';

export function checkTraces({ traffic, run }: Scenario, context: Context): void {
  for (const { id, shape } of traffic) {
    const cut = cutOff(shape, run.duration);
    if (cut === undefined) continue;
    const path = ['traffic', id, 'trace'];
    const line = context.lineOf(path);
    const where = line === undefined ? '' : ` (line ${line})`;
    context.warn(
      `traffic.${id}.trace${where}: the run ends after ${durationText(run.duration)} and leaves out ${cut.what}; run.duration ${durationText(cut.whole)} replays all`,
    );
  }
}

interface CutOff {
  /** How many of how many. */
  readonly what: string;
  /** The run that leaves out nothing. */
  readonly whole: Micros;
}

function cutOff(shape: TrafficShape, duration: Micros): CutOff | undefined {
  if (shape.kind === 'trace-instants') {
    const { instants } = shape;
    const late = instants.filter((at) => at >= duration).length;
    const last = instants[instants.length - 1] ?? 0;
    // What comes at the end of a run does not come.
    return late === 0 ? undefined : { what: ofAll(late, instants.length, 'instants'), whole: above(last) };
  }
  if (shape.kind !== 'trace-counts') return undefined;
  const { counts, every } = shape;
  const whole = counts.length * every;
  const fitting = Math.floor(duration / every);
  if (counts.slice(fitting).every((count) => count === 0)) return undefined;
  const buckets = ofAll(counts.length - fitting, counts.length, `buckets of ${durationText(every)}`);
  return { what: duration % every === 0 ? buckets : `${buckets}, the first of them in part`, whole };
}

function ofAll(some: number, all: number, things: string): string {
  return `${numberText(some)} of ${numberText(all)} ${things}`;
}

/** The next full minute, within the first minute the next full second. */
function above(at: Micros): Micros {
  const step = at < MINUTE ? SECOND : MINUTE;
  return (Math.floor(at / step) + 1) * step;
}
