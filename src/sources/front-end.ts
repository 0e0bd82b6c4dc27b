/** API Gateway's own quota, shared by all its APIs of the account and region: a request over it never reaches Lambda. */
import type { EventLoop } from '../engine/event-loop.js';
import { TokenBucket } from '../lambda/token-bucket.js';
import { apiGatewayRate } from '../rules/api-gateway-rate.js';
import type { Rulebook } from '../rules/rulebook.js';
import type { TrafficSettings } from '../scenario/types.js';

export interface FrontEnd {
  /** Whether the request may pass now. */
  has(): boolean;
  /** After `has()` said yes at this instant. */
  take(): void;
}

/** Gives each traffic its front end, or undefined where nothing limits it. */
export function frontEnds(loop: EventLoop, rules: Rulebook): (traffic: TrafficSettings) => FrontEnd | undefined {
  let gateway: FrontEnd | undefined;
  return (traffic) => {
    if (traffic.via !== 'rest-api' && traffic.via !== 'http-api') return undefined;
    const { burst, perSecond } = rules.value(apiGatewayRate);
    gateway ??= new TokenBucket(loop, burst, perSecond);
    return gateway;
  };
}
