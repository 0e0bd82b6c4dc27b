/** The quota of requests per second that comes with concurrency: ten for each, for the account, a reservation, provisioned concurrency. */
import type { EventLoop } from '../engine/event-loop.js';
import { requestBurst, requestRateQuota, requestsPerSecond } from '../rules/request-rate-quota.js';
import type { Rulebook } from '../rules/rulebook.js';
import { TokenBucket } from './token-bucket.js';

/** Full at the start; holds what flows in during the rule's window. */
export function requestLimiter(loop: EventLoop, rules: Rulebook, concurrency: number): TokenBucket {
  const rule = rules.value(requestRateQuota);
  return new TokenBucket(loop, requestBurst(rule, concurrency), requestsPerSecond(rule, concurrency));
}
