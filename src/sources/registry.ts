/** Which event sources a scenario starts: one line a kind. */
import type { EventSource } from '../lambda/event-source.js';
import type { InvokerId } from '../lambda/ids.js';
import type { World } from '../lambda/world.js';
import { frontEnds } from './direct/front-end.js';
import { directSource } from './direct/index.js';

/** Every source of the world's scenario, in the order of their InvokerIds. */
export function eventSources(world: World): EventSource[] {
  const frontEndOf = frontEnds(world.loop, world.rules);
  const functions = new Map(world.functions.map((fn) => [fn.settings.id, fn]));
  return world.scenario.traffic.map((traffic, index) => {
    const fn = functions.get(traffic.to);
    if (fn === undefined) throw new RangeError(`traffic "${traffic.id}" goes to no function`);
    return directSource(world, index as InvokerId, traffic, fn, frontEndOf(traffic));
  });
}
