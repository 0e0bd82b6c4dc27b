/**
 * A latency or a duration that is beyond its limit by the run itself: no concurrency and no warm environment makes it shorter.
 * Worth telling only where it failed a threshold. What lies before a run, inits and retries, is found elsewhere.
 */

import { duration } from '../../engine/format.js';
import { SECOND } from '../../engine/units.js';
import type { LambdaFunctionSettings, ThresholdSettings } from '../../scenario/types.js';
import { longestWait, MOSTLY, waitingShare } from './dependencies.js';
import type { Found } from './found.js';
import { handlerAt, handlerKnob, type Part, partsOfRun } from './run-time.js';
import { shareBeyond, statisticOf } from './statistic.js';
import type { Subject } from './subject.js';

export function slowRuns(subject: Subject): Found[] {
  const told = new Set<string>();
  return subject.failed.flatMap((threshold): Found[] => {
    const fn = subject.functionOf(threshold);
    if (fn === undefined || told.has(fn.id) || !threshold.comparison.startsWith('<')) return [];
    const slow = slowOf(subject, fn, threshold);
    if (slow === undefined) return [];
    told.add(fn.id);
    const { warmUp, duration: end } = subject.scenario.run;
    const { limit, message, knob } = slow;
    return [
      {
        resource: `functions.${fn.id}`,
        limit,
        from: warmUp / SECOND,
        to: end / SECOND,
        message,
        knob,
        touches: ['latency', 'duration'],
        requests: 1,
        bill: 0,
      },
    ];
  });
}

type Slow = Pick<Found, 'limit' | 'message' | 'knob'>;

function slowOf(subject: Subject, fn: LambdaFunctionSettings, threshold: ThresholdSettings): Slow | undefined {
  const { path, statistic, value: allowed } = threshold;
  const than = `longer than the ${duration(allowed)} that ${path.slice(0, 2).join('.')} is allowed`;
  const measured = statisticOf(subject.run.functions[fn.id]!.duration, statistic);
  const drawn = handlerAt(subject, fn, statistic);
  if (measured === null || drawn === null) return undefined;
  const parts = partsOfRun(subject, fn, path[0] === 'functions');
  const isMeasured = isDurationOf(subject, fn, threshold);
  const alone = isMeasured && parts.length === 1 ? measured : Math.min(measured, drawn);
  // What is long on average need not be what is long in the slowest runs.
  const partsThen = partsOfRun(subject, fn, path[0] === 'functions', statistic);
  const [longest] = partsThen;
  if (longest === undefined) return undefined;
  if (alone > allowed && parts.some(({ knob }) => knob === handlerKnob(fn))) {
    const message = `The handler of ${fn.id} alone runs for ${duration(alone)} (${statistic}), ${than}.`;
    return { limit: 'HandlerDuration', message, knob: handlerKnob(fn) };
  }
  // What is mostly none of these, such as calls that are throttled and tried again, is found elsewhere.
  if (isMeasured && partsThen.reduce((sum, { ms }) => sum + ms, 0) < MOSTLY * measured) return undefined;
  // A function that mostly waits has a finding of its own, of what it waits for on average.
  if (waitingShare(subject, fn) >= MOSTLY && longestWait(subject, fn).knob === longest.knob) return undefined;
  const handler = parts.find(({ knob }) => knob === handlerKnob(fn))?.ms ?? 0;
  const whole = isMeasured ? measured : drawn - handler + parts.reduce((sum, { ms }) => sum + ms, 0);
  const around = path[0] === 'traffic' ? subject.run.traffic[path[1]!]!.parts.overhead : 0;
  if (whole + around <= allowed) return undefined;
  const platform = whole > allowed ? '' : ` and ${duration(around)} around it`;
  const message = `A run of ${fn.id} takes ${duration(whole)} (${statistic})${platform}, ${than}: ${
    longest.knob === parts[0]?.knob
      ? `on average ${listOf(parts)}`
      : `${duration(longest.ms)} (${statistic}) ${longest.where}; its handler alone takes ${duration(drawn)}`
  }.`;
  return { limit: 'Duration', message, knob: longest.knob };
}

/** Whether Duration, which is of all its invocations, tells how long those run that the threshold is about. */
function isDurationOf(subject: Subject, fn: LambdaFunctionSettings, { path, statistic }: ThresholdSettings): boolean {
  const { coldStarts, initDuration, invocations } = subject.run.functions[fn.id]!;
  // An init that was given up has no Init Duration, and runs again inside the Duration.
  const reruns = coldStarts - initDuration.count;
  if (reruns > 0 && reruns >= shareBeyond(statistic) * invocations) return false;
  return path[0] === 'functions' || fn.durationPerRecord === undefined;
}

function listOf(parts: readonly Part[]): string {
  const texts = parts.map(({ ms, where }) => `${duration(ms)} ${where}`);
  const last = texts.pop();
  return texts.length === 0 ? `${last}` : `${texts.join(', ')} and ${last}`;
}
