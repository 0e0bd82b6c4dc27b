/**
 * What a run knows beyond its figures, for findings: when things happened. Plain data, taken once from a finished run.
 * Throttles have exact instants; other periods come from the timeline and are as fine as its buckets.
 * Invocations stand in the bucket in which they began, answers in their own.
 */
import { linearRegression } from 'simple-statistics';
import { MINUTE, type Micros } from '../engine/units.js';
import { CONCURRENCY, REASONS } from '../lambda/outcome.js';
import {
  BILLED_ON_PROVISIONED,
  COLD_STARTS,
  CONCURRENT,
  DURATION_MAX,
  DURATION_SUM,
  ERRORS,
  INVOCATIONS,
  ON_PROVISIONED,
  PROVISIONED_CONCURRENT,
} from '../results/function-statistics.js';
import type { Blocked } from '../results/shard-statistics.js';
import { FAILED, THROTTLED_REQUESTS } from '../results/traffic-statistics.js';
import { figuresOf, mappingsOf, resourcePath, resourcesOf } from '../scenario/resource-figures.js';
import { type Held, heldIn, type Span } from './periods.js';
import type { Simulation } from './simulation.js';

export interface Evidence {
  /** Index of the replication that it is of. */
  readonly replication: number;
  /** By `functions.<id>/<AWS's reason>` for throttles, and by `<resource>/<metric>` of the timeline. */
  readonly held: ReadonlyMap<string, Held>;
  /** The most each function ran on demand at once while another met a full account: by `<id of the other>/<id>`. */
  readonly poolUse: ReadonlyMap<string, number>;
  /** What each function did around the time at which most of it ran at once, by its id. */
  readonly peaks: ReadonlyMap<string, Peak>;
  /** How much of the provisioned concurrency of a function was in use in each bucket of the timeline, by its id. */
  readonly provisionedUse: ReadonlyMap<string, Float64Array>;
  /** Requests that API Gateway refused, by traffic id. */
  readonly refusedInFront: ReadonlyMap<string, number>;
  /** Counts that results do not show, by `<resource>/<figure>`; those of its asynchronous queue stand at the function. */
  readonly counts: ReadonlyMap<string, number>;
  /** The most messages of a queue that were visible at once, by its id. */
  readonly backlogs: ReadonlyMap<string, number>;
  /** The most batches that a function had of a queue at once, by the id of their mapping. */
  readonly batches: ReadonlyMap<string, number>;
  /** Of the readers of streams: batches that kept failing, and by how much the iterator age grew in a second. */
  readonly blocked: ReadonlyMap<string, readonly Blocked[]>;
  readonly growth: ReadonlyMap<string, number>;
  /** Id of a stream → the shards that were open at the end. */
  readonly openShards: ReadonlyMap<string, number>;
}

/** Of the bucket of the highest concurrency, and the one before, in which some of what ran then began. */
export interface Peak {
  readonly invocations: number;
  readonly coldStarts: number;
  /** Of their Durations together. */
  readonly duration: Micros;
  readonly time: Micros;
}

/** Buckets that a trend is read from. */
const LEAST_BUCKETS = 4;

/** Below this share of the most that waited at once, no backlog is left. */
const FEW_OF_BACKLOG = 0.01;

/** The same, while it is gathered. */
type Gathered = {
  readonly [K in keyof Evidence]: Evidence[K] extends ReadonlyMap<infer Key, infer Value>
    ? Map<Key, Value>
    : Evidence[K];
};

function noneYet(replication: number): Gathered {
  return {
    replication,
    held: new Map(),
    poolUse: new Map(),
    peaks: new Map(),
    provisionedUse: new Map(),
    refusedInFront: new Map(),
    counts: new Map(),
    backlogs: new Map(),
    batches: new Map(),
    blocked: new Map(),
    growth: new Map(),
    openShards: new Map(),
  };
}

/** What is known of a run of which only the figures are left. */
export const NO_EVIDENCE: Evidence = noneYet(0);

/** Keeps when something `happened`, which took at least `limit`. */
type AddHeld = (key: string, happened: (bucket: number) => boolean, limit?: Micros) => void;

