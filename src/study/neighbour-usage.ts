/** What the queues, streams, topics, dependencies and traffics of a scenario are billed for, and where the timeline has it. */
import { NEIGHBOUR_METERS, type NeighbourUsage } from '../billing/neighbours.js';
import { priceFault, priceListOf } from '../billing/price-list.js';
import { GB, HOUR, HOURS_PER_MONTH, type Micros } from '../engine/units.js';
import { isRegion } from '../rules/regions.js';
import type { Rulebook } from '../rules/rulebook.js';
import { longRetention, streamCharge } from '../rules/stream-charge.js';
import { isIncluded } from '../scenario/billed-services.js';
import { rulesDay } from '../scenario/checks/rulebook-days.js';
import type { PriceId } from '../scenario/price-ids.js';
import { type FigureName, mappingId, type ResourceKind } from '../scenario/resource-figures.js';
import type { Scenario, StreamSettings } from '../scenario/types.js';
import { type FrontEndMeter, frontEndMeters } from './front-end-meters.js';

/** One thing that is metered of a resource: a hidden figure of it. */
export interface MeteredResource {
  readonly kind: 'queues' | 'mappings' | 'streams' | 'topics' | 'dependencies';
  readonly resource: string;
  readonly meter: NeighbourUsage['meter'];
  /** A count, or a level that is paid for by the hour. */
  readonly figure:
    | (FigureName<'queues'> & FigureName<'topics'>)
    | FigureName<'mappings'>
    | FigureName<'streams'>
    | FigureName<'dependencies'>;
  /** Of the figure in a unit of the bill; 1 unless given. */
  readonly scale?: number;
}

/** Or what the front end of a traffic charges. A traffic may have the id of something else, so its lines have its path. */
export interface MeteredTraffic extends FrontEndMeter {
  readonly kind: 'traffic';
  readonly resource: `traffic.${string}`;
  /** Its place in the scenario. */
  readonly index: number;
}

export type Metered = MeteredResource | MeteredTraffic;

/** In the order of the scenario. What costs nothing is left out, such as events of AWS services. */
export function meteredIn(scenario: Scenario, rules: Rulebook): Metered[] {
  const isPriced = pricedIn(scenario, rules);
  return [...meteredResources(scenario, rules), ...meteredTraffics(scenario, rules).filter(isPriced)];
}

/**
 * Front ends whose price nobody knows in the region: a scenario can be run without, and its bill lacks them. Without those
 * that `pricing.include` leaves out.
 */
export function unpricedFrontEnds(scenario: Scenario, rules: Rulebook): { traffic: string; priceId: PriceId }[] {
  const isPriced = pricedIn(scenario, rules);
  return meteredTraffics(scenario, rules)
    .filter((one) => isIncluded(NEIGHBOUR_METERS[one.meter].service, scenario.pricing.include) && !isPriced(one))
    .map(({ resource, meter }) => ({ traffic: resource, priceId: NEIGHBOUR_METERS[meter].priceId }));
}

function pricedIn({ region, asOf, pricing }: Scenario, rules: Rulebook): (metered: MeteredTraffic) => boolean {
  if (!isRegion(region)) return () => true;
  const list = priceListOf(region, rulesDay(asOf), rules);
  return ({ meter }) => {
    const { priceId } = NEIGHBOUR_METERS[meter];
    return Object.hasOwn(pricing.overrides, priceId) || priceFault(list, priceId) === undefined;
  };
}

function meteredTraffics(scenario: Scenario, rules: Rulebook): MeteredTraffic[] {
  return scenario.traffic.flatMap((traffic, index) =>
    frontEndMeters(traffic, scenario, rules).map(
      (meter): MeteredTraffic => ({ ...meter, kind: 'traffic', resource: `traffic.${traffic.id}`, index }),
    ),
  );
}

