/** What a dependency did to those who call it: refused connections, calls in line too long, outages; and what waiting costs. */
import { count, counted, duration, money, share } from '../../engine/format.js';
import { SECOND } from '../../engine/units.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

export function refusedCalls(subject: Subject): Found[] {
  return subject.scenario.dependencies.flatMap((dependency): Found[] => {
    const { id, maxConnections, maxConcurrency, queueTimeout } = dependency;
    const { calls, rejected, timedOut } = subject.run.dependencies[id]!;
    const resource = `dependencies.${id}`;
    const connections = subject.evidence.counts.get(`${resource}/refusedConnections`) ?? 0;
    const found: Found[] = [];
    const add = (limit: string, what: string, times: number, message: string, knob: string): void => {
      const weight = {
        touches: ['errors', 'failed', 'latency', 'succeeded', 'rejected', 'timedOut'],
        requests: times / calls,
        bill: 0,
      } as const;
      found.push({
        resource,
        limit,
        ...subject.period(resource, what),
        message,
        knob: `${resource}.${knob}`,
        ...weight,
      });
    };
    if (connections > 0) {
      const message = `${id} refused ${counted(connections, 'connection')}: all its ${count(maxConnections ?? 0)} were open, one for each environment or invocation that uses it, and each invocation that was refused failed.`;
      add('MaxConnections', 'Rejected', connections, message, 'maxConnections');
    }
    if (rejected > connections)
      add(
        'Outage',
        'Rejected',
        rejected - connections,
        `${id} failed ${counted(rejected - connections, 'call')} during its outages.`,
        'outages',
      );
    if (timedOut > 0) {
      const patience = queueTimeout === undefined ? 'their caller' : duration(queueTimeout / 1000);
      const message = `${counted(timedOut, 'call')} of ${count(calls)} to ${id} (${share(timedOut / calls)}) were still in line after ${patience}: it works on ${count(maxConcurrency ?? 0)} at once.`;
      add('QueueTimeout', 'TimedOut', timedOut, message, 'maxConcurrency');
    }
    return found;
  });
}

/** Half of the run time of a function is paid for waiting. */
export function paidWaiting(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap(({ id, calls }): Found[] => {
    const { gbSecondsBy, billed } = subject.run.functions[id]!;
    const all = billed.gbSeconds + billed.provisionedDurationGbSeconds;
    if (all === 0 || gbSecondsBy.downstream < 0.5 * all) return [];
    const ofAll = gbSecondsBy.downstream / all;
    const month = ofAll * subject.monthlyUsd(id, 'Duration');
    const to = [...new Set(calls.map((call) => call.to))].join(', ');
    const message = `${share(ofAll)} of the billed run time of ${id}, ${money(month)} a month, is waiting for ${to}.`;
    const { warmUp, duration: end } = subject.scenario.run;
    const weight = { touches: ['bill', 'latency', 'duration'], requests: 0, bill: subject.shareOfBill(month) } as const;
    return [
      {
        resource: `functions.${id}`,
        limit: 'Downstream',
        from: warmUp / SECOND,
        to: end / SECOND,
        message,
        knob: `functions.${id}.calls`,
        ...weight,
      },
    ];
  });
}
