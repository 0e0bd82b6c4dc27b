/** What a client does about failures: as written, or as the caller of its `via` does by default. */

import { clientBackoff } from '../../rules/client-backoff.js';
import type { SynchronousCaller } from '../../rules/synchronous-callers.js';
import type { TrafficInput } from '../schema-traffic.js';
import { below, type Path } from '../tree.js';
import type { RetrySettings } from '../types.js';
import type { Context } from './context.js';

/** What a back-off of one's own answers to unless it says so: what Lambda calls transient. */
const CAUSES = ['throttle', 'serviceError'] as const;

export function resolveRetry(
  retry: TrafficInput['retry'],
  caller: SynchronousCaller,
  path: Path,
  context: Context,
): RetrySettings {
  if (retry === 'none') return { kind: 'none' };
  if (retry === undefined)
    return caller.retry.kind === 'sdk' ? { ...caller.retry, maximumAttempts: undefined } : caller.retry;
  const { mode, interval } = retry;
  if (mode !== undefined) {
    for (const key of ['interval', 'backoffRate', 'maximumDelay', 'jitter', 'on'] as const) {
      if (retry[key] === undefined) continue;
      context.report([...path, key], {
        code: 'one-of',
        message: `an SDK mode has no ${key} of its own`,
        hint: `remove ${key}, or mode`,
      });
    }
    return { kind: 'sdk', mode, maximumAttempts: retry.maximumAttempts };
  }
  if (interval === undefined) {
    const fault = {
      code: 'missing-setting',
      message: 'retry needs mode or interval',
      hint: 'such as { mode: standard, maximumAttempts: 3 } or { interval: 1s, backoffRate: 2 }',
    };
    context.report(path, fault, below(path, ['mode', 'interval']));
    return { kind: 'none' };
  }
  const defaults = context.rules.value(clientBackoff);
  const maximumDelay = retry.maximumDelay ?? Math.max(interval, defaults.maximumDelay);
  if (maximumDelay < interval) {
    context.report([...path, 'maximumDelay'], {
      code: 'below-minimum',
      message: 'maximumDelay is below interval',
      hint: 'raise it, or lower interval',
    });
  }
  return {
    kind: 'backoff',
    interval,
    backoffRate: retry.backoffRate ?? defaults.backoffRate,
    maximumDelay,
    jitter: retry.jitter ?? defaults.jitter,
    maximumAttempts: retry.maximumAttempts ?? defaults.maximumAttempts,
    on: retry.on === undefined ? CAUSES : [...new Set(retry.on)],
  };
}
