/** What findings of queues have in common: who reads a queue, and where it stands among the results. */
import type { LambdaFunctionSettings, QueueMappingSettings, QueueSettings } from '../../scenario/types.js';
import type { Found } from './found.js';
import type { Subject } from './subject.js';

export interface Reader {
  readonly fn: LambdaFunctionSettings;
  readonly source: QueueMappingSettings;
  /** The path of the mapping. */
  readonly path: string;
}

export function readersOf({ scenario }: Subject, { id }: QueueSettings): Reader[] {
  return scenario.functions.flatMap((fn) =>
    fn.eventSources.flatMap((source, index) =>
      source.kind === 'queue' && source.queue === id
        ? [{ fn, source, path: `functions.${fn.id}.eventSources[${index}]` }]
        : [],
    ),
  );
}

export function foundAt(
  subject: Subject,
  queue: QueueSettings,
  limit: string,
  metric: string,
  finding: { message: string; knob: string; touches: Found['touches']; requests: number },
): Found {
  const resource = `queues.${queue.id}`;
  return { resource, limit, ...subject.period(resource, metric), ...finding, bill: 0 };
}
