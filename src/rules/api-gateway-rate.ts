/**
 * Rule     API Gateway limits the requests of an account in a region before they reach Lambda; the client sees 429 and Lambda sees nothing.
 * Numbers  10,000 requests a second, burst 5,000.
 * Era      The same since the first day covered.
 * Source   Amazon API Gateway Developer Guide, "Amazon API Gateway quotas"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { Rule } from './rule.js';

export interface ApiGatewayRate {
  readonly perSecond: number;
  /** Requests the bucket holds. */
  readonly burst: number;
}

export const apiGatewayRate: Rule<ApiGatewayRate> = {
  name: 'api-gateway-rate',
  statement: 'API Gateway passes at most 10,000 requests a second of an account, with bursts of 5,000.',
  assumes:
    'A token bucket that starts full; HTTP and REST APIs of the account share it. The burst is from memory; small regions have less.',
  fields: { perSecond: 'number', burst: 'count' },
  versions: [
    {
      from: '2018-01-01',
      value: { perSecond: 10_000, burst: 5_000 },
      certainty: 'documented',
      assumed: ['burst'],
      source: 'Amazon API Gateway Developer Guide, "Amazon API Gateway quotas"',
      read: '2026-11-21',
    },
  ],
};
