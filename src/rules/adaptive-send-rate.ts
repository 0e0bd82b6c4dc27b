/**
 * The send rate of an SDK client in adaptive mode: cut on a throttle, then back along a cubic that is flat where the last
 * throttle came. Formulas only, with the numbers of the rule `client-retry`; the client that counts, waits and keeps the
 * state is elsewhere. Rates are requests per second, times seconds.
 * Source: AWS SDKs and Tools Reference Guide, "Retry behavior", and the SDKs' common design (CUBIC, as in RFC 9438,
 * section 4.2), from memory; test/rules/adaptive-send-rate.test.ts holds its shape.
 */
import type { ClientRetry } from './client-retry.js';

/** The measured rate after one more interval in which `latest` was measured. */
export function smoothedRate(value: ClientRetry, measured: number, latest: number): number {
  return latest * value.adaptiveSmoothing + measured * (1 - value.adaptiveSmoothing);
}

/** The rate right after a throttle at `rate`. */
export function rateAfterThrottle(value: ClientRetry, rate: number): number {
  return Math.max(value.adaptiveMinimum, rate * value.adaptiveCut);
}

/**
 * The rate at a success, `elapsed` seconds after the last throttle, which came at `rate`; never above twice what was
 * `measured`. It starts at the cut rate, reaches `rate` after the cubic root of rate x (1 - cut) / growth seconds, and probes beyond.
 */
export function rateAfterSuccess(value: ClientRetry, rate: number, elapsed: number, measured: number): number {
  const back = Math.cbrt((rate * (1 - value.adaptiveCut)) / value.adaptiveGrowth);
  const cubic = value.adaptiveGrowth * (elapsed - back) ** 3 + rate;
  return Math.max(value.adaptiveMinimum, Math.min(cubic, 2 * measured));
}
