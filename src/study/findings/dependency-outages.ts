/** Outages in which a dependency answered late: what they did to its calls, and whether waiting for it is theirs. */
import { makeDistribution } from '../../engine/distributions/registry.js';
import { count, counted, duration, plainNumber, share } from '../../engine/format.js';
import { MILLISECOND } from '../../engine/units.js';
import type { DependencyOutage, DependencySettings } from '../../scenario/types.js';
import type { Held, Span } from '../periods.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

export function slowedCalls(subject: Subject): Found[] {
  return subject.scenario.dependencies.flatMap((dependency): Found[] => {
    const resource = `dependencies.${dependency.id}`;
    const slowed = subject.evidence.counts.get(`${resource}/slowed`) ?? 0;
    if (slowed === 0) return [];
    // A call of the warm-up may have its turn after it.
    const calls = Math.max(subject.run.dependencies[dependency.id]!.calls, slowed);
    const outages = slowingOutages(subject, dependency);
    const message = `${counted(slowed, 'call')} of ${count(calls)} to ${dependency.id} (${share(slowed / calls)}) fell into its outages, in which it ${effectsOf(subject, outages)}.`;
    return [
      {
        resource,
        limit: 'SlowOutage',
        ...subject.periodOf(heldBy(subject, outages)),
        message,
        knob: `${resource}.outages`,
        touches: ['errors', 'failed', 'succeeded', 'timeouts', 'latency', 'duration', 'concurrency'],
        requests: slowed / calls,
        bill: 0,
      },
    ];
  });
}

/** Those within the measured time. */
export function slowingOutages(subject: Subject, { outages }: DependencySettings): DependencyOutage[] {
  const { warmUp, duration: end } = subject.scenario.run;
  return outages.filter(
    ({ at, for: length, effect, factor }) =>
      (effect === 'hang' || (effect === 'slow' && factor > 1)) && at < end && at + length > warmUp,
  );
}

/** Whether a dependency that keeps up with its calls at other times does not in its outages: then the line is theirs. */
export function isOverrunInOutages(subject: Subject, dependency: DependencySettings): boolean {
  const { warmUp, duration: end } = subject.scenario.run;
  const { calls } = subject.run.dependencies[dependency.id]!;
  const most = dependency.maxConcurrency ?? Number.POSITIVE_INFINITY;
  const busy = (calls / (end - warmUp)) * makeDistribution(dependency.latency).mean;
  const overruns = ({ effect, factor }: DependencyOutage) => effect === 'hang' || busy * factor >= most;
  return busy < most && slowingOutages(subject, dependency).some(overruns);
}

function effectsOf(subject: Subject, outages: readonly DependencyOutage[]): string {
  const timeOf = (effect: DependencyOutage['effect']) =>
    heldBy(
      subject,
      outages.filter((one) => one.effect === effect),
    )?.time;
  const [hung, slow] = [timeOf('hang'), timeOf('slow')];
  const most = Math.max(...outages.map(({ effect, factor }) => (effect === 'slow' ? factor : 1)));
  return [
    ...(hung === undefined ? [] : [`hung for ${duration(hung / MILLISECOND)}`]),
    ...(slow === undefined
      ? []
      : [`took up to ${plainNumber(most)} times as long for ${duration(slow / MILLISECOND)}`]),
  ].join(' and ');
}

function heldBy(subject: Subject, outages: readonly DependencyOutage[]): Held | undefined {
  const { warmUp, duration: end } = subject.scenario.run;
  const spans: { from: number; to: number }[] = [];
  for (const outage of [...outages].sort((a, b) => a.at - b.at)) {
    const span: Span = { from: Math.max(warmUp, outage.at), to: Math.min(end, outage.at + outage.for) };
    const before = spans.at(-1);
    if (before !== undefined && span.from <= before.to) before.to = Math.max(before.to, span.to);
    else spans.push({ ...span });
  }
  const [first] = spans;
  const time = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  return first && { from: first.from, to: spans.at(-1)!.to, time, spans };
}