/** Of a run that is over. */
export function evidenceOf(simulation: Simulation): Evidence {
  const evidence = noneYet(simulation.replication);
  const { timeline, scenario } = simulation;
  const { run } = scenario;
  const add: AddHeld = (key, happened, limit = 0) => {
    if (timeline === undefined) return;
    // What takes a while to happen cannot have happened sooner after the warm-up.
    const held = heldIn(run, happened, { from: run.warmUp + limit, to: run.duration });
    if (held !== undefined) evidence.held.set(key, held);
  };
  ofFunctions(simulation, evidence, add);
  ofTraffic(simulation, evidence, add);
  ofResources(simulation, evidence, add);
  ofQueues(simulation, evidence, add);
  ofStreams(simulation, evidence);
  return evidence;
}

function ofFunctions(simulation: Simulation, { held, poolUse, peaks, provisionedUse }: Gathered, add: AddHeld): void {
  const { scenario, recorder } = simulation;
  for (const { id, provisionedConcurrency, timeout, extensions } of scenario.functions) {
    const fn = simulation.functionId(id);
    const resource = `functions.${id}`;
    for (const { reason, first, last, buckets } of recorder.functions.throttlesOf(fn)) {
      const span = { from: first, to: last };
      const throttled = simulation.timeline && heldIn(scenario.run, (bucket) => buckets[bucket] === 1, span);
      held.set(`${resource}/${REASONS[reason]}`, throttled ?? { ...span, time: last - first, spans: [span] });
      if (reason !== CONCURRENCY) continue;
      for (const other of scenario.functions) {
        const most = highest(simulation, span, onDemandIn(simulation, other.id));
        if (most !== undefined) poolUse.set(`${id}/${other.id}`, most);
      }
    }
    const figure = (bucket: number, column: number) => recorder.functions.figure(fn, bucket, column);
    const peak = peakOf(simulation, figure);
    if (peak !== undefined) peaks.set(id, peak);
    add(`${resource}/ColdStarts`, (bucket) => figure(bucket, COLD_STARTS) > 0);
    // Where an extension is what was cut, the Duration is shorter than the timeout: then any error will do.
    const least = extensions === undefined ? timeout : 0;
    const cut = (bucket: number) => figure(bucket, ERRORS) > 0 && figure(bucket, DURATION_MAX) >= least;
    // It began that long before.
    const buckets = Math.floor(timeout / scenario.run.timeline);
    add(`${resource}/Timeouts`, (bucket) => bucket >= buckets && cut(bucket - buckets), timeout);
    if (provisionedConcurrency === 0) continue;
    const spilled = (bucket: number) => figure(bucket, INVOCATIONS) > figure(bucket, ON_PROVISIONED);
    add(`${resource}/ProvisionedConcurrencySpilloverInvocations`, spilled);
    if (simulation.timeline === undefined) continue;
    const { width, lastBucket } = simulation.timeline;
    const allocated = (bucket: number) =>
      provisionedConcurrency *
      (Math.min(simulation.until, (bucket + 1) * width) - Math.max(scenario.run.warmUp, bucket * width));
    // What may run for longer than a bucket is counted in the one in which it began: there the most at once has to do.
    const use = (bucket: number) =>
      timeout > width
        ? figure(bucket, PROVISIONED_CONCURRENT) / provisionedConcurrency
        : figure(bucket, BILLED_ON_PROVISIONED) / allocated(bucket);
    provisionedUse.set(
      id,
      Float64Array.from({ length: lastBucket + 1 }, (_, bucket) => use(bucket)),
    );
  }
}

function ofTraffic(simulation: Simulation, { refusedInFront }: Gathered, add: AddHeld): void {
  const { scenario, recorder } = simulation;
  for (const { id, timeout } of scenario.traffic) {
    const traffic = simulation.trafficId(id);
    const figure = (bucket: number, column: number) => recorder.traffic.tables[traffic]!.at(bucket, column);
    // The timeline counts clients that gave up among the requests that failed.
    add(`traffic.${id}/TimedOut`, (bucket) => figure(bucket, FAILED) > 0, timeout);
    add(`traffic.${id}/Throttled`, (bucket) => figure(bucket, THROTTLED_REQUESTS) > 0);
    refusedInFront.set(id, recorder.traffic.refusedInFrontOf(traffic));
  }
}

