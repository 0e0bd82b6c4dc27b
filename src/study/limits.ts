/** The limits of a scenario that a figure of its run can be held against: a report shows how near it came. */
import { MILLISECOND } from '../engine/units.js';
import type { LimitInForce } from '../results/run-result.js';
import { claimedConcurrency } from '../scenario/claimed-concurrency.js';
import type { Scenario } from '../scenario/types.js';

/** The account's first, then those of each function, what it calls and reads, and each traffic, in the order of the scenario. */
export function limitsOf(scenario: Scenario): LimitInForce[] {
  const { functions, traffic } = scenario;
  const limits = ofAccount(scenario);
  for (const { id, reservedConcurrency, provisionedConcurrency, timeout, async } of functions) {
    const resource = `functions.${id}`;
    const add = (metric: string, figure: string, setting: string, value: number) =>
      limits.push({ resource, metric, figure: `${resource}.${figure}`, setting: `${resource}.${setting}`, value });
    if (reservedConcurrency !== undefined)
      add('ConcurrentExecutions', 'concurrency.max', 'reservedConcurrency', reservedConcurrency);
    if (provisionedConcurrency > 0)
      add(
        'ProvisionedConcurrentExecutions',
        'provisionedConcurrency.max',
        'provisionedConcurrency',
        provisionedConcurrency,
      );
    add('Duration.Maximum', 'duration.max', 'timeout', timeout / MILLISECOND);
    if (getsEvents(scenario, id))
      add('AsyncEventAge.Maximum', 'async.age.max', 'async.maximumEventAge', async.maximumEventAge / MILLISECOND);
  }
  limits.push(...ofMappings(scenario), ...ofResources(scenario));
  for (const { id, timeout } of traffic) {
    if (timeout === undefined) continue;
    const resource = `traffic.${id}`;
    limits.push({
      resource,
      metric: 'Latency.Maximum',
      figure: `${resource}.latency.max`,
      setting: `${resource}.timeout`,
      value: timeout / MILLISECOND,
    });
  }
  return limits;
}

/** All that it may run, and what is left of that for functions without a reservation; functions that are not modelled count. */
function ofAccount({ account, functions }: Scenario): LimitInForce[] {
  const { concurrencyLimit, otherConcurrency } = account;
  const common = { resource: 'account', setting: 'account.concurrencyLimit' };
  const all = otherConcurrency.some(({ amount }) => amount > 0) ? 'inUse' : 'concurrency';
  const claimed = claimedConcurrency(functions);
  return [
    { ...common, metric: 'ConcurrentExecutions', figure: `account.${all}.max`, value: concurrencyLimit },
    ...(claimed === 0
      ? []
      : [
          {
            ...common,
            metric: 'UnreservedConcurrentExecutions',
            figure: 'account.unreserved.max',
            value: concurrencyLimit - claimed,
          },
        ]),
  ];
}

/** What a queue may do to a function that nothing else invokes, so that its concurrency is that of its mapping. */
function ofMappings(scenario: Scenario): LimitInForce[] {
  return scenario.functions.flatMap(({ id, eventSources }): LimitInForce[] => {
    const [source, ...others] = eventSources;
    if (source?.kind !== 'queue' || others.length > 0 || isInvoked(scenario, id)) return [];
    const { queue, maximumConcurrency, provisionedPollers } = source;
    const setting = `functions.${id}.eventSources[0]`;
    const resource = `mappings.${id}.${queue}`;
    if (maximumConcurrency !== undefined) {
      const figure = `functions.${id}.concurrency.max`;
      return [
        {
          resource,
          metric: 'ConcurrentExecutions',
          figure,
          setting: `${setting}.maximumConcurrency`,
          value: maximumConcurrency,
        },
      ];
    }
    const isShared = readersOfQueue(scenario, queue) > 1;
    if (provisionedPollers === undefined || isShared) return [];
    const { maximum } = provisionedPollers;
    const figure = `queues.${queue}.pollers.max`;
    return [
      {
        resource,
        metric: 'ProvisionedPollers',
        figure,
        setting: `${setting}.provisionedPollers.maximum`,
        value: maximum,
      },
    ];
  });
}

function readersOfQueue({ functions }: Scenario, queue: string): number {
  return functions.filter(({ eventSources }) => eventSources.some((one) => one.kind === 'queue' && one.queue === queue))
    .length;
}

/** Whether a traffic, a topic or another function invokes the function, in whatever way. */
function isInvoked(scenario: Scenario, id: string): boolean {
  return (
    getsEvents(scenario, id) ||
    scenario.traffic.some(({ to }) => to === id) ||
    scenario.functions.some(({ calls }) => calls.some(({ to }) => to === id))
  );
}

/** A message or a record lives as long as its queue or stream keeps it; a dependency takes so many at once. */
function ofResources({ queues, streams, dependencies }: Scenario): LimitInForce[] {
  const limit = (resource: string, metric: string, figure: string, setting: string, value: number): LimitInForce => ({
    resource,
    metric,
    figure: `${resource}.${figure}.max`,
    setting: `${resource}.${setting}`,
    value,
  });
  return [
    ...queues.map(({ id, retention }) =>
      limit(`queues.${id}`, 'ApproximateAgeOfOldestMessage', 'age', 'retention', retention / MILLISECOND),
    ),
    ...streams.map(({ id, retention }) =>
      limit(`streams.${id}`, 'IteratorAge.Maximum', 'iteratorAge', 'retention', retention / MILLISECOND),
    ),
    ...dependencies.flatMap(({ id, maxConcurrency, maxConnections }) => [
      ...(maxConcurrency === undefined
        ? []
        : [limit(`dependencies.${id}`, 'Concurrency', 'concurrency', 'maxConcurrency', maxConcurrency)]),
      ...(maxConnections === undefined
        ? []
        : [limit(`dependencies.${id}`, 'Connections', 'connections', 'maxConnections', maxConnections)]),
    ]),
  ];
}

/** Whether anything invokes the function asynchronously. */
function getsEvents({ traffic, topics, functions }: Scenario, id: string): boolean {
  return (
    traffic.some(({ to, invocation }) => to === id && invocation === 'Event') ||
    topics.some(({ subscribers }) => subscribers.some(({ to }) => to === id)) ||
    functions.some(
      ({ calls, async }) =>
        async.onSuccess === id ||
        async.onFailure === id ||
        calls.some(({ to, invocation }) => to === id && invocation === 'Event'),
    )
  );
}
