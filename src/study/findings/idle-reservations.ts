/** Reserved concurrency that is never used while functions without a reservation are throttled for want of it. */

import { count } from '../../engine/format.js';
import type { Finding } from '../../results/run-result.js';
import type { Subject } from './subject.js';

const REASON = 'ConcurrentInvocationLimitExceeded';
/** Used by less than half at its peak. */
const IDLE = 0.5;

export function idleReservations(subject: Subject): Finding[] {
  const { scenario, run } = subject;
  const throttled = scenario.functions.filter(({ id }) => (run.functions[id]!.throttlesByReason[REASON] ?? 0) > 0);
  const victim = throttled[0];
  if (victim === undefined) return [];
  return scenario.functions.flatMap(({ id, reservedConcurrency = 0 }): Finding[] => {
    const peak = run.functions[id]!.concurrency.max;
    if (reservedConcurrency === 0 || peak >= IDLE * reservedConcurrency) return [];
    const resource = `functions.${id}`;
    const message = `${id} reserves ${count(reservedConcurrency)} executions and never used more than ${count(peak)}, while ${victim.id} was throttled for want of them.`;
    const period = subject.period(`functions.${victim.id}`, REASON);
    return [
      { resource, limit: 'ReservedConcurrencyIdle', ...period, message, knob: `${resource}.reservedConcurrency` },
    ];
  });
}
