/** How much of all that arrives a resource has to do with: what befalls half of a nightly job is less than what befalls a hundredth of a shop. */
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Subject } from './subject.js';

/**
 * From 0 to 1, of the path of a resource: what came to it, over all requests and records that traffic sent or that waited at
 * the start. Retries and loops may bring more than that, which counts as all.
 */
export function requestShare(subject: Subject, resource: string): number {
  const { scenario, run } = subject;
  const all =
    scenario.traffic.reduce((sum, { id }) => sum + run.traffic[id]!.offered, 0) +
    [...scenario.queues, ...scenario.streams].reduce((sum, { backlog }) => sum + backlog, 0);
  const [kind = '', id = ''] = resource.split('.');
  const came = cameTo(subject, kind, id);
  return came === undefined || came >= all ? 1 : came / all;
}

/** Undefined for what is no single resource. */
function cameTo({ scenario, run }: Subject, kind: string, id: string): number | undefined {
  switch (kind) {
    case 'functions':
      return workOf(run, scenario.functions.find((fn) => fn.id === id)!);
    case 'traffic':
      return run.traffic[id]!.offered;
    case 'queues':
      return run.queues[id]!.sent;
    case 'streams':
      return run.streams[id]!.records + run.streams[id]!.rejected;
    case 'dependencies':
      return run.dependencies[id]!.calls;
    default:
      return undefined;
  }
}

/** Attempts to invoke it, or the records it reads where a batch has more of them. */
function workOf(run: Subject['run'], { id, eventSources }: LambdaFunctionSettings): number {
  const { invocations, throttles, serviceErrors } = run.functions[id]!;
  const records = eventSources.reduce(
    (sum, one) => sum + (one.kind === 'queue' ? run.queues[one.queue]!.sent : run.streams[one.stream]!.records),
    0,
  );
  return Math.max(records, invocations + throttles + serviceErrors);
}
