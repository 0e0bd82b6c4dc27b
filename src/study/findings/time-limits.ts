/** Runs that were cut short: by the function's own timeout, and by a client that stopped waiting. */

import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND } from '../../engine/units.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

export function functionTimeouts(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap(({ id, timeout }): Found[] => {
    const { timeouts, invocations } = subject.run.functions[id]!;
    if (timeouts === 0) return [];
    const resource = `functions.${id}`;
    const limit = duration(timeout / MILLISECOND);
    const message = `${counted(timeouts, 'invocation')} of ${id} (${share(timeouts / invocations)}) ended at its timeout of ${limit}: each is billed for all of it, and its environment has to initialise again.`;
    const period = subject.period(resource, 'Timeouts');
    const touches = ['timeouts', 'errors', 'duration', 'failed', 'succeeded', 'bill'] as const;
    const weight = { touches, requests: timeouts / invocations, bill: 0 };
    return [{ resource, limit: 'Timeout', ...period, message, knob: `${resource}.timeout`, ...weight }];
  });
}

export function clientTimeouts(subject: Subject): Found[] {
  return subject.scenario.traffic.flatMap(({ id, to, timeout = 0 }): Found[] => {
    const { timedOut, offered } = subject.run.traffic[id]!;
    if (timedOut === 0) return [];
    const resource = `traffic.${id}`;
    const limit = duration(timeout / MILLISECOND);
    const message = `${count(timedOut)} of ${counted(offered, 'request')} of ${id} (${share(timedOut / offered)}) were given up by the client after ${limit}, while ${to} went on and was billed.`;
    const period = subject.period(resource, 'TimedOut');
    const weight = { touches: ['timedOut', 'failed', 'succeeded'], requests: timedOut / offered, bill: 0 } as const;
    return [{ resource, limit: 'ClientTimeout', ...period, message, knob: `${resource}.timeout`, ...weight }];
  });
}
