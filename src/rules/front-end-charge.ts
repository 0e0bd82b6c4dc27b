/**
 * Rule     What brings a request to a function charges for it: API Gateway each request, an HTTP API by the size; Step Functions each transition, retries too; a load balancer by the hour and by the largest of its capacity units.
 * Numbers  An HTTP API counts by 512 KB; 4,000 free transitions a month; a capacity unit is 25 new connections a second, or with Lambda targets 0.4 GB an hour; 1 request a connection.
 * Era      The same since the first day covered.
 * Source   Pricing pages of Amazon API Gateway and AWS Step Functions (copies of 2020 to 2025); Vantage handbook, "ELB pricing"; AWS re:Post, "Pricing clarification for API Gateway" and "Does AWS charge for throttled requests"; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, GB, HOUR, KB, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface FrontEndCharge {
  /** Of a request to an HTTP API. */
  readonly httpPart: Bytes;
  /** State transitions, a month. */
  readonly freeTransitions: number;
  /** What one capacity unit of a load balancer holds: a second, and GB an hour. */
  readonly newConnections: number;
  readonly processedGb: number;
  readonly requestsPerConnection: number;
}

export const frontEndCharge: Rule<FrontEndCharge> = {
  name: 'front-end-charge',
  statement: 'API Gateway, Step Functions and load balancers charge for the requests that they bring.',
  assumes:
    'Every attempt of a client counts, whatever Lambda answers, but those over the own quota of API Gateway, which AWS staff say are free. An HTTP API counts a request by its payload. A state is one transition for each attempt; those around it are not simulated. Each traffic has a load balancer of its own, its clients open a connection for each request, and payload and response are processed in full; active connections and rules are never its largest dimension.',
  fields: {
    httpPart: 'size',
    freeTransitions: 'count',
    newConnections: 'count',
    processedGb: 'number',
    requestsPerConnection: 'number',
  },
  versions: [
    {
      from: '2018-01-01',
      value: {
        httpPart: 512 * KB,
        freeTransitions: 4_000,
        newConnections: 25,
        processedGb: 0.4,
        requestsPerConnection: 1,
      },
      certainty: 'documented',
      assumed: ['requestsPerConnection'],
      source: 'Pricing pages of Amazon API Gateway, AWS Step Functions and Elastic Load Balancing',
      read: '2026-11-21',
    },
  ],
};

/**
 * Hours of a capacity unit that a request to a load balancer uses, of `bytes` both ways. AWS takes the largest dimension of
 * each hour; as every request of a traffic is alike, that is the same one in all of them, and the hours add up.
 */
export function lcuHours({ newConnections, processedGb, requestsPerConnection }: FrontEndCharge, bytes: Bytes): number {
  const connections = 1 / (requestsPerConnection * newConnections * (HOUR / SECOND));
  return Math.max(connections, bytes / GB / processedGb);
}
