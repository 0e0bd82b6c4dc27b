/**
 * A timeline made small enough to draw: rows go in one by one, however many; out come series on one grid of instants. Up to
 * some number of buckets every bucket is a point. Beyond it a few buckets share two points, the least and the greatest of
 * them in the order in which they came, so that no peak and no dip is lost.
 */
import { HOUR, MILLISECOND, type Micros, SECOND } from '../engine/units.js';
import type { Results } from '../results/run-result.js';
import type { TimelineRow } from '../results/timeline.js';
import { chartedResources } from './charted-resources.js';

export interface TimelineSeries {
  /** Of the first point, from the start of the run. */
  readonly firstMs: number;
  readonly stepMs: number;
  readonly points: number;
  /** Width of a bucket of the timeline, in which what is counted is counted. */
  readonly bucketMs: number;
  /** Whether points stand for several buckets. */
  readonly isThinned: boolean;
  /** Of the last bucket, which the end of the run may cut short. */
  readonly lastBucketMs: number;
  /** By resource and metric; NaN where nothing happened that could have a figure. Charges are USD an hour. */
  readonly series: ReadonlyMap<string, ReadonlyMap<string, Float64Array>>;
}

/** A day of minutes is drawn as it is. */
const MOST_SLOTS = 1440;
const FEWEST_SLOTS = 96;
/** Values of a page in all: what keeps its size in bounds. */
const MOST_VALUES = 90_000;
/** A guess ahead, before any row is seen. */
const METRICS_A_RESOURCE = 8;

/** Sums over all functions, for the account, which has no such metric of its own. */
const SUMMED = new Set(['Invocations', 'Errors', 'Throttles', 'ColdStarts']);

const CHARGES = 'EstimatedCharges';

/** Of these nothing is known where nothing happened; counts and levels are 0 there. */
export function isZeroWhenSilent(metric: string): boolean {
  return !/^(Duration|Latency|PostRuntimeExtensionsDuration|AsyncEventAge|IteratorAge)\b/.test(metric);
}

class Slots {
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  /** 1 where the greatest came after the least. */
  readonly rises: Uint8Array;
  readonly rows: Uint32Array;

  constructor(slots: number) {
    this.least = new Float64Array(slots).fill(Number.NaN);
    this.greatest = new Float64Array(slots).fill(Number.NaN);
    this.rises = new Uint8Array(slots);
    this.rows = new Uint32Array(slots);
  }

  add(slot: number, value: number): void {
    if (this.rows[slot]++ === 0) {
      this.least[slot] = value;
      this.greatest[slot] = value;
    } else if (value > this.greatest[slot]!) {
      this.greatest[slot] = value;
      this.rises[slot] = 1;
    } else if (value < this.least[slot]!) {
      this.least[slot] = value;
      this.rises[slot] = 0;
    }
  }
}

export class TimelineThinner {
  private readonly charted: ReadonlySet<string>;
  private readonly held = new Map<string, Map<string, Slots>>();
  private readonly sums = new Map<string, number>();
  private readonly width: number;
  private readonly begin: Micros;
  private readonly end: Micros;
  private readonly firstBucket: number;
  private readonly buckets: number;
  /** Buckets that share a slot. */
  private readonly shared: number;
  private readonly slots: number;
  private at = -1;

