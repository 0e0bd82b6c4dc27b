/** Why a function failed, as the one setting behind most of it: its timeout, its own errors, or whoever it calls. */
import { count, counted, share } from '../../engine/format.js';
import type { LambdaFunctionSettings } from '../../scenario/types.js';
import { refusedCalls } from './dependencies.js';
import type { Found } from './found.js';
import { rejectedWrites } from './streams.js';
import type { Subject } from './subject.js';
import { mostlyRefusedBy } from './throttles.js';

/** Failures that the scenario asks for. */
export function ownErrors(subject: Subject): Found[] {
  return subject.scenario.functions.flatMap((fn): Found[] => {
    const { errors, timeouts, invocations } = subject.run.functions[fn.id]!;
    const resource = `functions.${fn.id}`;
    const failed = errors - timeouts;
    if (failed === 0 || fn.errorRate === 0) return [];
    const retried = retriedBy(subject, fn);
    const again = retried === undefined ? '' : `, and ${retried} tried again after a wait`;
    const message = `${count(failed)} of ${counted(invocations, 'invocation')} of ${fn.id} (${share(failed / invocations)}) failed in its handler, as its errorRate of ${share(fn.errorRate)} says${again}.`;
    return [
      {
        resource,
        limit: 'FunctionError',
        ...subject.period(resource, 'Errors'),
        message,
        knob: `${resource}.errorRate`,
        touches: [
          'errors',
          'failed',
          'succeeded',
          ...(retried === undefined ? [] : (['latency', 'attempts'] as const)),
        ],
        requests: failed / invocations,
        bill: 0,
        onlyWhereFailed: true,
      },
    ];
  });
}

/** Traffic whose requests are as late as their last attempt, because its client tries again after an error of the handler. */
function retriedBy({ scenario, run }: Subject, fn: LambdaFunctionSettings): string | undefined {
  return scenario.traffic.find(
    ({ id, to, retry }) =>
      to === fn.id &&
      retry.kind === 'backoff' &&
      retry.on.includes('functionError') &&
      run.traffic[id]!.parts.retryWait > 0,
  )?.id;
}

/** Functions that wait for each other form no circle, so the search ends. */
export function knobOfErrors(subject: Subject, fn: LambdaFunctionSettings): string {
  const { errors, timeouts, invocations } = subject.run.functions[fn.id]!;
  if (2 * timeouts >= errors && timeouts > 0) return `functions.${fn.id}.timeout`;
  const own = `functions.${fn.id}.errorRate`;
  return 2 * fn.errorRate * invocations >= errors ? own : (knobOfCalls(subject, fn) ?? own);
}

function knobOfCalls(subject: Subject, { calls }: LambdaFunctionSettings): string | undefined {
  const called = new Set(calls.map(({ to }) => `${to}`));
  const [refusal] = [refusedCalls, rejectedWrites]
    .flatMap((find) => find(subject))
    .filter(({ resource }) => called.has(resource.slice(resource.indexOf('.') + 1)))
    .sort((a, b) => b.requests - a.requests);
  if (refusal !== undefined) return refusal.knob;
  const callees = subject.scenario.functions.filter(({ id }) =>
    calls.some(({ to, invocation }) => to === id && invocation === 'RequestResponse'),
  );
  for (const callee of callees) {
    const { errors, throttles } = subject.run.functions[callee.id]!;
    if (errors > 0 && errors >= throttles) return knobOfErrors(subject, callee);
    if (throttles > 0) return mostlyRefusedBy(subject, callee)?.knob;
  }
  return undefined;
}
