/** Runs that were cut short: by the function's own timeout, and by a client that stopped waiting. */

import { count, counted, duration, share } from '../../engine/format.js';
import { MILLISECOND } from '../../engine/units.js';
import type { Finding } from '../../results/run-result.js';
import type { Subject } from './subject.js';

export function functionTimeouts(subject: Subject): Finding[] {
  return subject.scenario.functions.flatMap(({ id, timeout }): Finding[] => {
    const { timeouts, invocations } = subject.run.functions[id]!;
    if (timeouts === 0) return [];
    const resource = `functions.${id}`;
    const limit = duration(timeout / MILLISECOND);
    const message = `${counted(timeouts, 'invocation')} of ${id} (${share(timeouts / invocations)}) ended at its timeout of ${limit}: each is billed for all of it, and its environment has to initialise again.`;
    return [
      { resource, limit: 'Timeout', ...subject.period(resource, 'Errors'), message, knob: `${resource}.timeout` },
    ];
  });
}

export function clientTimeouts(subject: Subject): Finding[] {
  return subject.scenario.traffic.flatMap(({ id, to, timeout = 0 }): Finding[] => {
    const { timedOut, offered } = subject.run.traffic[id]!;
    if (timedOut === 0) return [];
    const resource = `traffic.${id}`;
    const limit = duration(timeout / MILLISECOND);
    const message = `${count(timedOut)} of ${counted(offered, 'request')} of ${id} (${share(timedOut / offered)}) were given up by the client after ${limit}, while ${to} went on and was billed.`;
    return [
      { resource, limit: 'ClientTimeout', ...subject.period(resource, 'Failed'), message, knob: `${resource}.timeout` },
    ];
  });
}
