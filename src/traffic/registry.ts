/** Which traffic makes which arrivals. A shape is a rate profile or brings its own instants; one left out does not compile. */
import type { Streams } from '../engine/random-streams.js';
import type { Spike, TrafficSettings, TrafficShape } from '../scenario/types.js';
import type { ArrivalProcess, RunSpan } from './arrival-process.js';
import { bucketSpread } from './bucket-spread.js';
import { daily } from './daily.js';
import { FixedArrivals, onceEach } from './fixed-arrivals.js';
import { MergedArrivals } from './merged-arrivals.js';
import { Modulation, modulated } from './modulation.js';
import { RateDrivenArrivals } from './rate-driven-arrivals.js';
import { type RateProfile, scaled } from './rate-profile.js';
import { scheduledInstants } from './schedule.js';
import { spacingOf } from './spacing.js';
import { withSpikes } from './spikes.js';
import { stages } from './stages.js';
import { steady } from './steady.js';
import { TraceCountArrivals } from './trace-count-arrivals.js';

type Kind = TrafficShape['kind'];
type ShapeOf<K extends Kind> = Extract<TrafficShape, { kind: K }>;

/** A shape that is a rate: its profile before spikes and scale. */
const PROFILES = {
  rate: (shape: ShapeOf<'rate'>, run: RunSpan): RateProfile => steady(shape.rate, run.duration),
  stages: (shape: ShapeOf<'stages'>, run: RunSpan): RateProfile => stages(shape.stages, run.duration),
  daily: (shape: ShapeOf<'daily'>, run: RunSpan): RateProfile => daily(shape, run),
  none: (_shape: ShapeOf<'none'>, run: RunSpan): RateProfile => steady(0, run.duration),
};

type Maker<K extends Kind> = (
  shape: ShapeOf<K>,
  traffic: TrafficSettings,
  run: RunSpan,
  streams: Streams,
) => ArrivalProcess | undefined;

/** A shape that is no rate; spikes are a process of their own beside it. */
const PROCESSES: { readonly [K in Exclude<Kind, keyof typeof PROFILES>]: Maker<K> } = {
  users: () => undefined,
  // They come when the others do.
  follows: () => undefined,
  schedule: (shape, traffic, run) =>
    new FixedArrivals(onceEach(scheduledInstants(shape, run)), traffic.scale, run.duration),
  burst: (shape, traffic, run) => new FixedArrivals([shape], traffic.scale, run.duration),
  'trace-counts': (shape, traffic, run, streams) => {
    const spread = bucketSpread(traffic.arrivals, streams.named(`traffic.${traffic.id}/arrivals`), () =>
      streams.named(`traffic.${traffic.id}/modulation`),
    );
    return new TraceCountArrivals(shape.counts, shape.every, traffic.scale, spread, run.duration);
  },
  'trace-instants': (shape, traffic, run) => new FixedArrivals(onceEach(shape.instants), traffic.scale, run.duration),
};

/**
 * The arrivals of one traffic, from 0 and before the end of the run. Undefined when nothing arrives by itself: closed-loop
 * users without spikes. Draws from the streams `traffic.<id>/arrivals`, `/modulation`, `/spikes` and `/spikes/modulation`.
 */
export function arrivalProcess(traffic: TrafficSettings, run: RunSpan, streams: Streams): ArrivalProcess | undefined {
  const profile = profileOf(traffic.shape, run);
  if (profile !== undefined) return atRate(withAny(profile, traffic.spikes), traffic, run, streams, '');
  const make = PROCESSES[traffic.shape.kind as keyof typeof PROCESSES] as Maker<Kind>;
  const own = make(traffic.shape, traffic, run, streams);
  if (traffic.spikes.length === 0) return own;
  const spikes = atRate(withSpikes(steady(0, run.duration), traffic.spikes), traffic, run, streams, 'spikes/');
  return own === undefined ? spikes : new MergedArrivals(own, spikes);
}

/** The profile of a shape that is a rate, undefined for any other; before spikes and scale. */
export function profileOf(shape: TrafficShape, run: RunSpan): RateProfile | undefined {
  if (!(shape.kind in PROFILES)) return undefined;
  const make = PROFILES[shape.kind as keyof typeof PROFILES] as (shape: TrafficShape, run: RunSpan) => RateProfile;
  return make(shape, run);
}

function withAny(profile: RateProfile, spikes: readonly Spike[]): RateProfile {
  return spikes.length === 0 ? profile : withSpikes(profile, spikes);
}

function atRate(
  profile: RateProfile,
  traffic: TrafficSettings,
  run: RunSpan,
  streams: Streams,
  prefix: '' | 'spikes/',
): ArrivalProcess {
  const { arrivals, id } = traffic;
  let rates: RateProfile = traffic.scale === 1 ? profile : scaled(profile, traffic.scale);
  if (arrivals.kind === 'modulated') {
    rates = modulated(rates, new Modulation(arrivals, streams.named(`traffic.${id}/${prefix}modulation`)));
  }
  return new RateDrivenArrivals(
    rates,
    spacingOf(arrivals),
    streams.named(`traffic.${id}/${prefix}arrivals`),
    run.duration,
  );
}
