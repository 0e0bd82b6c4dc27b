/**
 * What each bucket of a timeline cost, as rows beside its own: the lines of the bill, spread by what each is metered on.
 * The sum over the buckets is the total of the bill. CloudWatch's metric of this name adds up over the month instead.
 */
import { NEIGHBOUR_METERS } from '../billing/neighbours.js';
import type { Micros } from '../engine/units.js';
import { type FunctionId, NONE } from '../lambda/ids.js';
import { BILLED, BILLED_ON_PROVISIONED, INVOCATIONS } from '../results/function-statistics.js';
import type { RunResult } from '../results/run-result.js';
import type { Timeline, TimelineRow } from '../results/timeline.js';
import { rulebookOf } from '../rules/rulebook.js';
import { resourcePath, resourcesOf } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import { type Metered, meteredIn } from './neighbour-usage.js';

const METRIC = 'EstimatedCharges';

/** How much of what a bill line is metered on falls into a bucket, in any unit. */
type Weight = (fn: FunctionId, bucket: number) => number;

/**
 * The rows of `timeline` with the charges of each function and of the account, in USD of the bucket, after the other rows
 * of the same resource. Nothing is kept of more than one bucket. `run` is the result of the same run.
 */
export function* rowsWithCharges(timeline: Timeline, scenario: Scenario, run: RunResult): Generator<TimelineRow> {
  const others = resourcesOf(scenario).flatMap((one) => (one.kind === 'async' ? [] : [resourcePath(one)]));
  const places = [
    'account',
    ...scenario.functions.map(({ id }) => `functions.${id}`),
    ...others,
    ...scenario.traffic.map(({ id }) => `traffic.${id}`),
  ];
  const ranks = new Map(places.map((name, rank) => [name, rank]));
  const rankOf = (resource: string) => ranks.get(resource) ?? ranks.size;
  const charges = chargeRows(timeline, scenario, run);
  let charge = charges.next();
  let at = -1;
  let resource = '';
  for (const row of timeline.rows()) {
    // Charges fall due only where one resource follows another.
    if (row.at !== at || row.resource !== resource) {
      ({ at, resource } = row);
      const rank = rankOf(resource);
      while (
        !charge.done &&
        (charge.value.at < at || (charge.value.at === at && rankOf(charge.value.resource) < rank))
      ) {
        yield charge.value;
        charge = charges.next();
      }
    }
    yield row;
  }
  for (; !charge.done; charge = charges.next()) yield charge.value;
}

/** By bucket; the account, which is the sum, before what it is the sum of. Buckets that cost nothing are left out. */
function* chargeRows(timeline: Timeline, scenario: Scenario, run: RunResult): Generator<TimelineRow, undefined> {
  const { warmUp, duration } = scenario.run;
  const measured: Measured = { timeline, from: warmUp, to: duration };
  const places = [
    ...scenario.functions.map(({ id }, index) => ({
      resource: `functions.${id}`,
      spread: spreadLines(measured, run, index as FunctionId, id),
    })),
    ...neighbours(measured, scenario, run),
  ];
  for (let bucket = firstBucket(measured); bucket <= timeline.lastBucket; bucket++) {
    const at = bucket * timeline.width;
    const usd = places.map(({ spread }) => spread(bucket));
    const total = usd.reduce((sum, one) => sum + one, 0);
    if (total === 0) continue;
    yield { at, resource: 'account', metric: METRIC, value: total };
    for (const [index, { resource }] of places.entries()) {
      if (usd[index] !== 0) yield { at, resource, metric: METRIC, value: usd[index]! };
    }
  }
}

interface Measured {
  readonly timeline: Timeline;
  /** End of the warm-up and of the run. */
  readonly from: Micros;
  readonly to: Micros;
}

function firstBucket({ timeline, from }: Measured): number {
  return Math.floor(from / timeline.width);
}

