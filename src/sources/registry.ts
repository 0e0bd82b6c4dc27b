/** What invokes functions and what receives records: one line a kind, and one left out does not compile. */
import type { EventSource } from '../lambda/event-source.js';
import type { InvokerId } from '../lambda/ids.js';
import type { World } from '../lambda/world.js';
import type { ResourceKind } from '../scenario/resource-figures.js';
import type { Scenario } from '../scenario/types.js';
import { directSource } from './direct/index.js';
import { frontEnds } from './front-end.js';
import { pushSource } from './push/index.js';
import { queue } from './queue/index.js';
import type { ResourceFactory, RunningResource } from './resource.js';
import { stream } from './stream/index.js';
import { topic } from './topic/index.js';
import { linkFollowers } from './traffic-source.js';

/** Resources that records are sent to. */
type ReceivingKind = Exclude<ResourceKind, 'async' | 'consumers' | 'mappings' | 'dependencies'>;

const FACTORIES: { readonly [K in ReceivingKind]: ResourceFactory<Scenario[K][number]> } = {
  queues: queue,
  streams: stream,
  topics: topic,
};

/** What receives under an id, with every queue, stream and topic of the world's scenario. */
export function resources(world: World): ReadonlyMap<string, RunningResource> {
  const running = new Map<string, RunningResource>();
  for (const kind of Object.keys(FACTORIES) as ReceivingKind[]) {
    const make = FACTORIES[kind] as ResourceFactory<Scenario[ReceivingKind][number]>;
    for (const settings of world.scenario[kind]) running.set(settings.id, make(settings, world));
  }
  return running;
}

/** Every traffic of the world's scenario; its place in the list is its InvokerId. */
export function eventSources(world: World): EventSource[] {
  const frontEndOf = frontEnds(world.loop, world.rules);
  const functions = new Map(world.functions.map((fn) => [fn.settings.id, fn]));
  const sources = world.scenario.traffic.map((traffic, index) => {
    const fn = functions.get(traffic.to);
    const id = index as InvokerId;
    return fn === undefined || traffic.invocation === 'Event'
      ? pushSource(world, id, traffic, world.targets.named(traffic.to), frontEndOf(traffic))
      : directSource(world, id, traffic, fn, frontEndOf(traffic));
  });
  linkFollowers(world, sources);
  return sources;
}
