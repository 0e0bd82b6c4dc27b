/** What a dependency did to those who call it: refused connections, calls in line too long, outages; and what waiting costs. */
import type { DistributionSpec } from '../../engine/distribution.js';
import { makeDistribution } from '../../engine/distributions/registry.js';
import { count, counted, duration, money, share } from '../../engine/format.js';
import { SECOND } from '../../engine/units.js';
import type { Summary } from '../../results/run-result.js';
import type { CallSettings, DependencySettings, LambdaFunctionSettings, Statistic } from '../../scenario/types.js';
import { isOverrunInOutages, slowingOutages } from './dependency-outages.js';
import type { Found } from './found.js';
import { shareBeyond, statisticOf, statisticOfDraws } from './statistic.js';
import type { Subject } from './subject.js';

export function refusedCalls(subject: Subject): Found[] {
  return subject.scenario.dependencies.flatMap((dependency): Found[] => {
    const { id, maxConnections, maxConcurrency, queueTimeout, outages } = dependency;
    const { calls: made, rejected, timedOut } = subject.run.dependencies[id]!;
    // A call of the warm-up may time out after it.
    const calls = Math.max(made, rejected + timedOut);
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
      const { from } = subject.period(resource, 'TimedOut');
      const slowed = outages.find(
        ({ at, for: length, effect }) => effect !== 'errors' && from * SECOND >= at && from * SECOND <= at + length,
      );
      const during =
        slowed === undefined ? '' : `, and ${slowed.effect === 'hang' ? 'hung' : 'was slow'} during an outage`;
      const message = `${counted(timedOut, 'call')} of ${count(calls)} to ${id} (${share(timedOut / calls)}) were still in line after ${patience}: it works on ${count(maxConcurrency ?? 0)} at once${during}.`;
      add('QueueTimeout', 'TimedOut', timedOut, message, slowed === undefined ? 'maxConcurrency' : 'outages');
    }
    return found;
  });
}

/** From half of the run time of a function on, waiting is what is paid for. */
export const MOSTLY = 0.5;

export function paidWaiting(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const { id } = fn;
    const ofAll = waitingShare(subject, fn);
    if (ofAll < MOSTLY) return [];
    const month = ofAll * subject.monthlyUsd(id, 'Duration');
    const { what, knob } = longestWait(subject, fn);
    const message = `${share(ofAll)} of the billed run time of ${id}, ${money(month)} a month, is waiting, most of it for ${what}.`;
    const { warmUp, duration: end } = subject.scenario.run;
    const weight = {
      touches: ['bill', 'latency', 'duration', 'concurrency'],
      requests: 0,
      bill: subject.shareOfBill(month),
    } as const;
    return [
      {
        resource: `functions.${id}`,
        limit: 'Downstream',
        from: warmUp / SECOND,
        to: end / SECOND,
        message,
        knob,
        ...weight,
      },
    ];
  });
}

export function waitingShare({ run }: Subject, { id }: LambdaFunctionSettings): number {
  const { gbSecondsBy, billed } = run.functions[id]!;
  const all = billed.gbSeconds + billed.provisionedDurationGbSeconds;
  return all === 0 ? 0 : gbSecondsBy.downstream / all;
}

/** Time that an invocation waits for one thing, in ms, and the setting that shortens it. */
interface Wait {
  readonly to: string;
  /** In words that follow `for`. */
  readonly what: string;
  readonly knob: string;
  readonly ms: number;
}

/** Through functions that mostly wait themselves, to the one at the end. */
export function longestWait(subject: Subject, fn: LambdaFunctionSettings, statistic: Statistic = 'mean'): Wait {
  const waits = fn.calls.flatMap((call) => waitsOf(subject, call, statistic));
  const longest = waits.reduce((most, one) => (one.ms > most.ms ? one : most));
  const callee = subject.scenario.functions.find(({ id }) => id === longest.to);
  return callee !== undefined && waitingShare(subject, callee) >= MOSTLY
    ? longestWait(subject, callee, statistic)
    : longest;
}

function waitsOf(subject: Subject, call: CallSettings, statistic: Statistic): Wait[] {
  const { scenario, run } = subject;
  const { to, invocation, probability, count: times } = call;
  // The slowest runs are those that made the call, if so many do.
  const some = probability > shareBeyond(statistic) ? 1 : 0;
  const made = statistic === 'mean' ? probability : some;
  const often = made * times;
  const at = (measured: Summary) => statisticOf(measured, statistic) ?? 0;
  const dependency = scenario.dependencies.find(({ id }) => id === to);
  if (dependency !== undefined) return waitsForDependency(subject, dependency, { made, often, statistic });
  const callee = run.functions[to];
  if (callee === undefined || invocation === 'Event') return [];
  const { coldStarts, invocations, initDuration, duration: ran } = callee;
  const init = invocations === 0 ? 0 : ((initDuration.mean ?? 0) * coldStarts) / invocations;
  return [
    { to, what: to, knob: `functions.${to}.init`, ms: often * init },
    { to, what: to, knob: `functions.${to}.duration`, ms: often * at(ran) },
  ];
}

function waitsForDependency(
  subject: Subject,
  dependency: DependencySettings,
  { made, often, statistic }: { readonly made: number; readonly often: number; readonly statistic: Statistic },
): Wait[] {
  const { id: to, connection } = dependency;
  const { latency, wait } = subject.run.dependencies[to]!;
  const drawn = (spec: DistributionSpec) => statisticOfDraws(makeDistribution(spec), statistic, latency.count) ?? 0;
  const connect = connection?.per === 'invocation' ? drawn(connection.time) : 0;
  const inLine = statisticOf(wait, statistic) ?? 0;
  const atWork = (statisticOf(latency, statistic) ?? 0) - inLine;
  const late = slowingOutages(subject, dependency).length === 0 ? 0 : Math.max(0, atWork - drawn(dependency.latency));
  const lineOfOutages = isOverrunInOutages(subject, dependency) ? inLine : 0;
  const path = `dependencies.${to}`;
  return [
    { to, what: `${to} in its outages`, knob: `${path}.outages`, ms: often * (late + lineOfOutages) },
    { to, what: to, knob: `${path}.maxConcurrency`, ms: often * (inLine - lineOfOutages) },
    { to, what: to, knob: `${path}.latency`, ms: often * (atWork - late) },
    { to, what: to, knob: `${path}.connection`, ms: made * connect },
  ];
}
