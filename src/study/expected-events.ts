/**
 * How many events a run will take, before it runs: for the limit that refuses a run nobody would wait for. Leaves out
 * retries, which depend on what the run finds; a run that retries without end stops at the same limit while it runs.
 */
import type { LambdaFunctionSettings, Scenario } from '../scenario/types.js';
import { expectedArrivals } from '../traffic/expected-arrivals.js';

/** A request takes its arrival and the end of its handler. */
const EVENTS_A_REQUEST = 2;

/** Of one replication: first attempts times the events each takes, and the buckets of the timeline. */
export function expectedEvents({ run, functions, traffic }: Scenario): number {
  const called = new Map(functions.map((fn) => [fn.id, fn]));
  let events = run.duration / run.timeline;
  for (const one of traffic) events += expectedArrivals(one, run) * eventsOf(called.get(one.to));
  return events;
}

function eventsOf(fn: LambdaFunctionSettings | undefined): number {
  // Extensions give the environment back later than the handler.
  return EVENTS_A_REQUEST + (fn?.extensions === undefined ? 0 : 1);
}
