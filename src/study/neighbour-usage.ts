/** What the queues, topics and dependencies of a scenario are billed for, and where the timeline has it. */
import type { NeighbourUsage } from '../billing/neighbours.js';
import type { FigureName, ResourceKind } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';

/** One thing that is metered: a hidden figure of a resource. */
export interface Metered {
  readonly kind: 'queues' | 'mappings' | 'topics' | 'dependencies';
  readonly resource: string;
  readonly meter: NeighbourUsage['meter'];
  /** A count, or a level that is paid for by the hour. */
  readonly figure: (FigureName<'queues'> & FigureName<'topics'>) | FigureName<'mappings'> | FigureName<'dependencies'>;
}

/** In the order of the scenario. What costs nothing is left out, such as events of AWS services. */
export function meteredIn({ functions, queues, topics, dependencies }: Scenario): Metered[] {
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

/** `amount` gives the figure of a resource: a count, or the hours of a level. */
export function neighbourUsage(
  scenario: Scenario,
  amount: <K extends ResourceKind>(kind: K, id: string, figure: FigureName<K>) => number,
): NeighbourUsage[] {
  return meteredIn(scenario).map(({ kind, resource, meter, figure }) => ({
    resource,
    meter,
    quantity: amount(kind, resource, figure as never),
  }));
}
