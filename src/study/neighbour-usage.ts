/** What the queues, streams, topics and dependencies of a scenario are billed for, and where the timeline has it. */
import type { NeighbourUsage } from '../billing/neighbours.js';
import { GB, HOUR, HOURS_PER_MONTH, type Micros } from '../engine/units.js';
import type { Rulebook } from '../rules/rulebook.js';
import { longRetention, streamCharge } from '../rules/stream-charge.js';
import type { FigureName, ResourceKind } from '../scenario/resource-figures.js';
import type { Scenario, StreamSettings } from '../scenario/types.js';

/** One thing that is metered: a hidden figure of a resource. */
export interface Metered {
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

/** In the order of the scenario. What costs nothing is left out, such as events of AWS services. */
export function meteredIn({ functions, queues, streams, topics, dependencies }: Scenario, rules: Rulebook): Metered[] {
  return [
    ...queues.map(
      ({ id, type }): Metered => ({ kind: 'queues', resource: id, meter: `sqs-${type}`, figure: 'requests' }),
    ),
    ...functions.flatMap(({ id, eventSources }) =>
      eventSources.flatMap((source): Metered[] =>
        source.kind === 'queue' && source.provisionedPollers !== undefined
          ? [{ kind: 'mappings', resource: `${id}.${source.queue}`, meter: 'sqs-pollers', figure: 'provisioned' }]
          : [],
      ),
    ),
    ...streams.flatMap((stream) => meteredOf(stream, rules)),
    ...topics.flatMap(({ id, type, service }): Metered[] =>
      type === 'eventbridge' && service === 'aws'
        ? []
        : [{ kind: 'topics', resource: id, meter: type, figure: 'requests' }],
    ),
    ...dependencies.flatMap(({ id, charge }): Metered[] =>
      charge === 'none' ? [] : [{ kind: 'dependencies', resource: id, meter: charge, figure: 'units' }],
    ),
  ];
}

/** Lambda reads DynamoDB streams for nothing, and standard reads of a provisioned Kinesis stream are free while records are young. */
function meteredOf({ id, type, mode, retention, consumer }: StreamSettings, rules: Rulebook): Metered[] {
  if (type === 'dynamodb') return [];
  const metered = (meter: Metered['meter'], figure: FigureName<'streams'>, scale = 1): Metered => ({
    kind: 'streams',
    resource: id,
    meter,
    figure,
    scale,
  });
  const isPushed = consumer === 'enhanced-fan-out';
  const { extended, longTerm } = longRetention(rules.value(streamCharge), retention);
  const stored = (meter: Metered['meter'], time: Micros) =>
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

/** `amount` gives the figure of a resource: a count, or the hours of a level. */
export function neighbourUsage(
  scenario: Scenario,
  rules: Rulebook,
  amount: <K extends ResourceKind>(kind: K, id: string, figure: FigureName<K>) => number,
): NeighbourUsage[] {
  return meteredIn(scenario, rules).map(({ kind, resource, meter, figure, scale = 1 }) => ({
    resource,
    meter,
    quantity: amount(kind, resource, figure as never) / scale,
  }));
}