/** USD of a function in a bucket. */
function spreadLines(measured: Measured, run: RunResult, fn: FunctionId, id: string): (bucket: number) => number {
  const lines = run.bill.lines.filter(({ resource, usd }) => resource === id && usd > 0);
  const parts = lines.map(({ item, usd }) => spread(measured, fn, usd, weightOf(measured, item)));
  return (bucket) => parts.reduce((sum, part) => sum + part(bucket), 0);
}

/** What the services around functions cost in a bucket; a resource may be charged for several things. */
function neighbours(measured: Measured, scenario: Scenario, run: RunResult) {
  const byPlace = new Map<string, ((bucket: number) => number)[]>();
  for (const metered of meteredIn(scenario, rulebookOf(scenario.asOf, scenario.rules))) {
    const { kind, resource, meter } = metered;
    const { item } = NEIGHBOUR_METERS[meter];
    const usd = run.bill.lines.reduce(
      (sum, line) => (line.resource === resource && line.item === item ? sum + line.usd : sum),
      0,
    );
    const place = kind === 'traffic' ? resource : `${kind}.${resource}`;
    const parts = byPlace.get(place) ?? [];
    byPlace.set(place, parts);
    if (usd > 0) parts.push(spread(measured, NONE as FunctionId, usd, weightIn(measured, metered)));
  }
  return [...byPlace].map(([resource, parts]) => ({
    resource,
    spread: (bucket: number) => parts.reduce((sum, part) => sum + part(bucket), 0),
  }));
}

/** Requests of clients with their arrival: of the course of their retries nothing is kept. */
function weightIn(measured: Measured, metered: Metered): Weight {
  const { timeline } = measured;
  if (metered.kind === 'traffic') {
    return metered.of === 'hours' ? evenly(measured) : (_fn, bucket) => timeline.requests(metered.index, bucket);
  }
  const { kind, resource, figure } = metered;
  return (_fn, bucket) => timeline.resourceFigure(kind, resource, figure as never, bucket);
}

/** Evenly over time where the timeline holds nothing of what the line is metered on, as with inits off the path of requests. */
function spread(measured: Measured, fn: FunctionId, usd: number, weight: Weight): (bucket: number) => number {
  const total = sumOf(measured, fn, weight);
  if (total > 0) return (bucket) => (usd * weight(fn, bucket)) / total;
  const even = evenly(measured);
  const whole = sumOf(measured, fn, even);
  return (bucket) => (usd * even(fn, bucket)) / whole;
}

function sumOf(measured: Measured, fn: FunctionId, weight: Weight): number {
  let sum = 0;
  for (let bucket = firstBucket(measured); bucket <= measured.timeline.lastBucket; bucket++) sum += weight(fn, bucket);
  return sum;
}

/** Streaming and restores go with the invocations: of their own course over time nothing is kept. */
function weightOf(measured: Measured, item: string): Weight {
  const { timeline } = measured;
  if (item.startsWith('Duration on provisioned'))
    return (fn, bucket) => timeline.figure(fn, bucket, BILLED_ON_PROVISIONED);
  if (item.startsWith('Duration') || item === 'Lambda@Edge duration')
    return (fn, bucket) => timeline.figure(fn, bucket, BILLED);
  if (item.startsWith('Ephemeral storage')) {
    return (fn, bucket) => timeline.figure(fn, bucket, BILLED) + timeline.figure(fn, bucket, BILLED_ON_PROVISIONED);
  }
  if (item.startsWith('Provisioned concurrency') || item.startsWith('SnapStart cache')) return evenly(measured);
  return (fn, bucket) => timeline.figure(fn, bucket, INVOCATIONS);
}

/** The part of a bucket that is measured: the first and the last may be cut. */
function evenly({ timeline, from, to }: Measured): Weight {
  return (_fn, bucket) => Math.min(to, (bucket + 1) * timeline.width) - Math.max(from, bucket * timeline.width);
}
