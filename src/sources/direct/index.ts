/** Synchronous traffic to a function: clients, and when they come. */
import { makeDistribution } from '../../engine/distributions/registry.js';
import { Variates } from '../../engine/variates.js';
import { type InvokerId, NONE } from '../../lambda/ids.js';
import type { LambdaFunction } from '../../lambda/lambda-function.js';
import type { World } from '../../lambda/world.js';
import type { TrafficSettings } from '../../scenario/types.js';
import { arrivalProcess } from '../../traffic/registry.js';
import type { FrontEnd } from '../front-end.js';
import type { TrafficSource } from '../traffic-source.js';
import { Client } from './client.js';
import { Users } from './users.js';

export function directSource(
  world: World,
  id: InvokerId,
  traffic: TrafficSettings,
  fn: LambdaFunction,
  frontEnd: FrontEnd | undefined,
): TrafficSource {
  const client = new Client(world, id, traffic, fn, frontEnd);
  world.invokers[id] = client;
  const request = (user: number): void => {
    client.request(user);
    source.onRequest?.();
  };
  const users = usersOf(world, traffic, client, request);
  const source: TrafficSource = {
    onRequest: undefined,
    request: () => request(NONE),
    start() {
      // Requests that come when they come, whatever becomes of the others; users beside them may have spikes too.
      const arrivals = arrivalProcess(traffic, world.scenario.run, world.streams);
      const arrive = source.onRequest === undefined ? () => client.request(NONE) : source.request;
      if (arrivals !== undefined) world.loop.feed(arrivals, arrive);
      users?.start();
    },
  };
  return source;
}

function usersOf(
  world: World,
  traffic: TrafficSettings,
  client: Client,
  request: (user: number) => void,
): Users | undefined {
  const { shape, id, scale } = traffic;
  if (shape.kind !== 'users') return undefined;
  const thinkTime = new Variates(makeDistribution(shape.thinkTime), world.streams.named(`traffic.${id}/think-time`));
  return new Users(world, id, client, request, Math.round(shape.count * scale), thinkTime);
}
