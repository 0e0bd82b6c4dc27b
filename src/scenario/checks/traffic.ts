/** Traffic against what it calls and against the limits of its `via`. */
import { payloadLimits } from '../../rules/payload-limits.js';
import {
  callerOf,
  longestTimeLimit,
  type SynchronousCaller,
  synchronousCallers,
} from '../../rules/synchronous-callers.js';
import { durationText } from '../quantities/duration.js';
import { sizeText } from '../quantities/size.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { LambdaFunctionSettings, Scenario, SynchronousVia, TrafficSettings } from '../types.js';

export function checkTraffic({ traffic, functions }: Scenario, context: Context): void {
  const byId = new Map(functions.map((fn) => [fn.id, fn]));
  for (const one of traffic) {
    if (one.invocation === 'Event') continue;
    const caller = callerOf(context.rules.value(synchronousCallers), one.via as SynchronousVia, one.edgeEvent);
    checkPayload(one, caller, context);
    checkTimeout(one, caller, context);
    const fn = byId.get(one.to);
    if (fn !== undefined) checkAnswer(one, fn, caller, context);
  }
}

function checkPayload({ id, via, payload }: TrafficSettings, caller: SynchronousCaller, context: Context): void {
  if (payload <= caller.request) return;
  context.report(
    ['traffic', id, 'payload'],
    {
      code: 'above-maximum',
      message: `${sizeText(payload)} is above the ${sizeText(caller.request)} limit of ${via}`,
      hint: `use at most ${sizeText(caller.request)}`,
    },
    [['traffic', id, 'via'], ['asOf']],
  );
}

/** A client may give up earlier than its front end; later only where the front end lets its limit be set. */
function checkTimeout({ id, via, timeout }: TrafficSettings, caller: SynchronousCaller, context: Context): void {
  const maximum = longestTimeLimit(caller);
  if (maximum === null) return;
  const minimum = caller.settable === null ? 0 : caller.settable[0];
  const path: Path = ['traffic', id, 'timeout'];
  const involves: Path[] = [['traffic', id, 'via'], ['asOf']];
  if (timeout === undefined || timeout > maximum) {
    const written = timeout === undefined ? 'no time limit' : durationText(timeout);
    const when = context.asOf;
    context.report(
      path,
      {
        code: 'above-maximum',
        message: `${written} is above the ${durationText(maximum)} that ${via} waits at most on ${when}`,
        hint: `use at most ${durationText(maximum)}`,
      },
      involves,
    );
  } else if (timeout < minimum) {
    context.report(
      path,
      {
        code: 'below-minimum',
        message: `${durationText(timeout)} is below the ${durationText(minimum)} that ${via} waits at least`,
        hint: `use ${durationText(minimum)} to ${durationText(maximum)}`,
      },
      involves,
    );
  }
}

function checkAnswer(
  { id, via, timeout }: TrafficSettings,
  fn: LambdaFunctionSettings,
  caller: SynchronousCaller,
  context: Context,
): void {
  const { response } = context.rules.value(payloadLimits);
  // Above Lambda's own limit the function is reported already.
  if (!fn.response.streamed && fn.response.size > caller.response && fn.response.size <= response) {
    context.report(
      ['functions', fn.id, 'response'],
      {
        code: 'above-maximum',
        message: `a response of ${sizeText(fn.response.size)} is above the ${sizeText(caller.response)} that ${via} (traffic.${id}) takes back`,
        hint: `use at most ${sizeText(caller.response)}, or another via`,
      },
      [['traffic', id, 'via'], ['traffic', id, 'to'], ['asOf']],
    );
  }
  if (timeout !== undefined && fn.timeout > timeout && context.has(['functions', fn.id, 'timeout'])) {
    context.warn(
      `traffic.${id}: the client gives up after ${durationText(timeout)}, while functions.${fn.id} runs on, and is billed, up to its timeout of ${durationText(fn.timeout)}`,
    );
  }
}
