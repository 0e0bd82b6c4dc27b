/** A queue with the mappings that read it. */

import type { QueueSettings } from '../../scenario/types.js';
import type { ResourceFactory } from '../resource.js';
import { QueueMapping } from './mapping.js';
import { Queue } from './queue.js';

export const queue: ResourceFactory<QueueSettings> = (settings, world) => {
  const made = new Queue(settings, world);
  for (const fn of world.functions) {
    for (const source of fn.settings.eventSources) {
      if (source.kind === 'queue' && source.queue === settings.id) new QueueMapping(made, source, fn, world);
    }
  }
  return made;
};