function ofResources(simulation: Simulation, { counts, blocked, growth }: Gathered, add: AddHeld): void {
  const { scenario, recorder } = simulation;
  for (const one of resourcesOf(scenario)) {
    const { kind, id } = one;
    const resource = kind === 'async' ? `functions.${id}` : resourcePath(one);
    for (const [name, { kind: is, hidden, metric }] of figuresOf(kind)) {
      if (is !== 'count') continue;
      if (hidden === true) counts.set(`${resource}/${name}`, recorder.resources.count(kind, id, name as never));
      if (metric !== undefined)
        add(`${resource}/${metric}`, (bucket) => recorder.resources.inBucket(kind, id, name as never, bucket) > 0);
    }
    if (kind !== 'consumers') continue;
    blocked.set(resource, recorder.shards.blocksOf(id));
    growth.set(resource, growthOf(simulation, id));
  }
}

function ofQueues({ scenario, recorder }: Simulation, { backlogs, batches }: Gathered, add: AddHeld): void {
  const { resources } = recorder;
  for (const { id } of scenario.queues) {
    const most = resources.highest('queues', id, 'visible');
    backlogs.set(id, most);
    // Failed messages are as old, but in flight until their visibility timeout: what waits for a reader is visible.
    const isOld = (bucket: number) =>
      (resources.longestInBucket('queues', id, 'age', bucket) ?? 0) > MINUTE &&
      resources.inBucket('queues', id, 'visible', bucket) > FEW_OF_BACKLOG * most;
    add(`queues.${id}/ApproximateAgeOfOldestMessage`, isOld);
  }
  for (const { id } of scenario.functions.flatMap(mappingsOf))
    batches.set(id, resources.highest('mappings', id, 'concurrency'));
}

function ofStreams({ scenario, recorder, timeline }: Simulation, { openShards }: Gathered): void {
  if (timeline === undefined) return;
  for (const { id } of scenario.streams)
    openShards.set(id, recorder.resources.inBucket('streams', id, 'openShards', timeline.lastBucket));
}

/** Seconds by which the highest iterator age of a reader grows in a second, over the second half of the run; 0 without a timeline. */
function growthOf({ timeline, scenario, recorder }: Simulation, consumer: string): number {
  if (timeline === undefined) return 0;
  const { width, lastBucket } = timeline;
  const { warmUp, duration } = scenario.run;
  const ages: { readonly at: Micros; readonly age: Micros }[] = [];
  for (let bucket = Math.floor((warmUp + duration) / 2 / width); bucket <= lastBucket; bucket++) {
    const age = recorder.resources.longestInBucket('consumers', consumer, 'iteratorAge', bucket);
    if (age !== undefined) ages.push({ at: bucket * width, age });
  }
  if (ages.length < LEAST_BUCKETS) return 0;
  return linearRegression(ages.map(({ at, age }) => [at, age])).m;
}

/** The greatest figure of the buckets a span touches; undefined without a timeline. */
function highest({ timeline }: Simulation, { from, to }: Span, figure: (bucket: number) => number): number | undefined {
  if (timeline === undefined) return undefined;
  let most = 0;
  const last = Math.min(timeline.lastBucket, Math.floor(to / timeline.width));
  for (let bucket = Math.floor(from / timeline.width); bucket <= last; bucket++) most = Math.max(most, figure(bucket));
  return most;
}

/** Of a function, by its figures; undefined without a timeline. */
function peakOf(
  { timeline, scenario }: Simulation,
  figure: (bucket: number, column: number) => number,
): Peak | undefined {
  if (timeline === undefined) return undefined;
  const { width, lastBucket } = timeline;
  const { warmUp, duration } = scenario.run;
  const first = Math.floor(warmUp / width);
  let highest = first;
  for (let bucket = first; bucket <= lastBucket; bucket++)
    if (figure(bucket, CONCURRENT) > figure(highest, CONCURRENT)) highest = bucket;
  const before = Math.max(first, highest - 1);
  const sum = (column: number) => figure(highest, column) + (before < highest ? figure(before, column) : 0);
  return {
    invocations: sum(INVOCATIONS),
    coldStarts: sum(COLD_STARTS),
    duration: sum(DURATION_SUM),
    time: Math.min(duration, (highest + 1) * width) - Math.max(warmUp, before * width),
  };
}

/** What a function ran on demand in a bucket: at least its peak less that of its provisioned concurrency. */
function onDemandIn(simulation: Simulation, id: string): (bucket: number) => number {
  const fn = simulation.functionId(id);
  const figure = (bucket: number, column: number) => simulation.recorder.functions.figure(fn, bucket, column);
  return (bucket) => figure(bucket, CONCURRENT) - figure(bucket, PROVISIONED_CONCURRENT);
}
