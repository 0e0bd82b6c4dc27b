/** How many requests a run will see, before it runs: for the estimate that refuses a run nobody would wait for. */
import { makeDistribution } from '../engine/distributions/registry.js';
import { MILLISECOND } from '../engine/units.js';
import type { TrafficSettings, TrafficShape } from '../scenario/types.js';
import type { RunSpan } from './arrival-process.js';
import { Carry } from './carry.js';
import { expectedIn, type RateProfile } from './rate-profile.js';
import { profileOf } from './registry.js';
import { scheduledInstants } from './schedule.js';
import { withSpikes } from './spikes.js';
import { steady } from './steady.js';

/**
 * First attempts, without retries. The exact mean for rates, the exact number for schedules, bursts and traces but for a
 * bucket that the end of the run cuts. For users an upper bound: as if every answer came at once, and nobody thought for
 * less than a millisecond on average.
 */
export function expectedArrivals(traffic: TrafficSettings, run: RunSpan): number {
  const profile = profileOf(traffic.shape, run);
  const spiked = withSpikes(profile ?? steady(0, run.duration), traffic.spikes);
  return traffic.scale * total(spiked) + (profile === undefined ? beside(traffic.shape, traffic.scale, run) : 0);
}

function total(profile: RateProfile): number {
  let sum = 0;
  for (const piece of profile) sum += expectedIn(piece);
  return sum;
}

/** Arrivals of a shape that is no rate. */
function beside(shape: TrafficShape, scale: number, run: RunSpan): number {
  switch (shape.kind) {
    case 'users': {
      const thinkTime = Math.max(MILLISECOND, makeDistribution(shape.thinkTime).mean);
      const users = Math.round(shape.count * scale);
      // Everybody begins with a request.
      return users * (1 + run.duration / thinkTime);
    }
    case 'schedule':
      return rounded(count(scheduledInstants(shape, run)), scale);
    case 'burst':
      return shape.at < run.duration ? rounded(shape.count, scale) : 0;
    case 'trace-instants':
      return rounded(
        count(shape.instants, (at) => at < run.duration),
        scale,
      );
    case 'trace-counts': {
      const buckets = run.duration / shape.every;
      const whole = shape.counts.slice(0, Math.floor(buckets)).reduce((sum, bucket) => sum + bucket, 0);
      const cutOff = (shape.counts[Math.floor(buckets)] ?? 0) * (buckets - Math.floor(buckets));
      return rounded(whole, scale) + cutOff * scale;
    }
    default:
      return 0;
  }
}

function rounded(count: number, scale: number): number {
  return new Carry(scale).take(count);
}

function count<T>(items: Iterable<T>, counts: (item: T) => boolean = () => true): number {
  let found = 0;
  for (const item of items) if (counts(item)) found++;
  return found;
}
