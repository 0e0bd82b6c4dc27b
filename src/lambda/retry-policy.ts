/** Whether and when a synchronous client tries again, be it outside or a function that calls another. */
import type { Stream } from '../engine/random-streams.js';
import type { Micros } from '../engine/units.js';
import { backoffDelay } from '../rules/client-backoff.js';
import {
  attemptsOf,
  type ClientRetry,
  clientRetry,
  type RetryTrigger,
  refunded,
  retryCost,
  retryDelay,
} from '../rules/client-retry.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { RetryCause, RetrySettings } from '../scenario/types.js';
import {
  CALLER_TIMEOUT,
  FUNCTION_ERROR,
  FUNCTION_TIMEOUT,
  type Outcome,
  REFUSED_IN_FRONT,
  SERVICE_ERROR,
  THROTTLED,
} from './outcome.js';

export const GIVE_UP = -1;

export interface RetryPolicy {
  /** Delay before the attempt after `attempt` (0 for the first), or GIVE_UP. */
  retryAfter(attempt: number, outcome: Outcome): Micros;
  /** An attempt succeeded; `attempt` is 0 for a first try. */
  succeeded(attempt: number): void;
}

/** Undefined for a client that never tries again; `stream` draws the jitter. */
export function retryPolicy(settings: RetrySettings, rules: Rulebook, stream: Stream): RetryPolicy | undefined {
  switch (settings.kind) {
    case 'none':
      return undefined;
    case 'sdk':
      return new SdkRetry(rules.value(clientRetry), settings.mode, settings.maximumAttempts, stream);
    case 'backoff':
      return new BackoffRetry(settings, stream);
  }
}

/** An AWS SDK client: retries throttles, service errors and its own time-outs, never a function error, while its tokens last. */
class SdkRetry implements RetryPolicy {
  private readonly attempts: number;
  private tokens: number;
  /** What the last retry took; a success gives it back. */
  private lastCost = 0;

  constructor(
    private readonly rule: ClientRetry,
    private readonly mode: 'standard' | 'legacy' | 'adaptive',
    maximumAttempts: number | undefined,
    private readonly stream: Stream,
  ) {
    this.attempts = maximumAttempts ?? attemptsOf(rule, mode);
    this.tokens = rule.quota;
  }

  retryAfter(attempt: number, outcome: Outcome): Micros {
    if (attempt + 1 >= this.attempts) return GIVE_UP;
    const trigger = triggerOf(outcome);
    if (trigger === undefined) return GIVE_UP;
    const cost = retryCost(this.rule, this.mode, trigger);
    if (cost > this.tokens) return GIVE_UP;
    this.tokens -= cost;
    this.lastCost = cost;
    return retryDelay(this.rule, this.mode, trigger, attempt, this.stream.uniform());
  }

  succeeded(attempt: number): void {
    this.tokens = refunded(this.rule, this.tokens, attempt > 0 ? this.lastCost : 0);
  }
}

function triggerOf(outcome: Outcome): RetryTrigger | undefined {
  if (outcome === THROTTLED || outcome === REFUSED_IN_FRONT) return 'throttle';
  if (outcome === SERVICE_ERROR) return 'transient';
  return outcome === CALLER_TIMEOUT ? 'timeout' : undefined;
}

class BackoffRetry implements RetryPolicy {
  private readonly on: ReadonlySet<RetryCause>;

  constructor(
    private readonly settings: Extract<RetrySettings, { kind: 'backoff' }>,
    private readonly stream: Stream,
  ) {
    this.on = new Set(settings.on);
  }

  retryAfter(attempt: number, outcome: Outcome): Micros {
    if (attempt + 1 >= this.settings.maximumAttempts) return GIVE_UP;
    const cause = causeOf(outcome);
    if (cause === undefined || !this.on.has(cause)) return GIVE_UP;
    return backoffDelay(this.settings, attempt, this.settings.jitter === 'full' ? this.stream.uniform() : 1);
  }

  succeeded(): void {}
}

function causeOf(outcome: Outcome): RetryCause | undefined {
  switch (outcome) {
    case THROTTLED:
    case REFUSED_IN_FRONT:
      return 'throttle';
    case SERVICE_ERROR:
      return 'serviceError';
    case FUNCTION_ERROR:
    case FUNCTION_TIMEOUT:
      return 'functionError';
    case CALLER_TIMEOUT:
      return 'timeout';
    default:
      return undefined;
  }
}