  constructor(results: Results) {
    const charted = chartedResources(results);
    this.charted = new Set(charted.map(({ path }) => path));
    // The figures of a resource come one after the other; their order is that of the results.
    for (const { path } of charted) this.held.set(path, new Map());
    const { durationSeconds, warmUpSeconds, timelineSeconds = 60 } = results.scenario;
    this.width = timelineSeconds * SECOND;
    this.begin = warmUpSeconds * SECOND;
    this.end = durationSeconds * SECOND;
    this.firstBucket = Math.floor(warmUpSeconds / timelineSeconds);
    this.buckets = Math.max(1, Math.ceil(durationSeconds / timelineSeconds) - this.firstBucket);
    // Of the functions that may read a queue mostly one does; its few figures go with those of the queue.
    const resources = charted.filter(({ kind }) => kind !== 'mappings').length;
    const fair = Math.floor(MOST_VALUES / (resources * METRICS_A_RESOURCE));
    const most = Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, fair));
    // Two points a slot where slots are shared.
    this.shared = this.buckets <= most ? 1 : Math.ceil(this.buckets / (most / 2));
    this.slots = Math.ceil(this.buckets / this.shared);
  }

  /** Rows come in the order of time. */
  add({ at, resource, metric, value }: TimelineRow): void {
    if (at !== this.at) {
      this.keepSums();
      this.at = at;
    }
    if (SUMMED.has(metric) && resource.startsWith('functions.'))
      this.sums.set(metric, (this.sums.get(metric) ?? 0) + value);
    if (!this.charted.has(resource)) return;
    // Money is compared between buckets, of which the first and the last may be cut short.
    this.keep(resource, metric, metric === CHARGES ? value * (HOUR / this.lengthOf(at)) : value);
  }

  /** All rows have come. Without any there are no series. */
  finish(): TimelineSeries {
    this.keepSums();
    const isThinned = this.shared > 1;
    const series = new Map<string, ReadonlyMap<string, Float64Array>>();
    for (const [resource, metrics] of this.held) {
      const drawn = [...metrics].map(
        ([metric, slots]) => [metric, isThinned ? this.thinned(metric, slots) : whole(metric, slots)] as const,
      );
      if (drawn.length > 0) series.set(resource, new Map(drawn));
    }
    const bucketMs = this.width / MILLISECOND;
    return {
      firstMs: this.firstBucket * bucketMs,
      stepMs: isThinned ? (this.shared * bucketMs) / 2 : bucketMs,
      points: isThinned ? 2 * this.slots : this.slots,
      bucketMs,
      lastBucketMs: this.lengthOf((this.firstBucket + this.buckets - 1) * this.width) / MILLISECOND,
      isThinned,
      series,
    };
  }

  /** What of the bucket at `start` lies in the run, after the warm-up. */
  private lengthOf(start: Micros): Micros {
    return Math.min(this.end, start + this.width) - Math.max(this.begin, start);
  }

  private keepSums(): void {
    for (const [metric, sum] of this.sums) this.keep('account', metric, sum);
    this.sums.clear();
  }

  private keep(resource: string, metric: string, value: number): void {
    const metrics = this.held.get(resource)!;
    let slots = metrics.get(metric);
    if (slots === undefined) {
      slots = new Slots(this.slots);
      metrics.set(metric, slots);
    }
    const slot = Math.floor((Math.floor(this.at / this.width) - this.firstBucket) / this.shared);
    if (slot < 0 || slot >= this.slots) return;
    slots.add(slot, value);
  }

  private thinned(metric: string, slots: Slots): Float64Array {
    const out = new Float64Array(2 * this.slots);
    const silentIsZero = isZeroWhenSilent(metric);
    for (let slot = 0; slot < this.slots; slot++) {
      const rows = slots.rows[slot]!;
      // Of a slot with silent buckets the least is 0; when that was is not kept.
      const isSilent = silentIsZero && rows < Math.min(this.shared, this.buckets - slot * this.shared);
      const least = isSilent ? Math.min(0, rows === 0 ? 0 : slots.least[slot]!) : slots.least[slot]!;
      const greatest = rows === 0 ? least : Math.max(least, slots.greatest[slot]!);
      const rises = isSilent || slots.rises[slot] === 1;
      out[2 * slot] = rises ? least : greatest;
      out[2 * slot + 1] = rises ? greatest : least;
    }
    return out;
  }
}

/** Every bucket has a slot of its own. */
function whole(metric: string, slots: Slots): Float64Array {
  const silent = isZeroWhenSilent(metric) ? 0 : Number.NaN;
  return slots.greatest.map((value, slot) => (slots.rows[slot] === 0 ? silent : value));
}
