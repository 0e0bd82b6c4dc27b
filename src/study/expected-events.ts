/**
 * How many events a run will take, before it runs: for the limit that refuses a run nobody would wait for. Leaves out
 * retries and loops, which depend on what the run finds; a run that goes on without end stops at the same limit while it runs.
 */
import type { LambdaFunctionSettings, Scenario, TrafficSettings } from '../scenario/types.js';
import { expectedArrivals } from '../traffic/expected-arrivals.js';

/** The limit unless told otherwise. Some hours of a fast machine: more is nearly always a slip in a unit. */
export const DEFAULT_MAX_EVENTS = 1e10;

/** A request takes its arrival and the end of its handler; an event that waits takes one more. */
const EVENTS_A_REQUEST = 2;

/** Of one replication: first attempts and backlogs times the events each takes, and the buckets of the timeline. */
export function expectedEvents(scenario: Scenario): number {
  const { run, traffic } = scenario;
  let events = run.duration / run.timeline;
  for (const one of traffic) events += arrivalsOf(one, scenario) * eventsOf(one.to, scenario, new Set());
  for (const { id, backlog } of [...scenario.queues, ...scenario.streams])
    if (backlog > 0) events += backlog * batchesOf(id, scenario, new Set([id]));
  return events;
}

/** Those that follow another come as often as it does, times the ratio. */
function arrivalsOf(one: TrafficSettings, scenario: Scenario): number {
  const { shape } = one;
  if (shape.kind !== 'follows') return expectedArrivals(one, scenario.run);
  const followed = scenario.traffic.find(({ id }) => id === shape.traffic);
  return followed === undefined ? 0 : arrivalsOf(followed, scenario) * shape.ratio * one.scale;
}

/** Of one record or request at `id`, and of all it brings about, each place of a chain once. */
function eventsOf(id: string, scenario: Scenario, passed: ReadonlySet<string>): number {
  if (passed.has(id)) return 0;
  const way = new Set([...passed, id]);
  const fn = scenario.functions.find((one) => one.id === id);
  if (fn !== undefined) return eventsOfRun(fn) + callsOf(fn, scenario, way);
  if (scenario.dependencies.some((one) => one.id === id)) return 1;
  if ([...scenario.queues, ...scenario.streams].some((one) => one.id === id)) return 1 + batchesOf(id, scenario, way);
  const topic = scenario.topics.find((one) => one.id === id);
  if (topic === undefined) return 1;
  return topic.subscribers.reduce((sum, { to, filter }) => sum + filter * eventsOf(to, scenario, way), 1);
}

/** What one record of a queue or stream is of the batches it comes in, taken for full. */
function batchesOf(id: string, scenario: Scenario, way: ReadonlySet<string>): number {
  let ofStream = 0;
  let ofQueue = 0;
  let readersOfQueue = 0;
  for (const fn of scenario.functions) {
    for (const source of fn.eventSources) {
      const share = source.filter / source.batchSize;
      const run = eventsOfRun(fn) + callsOf(fn, scenario, way);
      if (source.kind === 'stream' && source.stream === id) ofStream += share * run;
      if (source.kind !== 'queue' || source.queue !== id) continue;
      // A receive, the end of the handler and a delete.
      ofQueue += share * (1 + run);
      readersOfQueue++;
    }
  }
  // Every function that reads a stream gets all its records; those of a queue share its messages.
  return ofStream + ofQueue / Math.max(1, readersOfQueue);
}

function eventsOfRun(fn: LambdaFunctionSettings): number {
  // Extensions give the environment back later than the handler.
  return EVENTS_A_REQUEST + (fn.extensions === undefined ? 0 : 1);
}

function callsOf(fn: LambdaFunctionSettings, scenario: Scenario, way: ReadonlySet<string>): number {
  let events = 0;
  for (const { to, each, probability, count } of fn.calls)
    if (each === 'invocation') events += probability * count * eventsOf(to, scenario, way);
  return fn.async.onSuccess === undefined ? events : events + eventsOf(fn.async.onSuccess, scenario, way);
}
