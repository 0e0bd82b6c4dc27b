/** What the queues, topics and dependencies of a scenario are billed for, and where the timeline has it. */
import type { NeighbourUsage } from '../billing/neighbours.js';
import type { FigureName, ResourceKind } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';

/** One thing that is metered: a hidden figure of a resource. */
export interface Metered {
  readonly kind: 'queues' | 'topics' | 'dependencies';
  readonly resource: string;
  readonly meter: NeighbourUsage['meter'];
  readonly figure: (FigureName<'queues'> & FigureName<'topics'>) | FigureName<'dependencies'>;
}

/** In the order of the scenario. What costs nothing is left out, such as events of AWS services. */
export function meteredIn({ queues, topics, dependencies }: Scenario): Metered[] {
  return [
    ...queues.map(
      ({ id, type }): Metered => ({ kind: 'queues', resource: id, meter: `sqs-${type}`, figure: 'requests' }),
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

/** `count` gives the figure of a resource. */
export function neighbourUsage(
  scenario: Scenario,
  count: <K extends ResourceKind>(kind: K, id: string, figure: FigureName<K>) => number,
): NeighbourUsage[] {
  return meteredIn(scenario).map(({ kind, resource, meter, figure }) => ({
    resource,
    meter,
    quantity: count(kind, resource, figure as never),
  }));
}
