/**
 * Rule     An AWS SDK tries a throttled or failed call again after a random, growing delay, while it has retry tokens; a function error is not a failed call.
 * Numbers  Standard and adaptive: 3 attempts; delay up to 1 s (from 2026-11: 50 ms after a transient error), doubling, at most 20 s; 500 tokens, 5 a retry, 10 after a client time-out (from 2026-11: 14 after a transient error or time-out, 5 after a throttle), 1 back for a plain success. Legacy: 5 attempts, delay up to 1 s, doubling. Adaptive send rate: cut to 0.7 of the measured rate on a throttle, cubic growth 0.4, smoothing 0.8 over 0.5 s, at least 0.5 a second.
 * Era      The new figures are the default of all SDKs from November 2026.
 * Source   AWS SDKs and Tools Reference Guide, "Retry behavior" (2026); AWS Developer Tools Blog, "Announcing updated retry behavior for AWS SDKs and Tools"; aws/aws-sdk-go-v2 pull request 3400, for the figures before; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { MILLISECOND, type Micros, SECOND, type Share } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface ClientRetry {
  /** Attempts in all, the first included: `standard` and `adaptive`. */
  readonly attempts: number;
  /** Longest delay before the first retry, by cause. */
  readonly transientDelay: Micros;
  readonly throttleDelay: Micros;
  /** No delay of `standard` and `adaptive` is longer. */
  readonly maximumDelay: Micros;
  /** Where the limit bites: `delay` caps the span that is drawn from, `draw` caps what was drawn. */
  readonly cap: 'delay' | 'draw';
  /** Tokens a client starts with and never exceeds. */
  readonly quota: number;
  readonly transientCost: number;
  readonly throttleCost: number;
  /** After the client's own time limit ended an attempt. */
  readonly timeoutCost: number;
  /** Given back by a success without retries; one after a retry gives back what that retry took. */
  readonly successRefund: number;
  readonly legacyAttempts: number;
  readonly legacyDelay: Micros;
  /** Send rate after a throttle, as a share of the rate measured. */
  readonly adaptiveCut: Share;
  /** Scale of the cubic by which the rate recovers, requests per second per cubed second. */
  readonly adaptiveGrowth: number;
  /** Weight of the newest measurement of the rate, one every `adaptiveInterval`. */
  readonly adaptiveSmoothing: Share;
  readonly adaptiveInterval: Micros;
  /** Requests per second. */
  readonly adaptiveMinimum: number;
}

const either = {
  attempts: 3,
  throttleDelay: 1 * SECOND,
  maximumDelay: 20 * SECOND,
  quota: 500,
  throttleCost: 5,
  successRefund: 1,
  legacyAttempts: 5,
  legacyDelay: 1 * SECOND,
  adaptiveCut: 0.7,
  adaptiveGrowth: 0.4,
  adaptiveSmoothing: 0.8,
  adaptiveInterval: 0.5 * SECOND,
  adaptiveMinimum: 0.5,
} as const;

/** The modes that no source read describes. */
const fromMemory = [
  'legacyAttempts',
  'legacyDelay',
  'adaptiveCut',
  'adaptiveGrowth',
  'adaptiveSmoothing',
  'adaptiveInterval',
  'adaptiveMinimum',
] as const;

export const clientRetry: Rule<ClientRetry> = {
  name: 'client-retry',
  statement: 'An AWS SDK makes 3 attempts with random, doubling delays while its retry tokens last.',
  assumes:
    "One SDK client, so one bucket of tokens and one send rate, for each traffic. The first day of November. Legacy is botocore's, from memory, without tokens; JavaScript v2 had 4 attempts from 100 ms. The adaptive figures are those of the SDKs' common design, from memory. Requests that wait for the send rate leave in the order they came. Server hints on the delay are not given by Lambda throttles here.",
  fields: {
    attempts: 'count',
    transientDelay: 'duration',
    throttleDelay: 'duration',
    maximumDelay: 'duration',
    cap: ['delay', 'draw'],
    quota: 'count',
    transientCost: 'count',
    throttleCost: 'count',
    timeoutCost: 'count',
    successRefund: 'count',
    legacyAttempts: 'count',
    legacyDelay: 'duration',
    adaptiveCut: 'share',
    adaptiveGrowth: 'number',
    adaptiveSmoothing: 'share',
    adaptiveInterval: 'duration',
    adaptiveMinimum: 'number',
  },
  versions: [
    {
      from: '2026-11-01',
      value: { ...either, transientDelay: 50 * MILLISECOND, cap: 'delay', transientCost: 14, timeoutCost: 14 },
      certainty: 'documented',
      assumed: ['day', ...fromMemory],
      source: 'AWS SDKs and Tools Reference Guide, "Retry behavior"',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { ...either, transientDelay: 1 * SECOND, cap: 'draw', transientCost: 5, timeoutCost: 10 },
      certainty: 'documented',
      assumed: fromMemory,
      source: 'aws/aws-sdk-go-v2 pull request 3400',
      read: '2026-11-21',
    },
  ],
};

export type RetryMode = 'standard' | 'legacy' | 'adaptive';
/** What ended the attempt: a 429, a 5xx or lost connection, or the client's own time limit. */
export type RetryTrigger = 'throttle' | 'transient' | 'timeout';

/** Attempts in all, the first included, where the scenario does not say. */
export function attemptsOf(value: ClientRetry, mode: RetryMode): number {
  return mode === 'legacy' ? value.legacyAttempts : value.attempts;
}

/**
 * Delay before a retry, whole microseconds. `retry` counts from 0, the one after the first attempt; `uniform` is the
 * random number in (0, 1) that all modes multiply with.
 */
export function retryDelay(
  value: ClientRetry,
  mode: RetryMode,
  trigger: RetryTrigger,
  retry: number,
  uniform: number,
): Micros {
  if (mode === 'legacy') return Math.round(uniform * value.legacyDelay * 2 ** retry);
  const span = (trigger === 'throttle' ? value.throttleDelay : value.transientDelay) * 2 ** retry;
  return Math.round(
    value.cap === 'delay' ? uniform * Math.min(value.maximumDelay, span) : Math.min(value.maximumDelay, uniform * span),
  );
}

/** Tokens a retry takes; a client without as many gives up. Legacy has none. */
export function retryCost(value: ClientRetry, mode: RetryMode, trigger: RetryTrigger): number {
  if (mode === 'legacy') return 0;
  if (trigger === 'throttle') return value.throttleCost;
  return trigger === 'timeout' ? value.timeoutCost : value.transientCost;
}

/** Tokens after a success; `lastCost` is what the retry that succeeded took, 0 for a first attempt. */
export function refunded(value: ClientRetry, tokens: number, lastCost: number): number {
  return Math.min(value.quota, tokens + (lastCost > 0 ? lastCost : value.successRefund));
}