function meteredResources(
  { functions, queues, streams, topics, dependencies }: Scenario,
  rules: Rulebook,
): MeteredResource[] {
  return [
    ...queues.map(
      ({ id, type }): MeteredResource => ({ kind: 'queues', resource: id, meter: `sqs-${type}`, figure: 'requests' }),
    ),
    ...functions.flatMap(({ id, eventSources }) =>
      eventSources.flatMap((source): MeteredResource[] =>
        source.kind === 'queue' && source.provisionedPollers !== undefined
          ? [{ kind: 'mappings', resource: mappingId(source.queue, id), meter: 'sqs-pollers', figure: 'provisioned' }]
          : [],
      ),
    ),
    ...streams.flatMap((stream) => meteredOf(stream, rules)),
    ...topics.flatMap(({ id, type, service }): MeteredResource[] =>
      type === 'eventbridge' && service === 'aws'
        ? []
        : [{ kind: 'topics', resource: id, meter: type, figure: 'requests' }],
    ),
    ...dependencies.flatMap(({ id, charge }): MeteredResource[] =>
      charge === 'none' ? [] : [{ kind: 'dependencies', resource: id, meter: charge, figure: 'units' }],
    ),
  ];
}

/** Lambda reads DynamoDB streams for nothing, and standard reads of a provisioned Kinesis stream are free while records are young. */
function meteredOf({ id, type, mode, retention, consumer }: StreamSettings, rules: Rulebook): MeteredResource[] {
  if (type === 'dynamodb') return [];
  const metered = (meter: MeteredResource['meter'], figure: FigureName<'streams'>, scale = 1): MeteredResource => ({
    kind: 'streams',
    resource: id,
    meter,
    figure,
    scale,
  });
  const isPushed = consumer === 'enhanced-fan-out';
  const { extended, longTerm } = longRetention(rules.value(streamCharge), retention);
  const stored = (meter: MeteredResource['meter'], time: Micros) =>
    time === 0 ? [] : [metered(meter, 'bytesKept', (GB * HOURS_PER_MONTH * HOUR) / time)];
  if (mode === 'on-demand') {
    const data = isPushed
      ? metered('kinesis-on-demand-fan-out', 'bytesPushed', GB)
      : metered('kinesis-on-demand-out', 'bytesOut', GB);
    return [
      metered('kinesis-on-demand', 'exists'),
      metered('kinesis-on-demand-in', 'bytesIn', GB),
      data,
      ...stored('kinesis-on-demand-retention', extended),
      ...stored('kinesis-long-retention', longTerm),
    ];
  }
  const charged = [metered('kinesis-shards', 'openShards'), metered('kinesis-puts', 'putUnits')];
  if (extended > 0) charged.push(metered('kinesis-retention', 'openShards'));
  charged.push(...stored('kinesis-long-retention', longTerm));
  if (longTerm > 0 && !isPushed) charged.push(metered('kinesis-long-retrieval', 'bytesRetrieved', GB));
  if (isPushed) charged.push(metered('kinesis-fan-out', 'fanOut'), metered('kinesis-fan-out-data', 'bytesPushed', GB));
  return charged;
}

/** What was measured: the figure of a resource, a count or the hours of a level; the requests that came through to a traffic's function; and how long. */
export interface Measured {
  amount<K extends ResourceKind>(kind: K, id: string, figure: FigureName<K>): number;
  requests(traffic: number): number;
  readonly hours: number;
}

export function neighbourUsage(scenario: Scenario, rules: Rulebook, measured: Measured): NeighbourUsage[] {
  return meteredIn(scenario, rules).map((metered) => {
    const { resource, meter } = metered;
    return { resource, meter, quantity: quantityOf(metered, measured) };
  });
}

function quantityOf(metered: Metered, measured: Measured): number {
  if (metered.kind === 'traffic')
    return metered.units * (metered.of === 'hours' ? measured.hours : measured.requests(metered.index));
  const { kind, resource, figure, scale = 1 } = metered;
  return measured.amount(kind, resource, figure as never) / scale;
}
