/**
 * A latency or a duration that is beyond its limit by the handler alone: no concurrency and no warm environment makes it
 * shorter. Worth telling only where it failed a threshold.
 */

import { duration } from '../../engine/format.js';
import { SECOND } from '../../engine/units.js';
import type { Summary } from '../../results/run-result.js';
import type { ThresholdSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

/** Beyond this share of the billed time spent waiting for calls, it is not the handler's own. */
const MOSTLY_OWN = 0.5;

export function slowHandlers(subject: Subject): Found[] {
  const told = new Set<string>();
  return subject.failed.flatMap((threshold): Found[] => {
    const fn = subject.scenario.functions.find(({ id }) => id === judgedFunction(subject, threshold));
    if (fn === undefined || told.has(fn.id) || !threshold.comparison.startsWith('<')) return [];
    const result = subject.run.functions[fn.id]!;
    const own = statisticOf(result.duration, threshold.statistic);
    const { handler, downstream } = result.gbSecondsBy;
    if (own === null || own <= threshold.value || downstream > MOSTLY_OWN * (handler + downstream)) return [];
    told.add(fn.id);
    const { warmUp, duration: end } = subject.scenario.run;
    const resource = `functions.${fn.id}`;
    return [
      {
        resource,
        limit: 'HandlerDuration',
        from: warmUp / SECOND,
        to: end / SECOND,
        message: `The handler of ${fn.id} alone runs for ${duration(own)} (${threshold.statistic}), longer than the ${duration(threshold.value)} that ${threshold.path.slice(0, 2).join('.')} is allowed.`,
        knob: `${resource}.${fn.memoryScaling === undefined ? 'duration' : 'memory'}`,
        touches: ['latency', 'duration'],
        requests: 1,
        bill: 0,
      },
    ];
  });
}

/** The function whose duration a threshold is about, by itself or in the latency of a traffic. */
function judgedFunction({ scenario }: Subject, { path: [owner, id, figure] }: ThresholdSettings): string | undefined {
  if (owner === 'functions' && figure === 'duration') return id;
  if (owner !== 'traffic' || figure !== 'latency') return undefined;
  return scenario.traffic.find((traffic) => traffic.id === id)?.to;
}

function statisticOf(times: Summary, statistic: ThresholdSettings['statistic']): number | null {
  if (statistic === 'rate' || statistic === 'sum' || statistic === 'count') return null;
  return times[statistic === 'p99.9' ? 'p999' : statistic];
}
