/**
 * Erlang's delay formula (M/M/c) beside the waits of a run: before the pollers of a queue, and in line for a dependency. Given
 * only where calls are Poisson of a constant rate, times exponential, nobody gives up, and the run is long enough to settle.
 */
import { MILLISECOND, SECOND } from '../engine/units.js';
import type { RunResult, TheoryCheck } from '../results/run-result.js';
import { rulebookOf } from '../rules/rulebook.js';
import { sqsPollerScaling } from '../rules/sqs-poller-scaling.js';
import { sqsPolling } from '../rules/sqs-polling.js';
import { linksOf } from '../scenario/loops.js';
import type {
  DependencySettings,
  LambdaFunctionSettings,
  QueueMappingSettings,
  QueueSettings,
  Scenario,
  TrafficSettings,
} from '../scenario/types.js';
import { erlangC } from './erlang.js';

/** Share of the time held that may be of another law than the handler's. */
const MOST_OTHER = 0.05;
/** Pollers stay as many as they may be where this share of them is busy. */
const BUSY = 0.8;
/** The run in relaxation times, S / (c (1 - load)^2): of fewer, the mean is mostly chance. */
const LEAST_RUN = 1000;

/** Arrivals that do not depend on what became of earlier ones. */
export function isPoisson({ shape, spikes, arrivals, retry }: TrafficSettings): boolean {
  return shape.kind === 'rate' && spikes.length === 0 && arrivals.kind === 'poisson' && retry.kind === 'none';
}

/** In the order of the queues, then of the dependencies. */
export function erlangDelays(scenario: Scenario, run: RunResult): TheoryCheck[] {
  return [
    ...scenario.queues.flatMap((queue) => beforePollers(scenario, queue, run)),
    ...scenario.dependencies.flatMap((dependency) => inLine(scenario, dependency, run)),
  ];
}

/** A mapping holds a poller from the receive to the delete; what a message waited before is the rest of its delay. */
function beforePollers(scenario: Scenario, queue: QueueSettings, run: RunResult): TheoryCheck[] {
  const { id } = queue;
  const reader = onlyReader(scenario, id);
  const { delay, expired, deadLettered, duplicates } = run.queues[id]!;
  if (reader === undefined || delay.mean === null || expired + deadLettered + duplicates > 0) return [];
  const { fn, mapping } = reader;
  if (!isPlainQueue(queue) || !isFedByPoisson(scenario, id) || !servesExponentially(fn, run)) return [];
  if (mapping.batchSize !== 1 || mapping.maximumBatchingWindow > 0 || mapping.filter < 1) return [];
  const servers = mapping.maximumConcurrency;
  if (servers === undefined || scenario.account.outages.length > 0) return [];
  const rules = rulebookOf(scenario.asOf, scenario.rules);
  const { receive, delete: remove } = rules.value(sqsPolling);
  const { duration, initDuration, invocations } = run.functions[fn.id]!;
  const other = (receive + remove) / MILLISECOND + ((initDuration.mean ?? 0) * initDuration.count) / invocations;
  if (other > MOST_OTHER * duration.mean!) return [];
  const holdMs = duration.mean! + other;
  const offered = (delay.count / seconds(scenario)) * (holdMs / 1000);
  if (servers > rules.value(sqsPollerScaling).first && offered < BUSY * servers) return [];
  return delayCheck(scenario, `queues.${id}`, 'delay.mean', servers, offered, holdMs, delay.mean - holdMs, 'message');
}

/** Calls are Poisson where each invocation makes one, and nothing keeps invocations waiting. */
function inLine(scenario: Scenario, dependency: DependencySettings, run: RunResult): TheoryCheck[] {
  const { id, latency, maxConcurrency: servers, connection, outages } = dependency;
  const { calls, rejected, timedOut, wait, latency: took } = run.dependencies[id]!;
  if (servers === undefined || latency.kind !== 'exponential' || connection !== undefined || outages.length > 0)
    return [];
  if (rejected + timedOut > 0 || wait.mean === null || took.mean === null) return [];
  const callers = scenario.functions.filter((fn) => fn.calls.some(({ to }) => to === id));
  if (!callers.every((fn) => callsOnce(fn) && neverWaits(run, fn) && isFedByPoisson(scenario, fn.id))) return [];
  const serviceMs = took.mean - wait.mean;
  const offered = (calls / seconds(scenario)) * (serviceMs / 1000);
  return delayCheck(scenario, `dependencies.${id}`, 'wait.mean', servers, offered, serviceMs, wait.mean, 'call');
}

function delayCheck(
  scenario: Scenario,
  resource: string,
  figure: string,
  servers: number,
  offered: number,
  serviceMs: number,
  simulated: number,
  one: string,
): TheoryCheck[] {
  const load = offered / servers;
  const relaxation = serviceMs / 1000 / (servers * (1 - load) ** 2);
  if (load >= 1 || seconds(scenario) < LEAST_RUN * relaxation) return [];
  return [
    {
      resource,
      law: 'Erlang C',
      figure: `${resource}.${figure}`,
      expected: (erlangC(offered, servers) * serviceMs) / (servers - offered),
      simulated,
      assumes: `mean wait of a ${one} before ${servers} at once, with ${offered.toPrecision(3)} Erlang; Poisson arrivals of a constant rate, exponential times`,
    },
  ];
}

function seconds({ run }: Scenario): number {
  return (run.duration - run.warmUp) / SECOND;
}

function onlyReader(
  { functions }: Scenario,
  queue: string,
): { readonly fn: LambdaFunctionSettings; readonly mapping: QueueMappingSettings } | undefined {
  const readers = functions.flatMap((fn) =>
    fn.eventSources.flatMap((mapping) =>
      mapping.kind === 'queue' && mapping.queue === queue ? [{ fn, mapping }] : [],
    ),
  );
  return readers.length === 1 && readers[0]!.fn.eventSources.length === 1 ? readers[0] : undefined;
}

function isPlainQueue({ type, backlog, redrive }: QueueSettings): boolean {
  return type === 'standard' && backlog === 0 && redrive.length === 0;
}

/** A handler cut off, or one that waits for others, has another law; so has a batch that is throttled and tried again. */
function servesExponentially(fn: LambdaFunctionSettings, run: RunResult): boolean {
  const { duration, durationPerRecord, firstDuration, calls, extensions } = fn;
  const { errors, timeouts } = run.functions[fn.id]!;
  const isAlone = calls.length === 0 && extensions === undefined && durationPerRecord === undefined;
  return (
    duration.kind === 'exponential' &&
    isAlone &&
    firstDuration === undefined &&
    errors + timeouts === 0 &&
    neverWaits(run, fn)
  );
}

function callsOnce({ calls }: LambdaFunctionSettings): boolean {
  const [only] = calls;
  return calls.length === 1 && only!.count === 1 && only!.each === 'invocation';
}

function neverWaits(run: RunResult, { id }: LambdaFunctionSettings): boolean {
  const { throttles, serviceErrors, timeouts } = run.functions[id]!;
  return throttles + serviceErrors + timeouts === 0;
}

/** Whether traffic, which is Poisson, is all that a queue or a function gets. */
function isFedByPoisson(scenario: Scenario, id: string): boolean {
  const own = scenario.traffic.filter(({ to }) => to === id);
  const isLinked = [...linksOf(scenario).values()].some((links) => links.some(({ to }) => to === id));
  const isFunction = scenario.functions.some((fn) => fn.id === id);
  const areAnswered = !isFunction || own.every(({ invocation }) => invocation !== 'Event');
  return own.length > 0 && own.every(isPoisson) && areAnswered && !isLinked;
}
