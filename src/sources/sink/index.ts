/** A queue that nothing reads: what is sent to it counts as delivered, and stays there. */
import type { World } from '../../lambda/world.js';
import { messageLimits } from '../../rules/message-limits.js';
import { messagingCharge, partsOf } from '../../rules/messaging-charge.js';
import { FIGURES } from '../../scenario/resource-figures.js';
import type { QueueSettings } from '../../scenario/types.js';
import type { RunningResource } from '../resource.js';

export function queueSink({ id }: QueueSettings, world: World): RunningResource {
  const resource = world.resource('queues', id);
  const { recorder, rules } = world;
  const limit = rules.value(messageLimits).queue;
  const { part } = rules.value(messagingCharge);
  let sent = 0;
  return {
    receive(payload) {
      if (payload > limit) return false;
      recorder.counted(resource, FIGURES.queues.sent, 1);
      recorder.counted(resource, FIGURES.queues.requests, partsOf(part, payload));
      recorder.stands(resource, FIGURES.queues.visible, ++sent);
      return true;
    },
  };
}
