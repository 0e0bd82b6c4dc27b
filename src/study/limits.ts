/** The limits of a scenario that a figure of its run can be held against: a report shows how near it came. */
import { MILLISECOND } from '../engine/units.js';
import type { LimitInForce } from '../results/run-result.js';
import type { Scenario } from '../scenario/types.js';

/** The account's first, then those of each function and each traffic, in the order of the scenario. */
export function limitsOf({ account, functions, traffic }: Scenario): LimitInForce[] {
  const limits: LimitInForce[] = [
    {
      resource: 'account',
      metric: 'ConcurrentExecutions',
      figure: 'account.concurrency.max',
      setting: 'account.concurrencyLimit',
      value: account.concurrencyLimit,
    },
  ];
  for (const { id, reservedConcurrency, provisionedConcurrency, timeout } of functions) {
    const resource = `functions.${id}`;
    const add = (metric: string, figure: string, setting: string, value: number) =>
      limits.push({ resource, metric, figure: `${resource}.${figure}`, setting: `${resource}.${setting}`, value });
    if (reservedConcurrency !== undefined)
      add('ConcurrentExecutions', 'concurrency.max', 'reservedConcurrency', reservedConcurrency);
    if (provisionedConcurrency > 0)
      add('ProvisionedConcurrentExecutions', 'concurrency.max', 'provisionedConcurrency', provisionedConcurrency);
    add('Duration.Maximum', 'duration.max', 'timeout', timeout / MILLISECOND);
  }
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
