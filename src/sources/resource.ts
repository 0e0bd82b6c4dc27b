/** What a queue, stream or topic is while a run goes on. */
import type { Target } from '../lambda/targets.js';
import type { World } from '../lambda/world.js';

export interface RunningResource extends Target {
  /** Schedules its first event; those that only answer have none. */
  start?(): void;
}

/** Makes the running part of a resource, and of whatever reads it: it registers its own invokers with the World. */
export type ResourceFactory<S> = (settings: S, world: World) => RunningResource;
