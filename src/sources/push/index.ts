/**
 * Traffic that hands a record over and waits for nothing: asynchronous invocations, and whatever goes to a queue, stream or
 * topic. It learns at once whether the record was accepted, and nothing of what becomes of it.
 */
import { makeDistribution } from '../../engine/distributions/registry.js';
import { Variates } from '../../engine/variates.js';
import { type InvokerId, NONE } from '../../lambda/ids.js';
import { FUNCTION_ERROR, OK, REFUSED_IN_FRONT } from '../../lambda/outcome.js';
import { keysOf } from '../../lambda/record-keys.js';
import { NEW_CHAIN, type Target } from '../../lambda/targets.js';
import type { World } from '../../lambda/world.js';
import type { TrafficSettings } from '../../scenario/types.js';
import { arrivalProcess } from '../../traffic/registry.js';
import type { FrontEnd } from '../front-end.js';
import type { TrafficSource } from '../traffic-source.js';

export function pushSource(
  world: World,
  id: InvokerId,
  traffic: TrafficSettings,
  target: Target,
  frontEnd: FrontEnd | undefined,
): TrafficSource {
  const { loop, recorder, streams } = world;
  const nextKey = keysOf(traffic.key, () => streams.named(`traffic.${traffic.id}/keys`));
  const { shape, payload, scale } = traffic;

  const source: TrafficSource = {
    onRequest: undefined,
    request() {
      if (frontEnd !== undefined && !frontEnd.has()) recorder.handedOver(id, REFUSED_IN_FRONT);
      else {
        frontEnd?.take();
        recorder.handedOver(id, target.receive(payload, nextKey(), NEW_CHAIN) ? OK : FUNCTION_ERROR);
      }
      source.onRequest?.();
    },
    start() {
      const arrivals = arrivalProcess(traffic, world.scenario.run, streams);
      if (arrivals !== undefined) loop.feed(arrivals, () => source.request());
      if (shape.kind !== 'users') return;
      // The answer comes at once, so a user only thinks.
      const thinkTime = new Variates(
        makeDistribution(shape.thinkTime),
        streams.named(`traffic.${traffic.id}/think-time`),
      );
      const ask = loop.define(`traffic.${traffic.id}/ask`, () => {
        source.request();
        loop.after(thinkTime.next(), ask, NONE);
      });
      for (let user = 0; user < Math.round(shape.count * scale); user++) loop.after(thinkTime.next(), ask, NONE);
    },
  };
  return source;
}
