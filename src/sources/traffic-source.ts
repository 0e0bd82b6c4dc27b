/** A traffic while a run goes on, and the traffic that follows another: requests of the one bring requests of the other. */
import { makeDistribution } from '../engine/distributions/registry.js';
import { Variates } from '../engine/variates.js';
import type { EventSource } from '../lambda/event-source.js';
import type { World } from '../lambda/world.js';
import type { TrafficShape } from '../scenario/types.js';

export interface TrafficSource extends EventSource {
  /** Told of each request that arrives, whatever becomes of it; set before the start. */
  onRequest: (() => void) | undefined;
  /** A request arrives now. */
  request(): void;
}

/** `sources` in the order of the scenario's traffic. */
export function linkFollowers(world: World, sources: readonly TrafficSource[]): void {
  const { traffic } = world.scenario;
  for (const [index, { id, shape, scale }] of traffic.entries()) {
    if (shape.kind !== 'follows') continue;
    const followed = sources[traffic.findIndex((one) => one.id === shape.traffic)]!;
    const follow = follower(world, id, shape, scale, sources[index]!);
    const before = followed.onRequest;
    followed.onRequest =
      before === undefined
        ? follow
        : () => {
            before();
            follow();
          };
  }
}

/** Of a ratio of 2.3 two always follow, and a third in 30% of the cases. */
function follower(
  { loop, streams }: World,
  id: string,
  shape: Extract<TrafficShape, { kind: 'follows' }>,
  scale: number,
  source: TrafficSource,
): () => void {
  const delay = new Variates(makeDistribution(shape.delay), streams.named(`traffic.${id}/delay`));
  const chance = streams.named(`traffic.${id}/ratio`);
  const ratio = shape.ratio * scale;
  const always = Math.floor(ratio);
  const arrive = loop.define(`traffic.${id}/follow`, () => source.request());
  return () => {
    const often = always + (ratio > always && chance.uniform() < ratio - always ? 1 : 0);
    for (let i = 0; i < often; i++) loop.after(delay.next(), arrive);
  };
}
