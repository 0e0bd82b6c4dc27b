/** A stream that nothing reads: what is sent to it counts as delivered, and stays there. */
import type { World } from '../../lambda/world.js';
import { messageLimits } from '../../rules/message-limits.js';
import { FIGURES } from '../../scenario/resource-figures.js';
import type { StreamSettings } from '../../scenario/types.js';
import type { RunningResource } from '../resource.js';

export function streamSink({ id }: StreamSettings, world: World): RunningResource {
  const resource = world.resource('streams', id);
  const limit = world.rules.value(messageLimits).stream;
  let records = 0;
  return {
    receive(payload) {
      if (payload > limit) return false;
      world.recorder.counted(resource, FIGURES.streams.records, 1);
      world.recorder.stands(resource, FIGURES.streams.waiting, ++records);
      return true;
    },
  };
}
