/** How fast new on-demand environments may be made: a bucket for the region in the older service, one a function since. */
import type { EventLoop } from '../engine/event-loop.js';
import { burstIn, functionScalingRate } from '../rules/function-scaling-rate.js';
import type { Rulebook } from '../rules/rulebook.js';
import { StepBucket, TokenBucket } from './token-bucket.js';

export interface ScalingLimiter {
  /** Whether one more environment may be made now. */
  has(): boolean;
  /** After `has()` said yes at this instant: it is made. */
  take(): void;
}

/** Gives each function its limiter: its own, or the one all share. */
export function scalingLimiters(loop: EventLoop, rules: Rulebook, region: string): () => ScalingLimiter {
  const rule = rules.value(functionScalingRate);
  const burst = burstIn(rule, region);
  const make = (): ScalingLimiter =>
    rule.refill === 'step'
      ? new StepBucket(loop, burst, rule.perMinute)
      : new TokenBucket(loop, burst, rule.perMinute / 60);
  if (rule.scope === 'function') return make;
  const shared = make();
  return () => shared;
}
