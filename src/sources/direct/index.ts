/** Synchronous traffic to a function: clients, and when they come. */
import { makeDistribution } from '../../engine/distributions/registry.js';
import { Variates } from '../../engine/variates.js';
import type { EventSource } from '../../lambda/event-source.js';
import { type InvokerId, NONE } from '../../lambda/ids.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import type { World } from '../../lambda/world.js';
import type { TrafficSettings } from '../../scenario/types.js';
import { arrivalProcess } from '../../traffic/registry.js';
import { Client } from './client.js';
import type { FrontEnd } from './front-end.js';
import { Users } from './users.js';

export function directSource(
  world: World,
  id: InvokerId,
  traffic: TrafficSettings,
  fn: LambdaFunction,
  frontEnd: FrontEnd | undefined,
): EventSource {
  const client = new Client(world, id, traffic, fn, frontEnd);
  const users = usersOf(world, traffic, client);
  return {
    invoker: client,
    start() {
      // Requests that come when they come, whatever becomes of the others; users beside them may have spikes too.
      const arrivals = arrivalProcess(traffic, world.scenario.run, world.streams);
      if (arrivals !== undefined) world.loop.feed(arrivals, () => client.request(NONE));
      users?.start();
    },
  };
}

function usersOf(world: World, traffic: TrafficSettings, client: Client): Users | undefined {
  const { shape, id, scale } = traffic;
  if (shape.kind !== 'users') return undefined;
  const thinkTime = new Variates(makeDistribution(shape.thinkTime), world.streams.named(`traffic.${id}/think-time`));
  return new Users(world, id, client, Math.round(shape.count * scale), thinkTime);
}
