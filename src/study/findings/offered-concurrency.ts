/** How much concurrency the requests of a function would take if none of them were refused. */
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import type { Subject } from './subject.js';

/** Little's law: requests per second, retries left out, times how long each holds concurrency. Undefined when none ran or none came from traffic. */
export function offeredConcurrency({ scenario, run }: Subject, fn: LambdaFunctionSettings): number | undefined {
  const { invocations, concurrency, async } = run.functions[fn.id]!;
  // What other functions call and wait for is known only where it ran.
  if (scenario.functions.some(({ calls }) => calls.some(({ to }) => to === fn.id))) return undefined;
  const callers = scenario.traffic.filter(({ to, invocation }) => to === fn.id && invocation === 'RequestResponse');
  const offered = callers.reduce((sum, { id }) => sum + run.traffic[id]!.offered, async.received);
  return invocations === 0 || offered === 0 ? undefined : (concurrency.mean * offered) / invocations;
}
