/** Puts a run together: the clock, chance and rules of a scenario, its account and functions, its sources and recorders. */
import { EventLoop } from '../engine/event-loop.js';
import { randomStreams } from '../engine/random-streams.js';
import { Account } from '../lambda/account.js';
import { AsyncEventQueue } from '../lambda/async-event-queue.js';
import { AwaitedCalls } from '../lambda/awaited-calls.js';
import { Dispatcher } from '../lambda/dispatcher.js';
import type { EventSource, Invoker } from '../lambda/event-source.js';
import { Execution } from '../lambda/execution.js';
import type { FunctionId, InvokerId, ResourceId } from '../lambda/ids.js';
import { Invocations } from '../lambda/invocations.js';
import { LambdaFunction } from '../lambda/lambda-function.js';
import { Outages } from '../lambda/outages.js';
import { allocateProvisioned } from '../lambda/provisioned-concurrency.js';
import type { Recorder } from '../lambda/recorder.js';
import { requestLimiter } from '../lambda/request-limiter.js';
import { scalingLimiters } from '../lambda/scaling-limiter.js';
import { Targets } from '../lambda/targets.js';
import type { World } from '../lambda/world.js';
import { RunRecorder } from '../results/run-recorder.js';
import { rulebookOf } from '../rules/rulebook.js';
import { loopLengths } from '../scenario/loops.js';
import { resourceIndex } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import { eventSources, resources } from '../sources/registry.js';

export interface BuildOptions {
  readonly seed: number | string;
  readonly replication: number;
  readonly timeline: boolean;
  readonly recorders: readonly Recorder[];
}

export interface Built {
  readonly world: World;
  readonly sources: readonly EventSource[];
  /** Undefined when no function calls anybody. */
  readonly calls: AwaitedCalls | undefined;
  readonly recorder: RunRecorder;
}

export function build(scenario: Scenario, options: BuildOptions): Built {
  const loop = new EventLoop();
  const streams = randomStreams(options.seed, options.replication);
  const rules = rulebookOf(scenario.asOf, scenario.rules);
  const invocations = new Invocations();
  const observed = { loop, invocations, warmUp: scenario.run.warmUp, until: scenario.run.duration };
  const recorder = new RunRecorder(observed, scenario, rules, options.timeline, options.recorders);
  recorder.begin({ scenario, clock: loop, invocations });
  invocations.stateTo(recorder);

  const account = new Account(loop, scenario.account, scenario.functions);
  const limiterOf = scalingLimiters(loop, rules, scenario.region);
  const functions = scenario.functions.map(
    (settings, index) => new LambdaFunction(index as FunctionId, settings, limiterOf(), loop, rules, streams, recorder),
  );
  const invokers: Invoker[] = new Array(scenario.traffic.length);
  const execution = new Execution(loop, invocations, account, functions, invokers, recorder);
  const requests = requestLimiter(loop, rules, scenario.account.concurrencyLimit);
  const indexOf = resourceIndex(scenario);
  const functionsById = new Map(functions.map((fn) => [fn.settings.id, fn]));
  const world: World = {
    scenario,
    loop,
    streams,
    rules,
    invocations,
    functions,
    account,
    dispatcher: new Dispatcher(account, requests, execution),
    outages: scenario.account.outages.length > 0 ? new Outages(loop, scenario.account.outages) : undefined,
    recorder,
    invokers,
    register: (invoker) => (invokers.push(invoker) - 1) as InvokerId,
    targets: new Targets((id) => {
      const fn = functionsById.get(id);
      return fn === undefined ? receiving.get(id) : new AsyncEventQueue(world, fn);
    }),
    rounds: loopLengths(scenario),
    resource: (kind, id) => indexOf(kind, id) as ResourceId,
  };
  const receiving = resources(world);
  const sources = eventSources(world);
  const calls = scenario.functions.some((fn) => fn.calls.length > 0) ? new AwaitedCalls(world, execution) : undefined;
  for (const id of receiving.keys()) world.targets.named(id);
  world.targets.connect();
  for (const one of receiving.values()) if (one.start !== undefined) sources.push({ start: () => one.start?.() });
  for (const fn of functions) {
    allocateProvisioned(fn, scenario.region, loop, rules, streams, recorder);
    fn.environments.openIdle(fn.settings.initialEnvironments);
  }
  return { world, sources, calls, recorder };
}
