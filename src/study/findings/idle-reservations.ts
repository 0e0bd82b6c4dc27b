/** Reserved concurrency that is never used while functions without a reservation are throttled for want of it. */

import { count } from '../../engine/format.js';
import { CONCURRENCY, REASONS } from '../../lambda/outcome.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

const REASON = REASONS[CONCURRENCY]!;
/** Used by less than half at its peak. */
const IDLE = 0.5;

export function idleReservations(subject: Subject): Found[] {
  const { scenario, run } = subject;
  const throttled = scenario.functions.filter(({ id }) => (run.functions[id]!.throttlesByReason[REASON] ?? 0) > 0);
  const victim = throttled[0];
  if (victim === undefined) return [];
  const { invocations, throttles, throttlesByReason } = run.functions[victim.id]!;
  const requests = (throttlesByReason[REASON] ?? 0) / (invocations + throttles);
  return scenario.functions.flatMap(({ id, reservedConcurrency = 0 }): Found[] => {
    const peak = run.functions[id]!.concurrency.max;
    if (reservedConcurrency === 0 || peak >= IDLE * reservedConcurrency) return [];
    const resource = `functions.${id}`;
    const message = `${id} reserves ${count(reservedConcurrency)} executions and never used more than ${count(peak)}, while ${victim.id} was throttled for want of them.`;
    const period = subject.period(`functions.${victim.id}`, REASON);
    const weight = { touches: ['throttled', 'throttles'], requests, bill: 0 } as const;
    return [
      {
        resource,
        limit: 'ReservedConcurrencyIdle',
        ...period,
        message,
        knob: `${resource}.reservedConcurrency`,
        ...weight,
      },
    ];
  });
}
