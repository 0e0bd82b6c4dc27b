/**
 * Rule     A function in a VPC needs network interfaces: once per group of environments, on the cold start; now one for all of them, made when the function is created or changed.
 * Numbers  Classic: p50 9 s, p99 16.1 s on a cold start; one interface for 3 GB of memory; 250 addresses. Hyperplane: 0 s on a cold start, 90 s once after a change.
 * Era      Classic until 2019-10, Hyperplane since 2019-11.
 * Source   AWS Lambda Developer Guide, "Configuring a Lambda function to access resources in a VPC" (2018, 2019, 2023); AWS Compute Blog, "Announcing improved VPC networking for AWS Lambda functions" (2019); read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import type { DistributionSpec } from '../engine/distribution.js';
import { MILLISECOND, type Micros, SECOND } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface VpcNetwork {
  /** What `vpc: true` means on the day. */
  readonly mode: 'classic' | 'hyperplane';
  /** Added to the platform part of a cold start. */
  readonly classicColdStart: DistributionSpec;
  readonly hyperplaneColdStart: DistributionSpec;
  /** Free addresses in the subnets, of which each classic interface takes one. */
  readonly addresses: number;
  /** GB of memory that share one classic interface. */
  readonly gbPerEni: number;
  /** From a change of the VPC settings to the first request served with them (Hyperplane). */
  readonly updateDelay: Micros;
}

const value = {
  classicColdStart: { kind: 'two-quantiles', low: 0.5, atLow: 9 * SECOND, high: 0.99, atHigh: 16_100 * MILLISECOND },
  hyperplaneColdStart: { kind: 'constant', value: 0 },
  addresses: 250,
  gbPerEni: 3,
  updateDelay: 90 * SECOND,
} as const;

const chosen = ['classicColdStart', 'addresses', 'updateDelay'] as const;

export const vpcNetwork: Rule<VpcNetwork> = {
  name: 'vpc-network',
  statement: 'Until autumn 2019 a cold start in a VPC waited seconds for a network interface; since then it does not.',
  assumes:
    'The distribution of the classic start, between reports of 3 to 15 s; the day, as regions changed from September to November 2019; 250 addresses, a /24 subnet.',
  fields: {
    mode: ['classic', 'hyperplane'],
    classicColdStart: 'distribution',
    hyperplaneColdStart: 'distribution',
    addresses: 'count',
    gbPerEni: 'number',
    updateDelay: 'duration',
  },
  notYet: ['updateDelay'],
  versions: [
    {
      from: '2019-11-01',
      value: { mode: 'hyperplane', ...value },
      certainty: 'documented',
      assumed: ['day', ...chosen],
      source: 'AWS Lambda Developer Guide, "Configuring a Lambda function to access resources in a VPC" (2023)',
      read: '2026-11-21',
    },
    {
      from: '2018-01-01',
      value: { mode: 'classic', ...value },
      certainty: 'documented',
      assumed: chosen,
      source: 'AWS Lambda Developer Guide, "Configuring a Lambda function to access resources in an Amazon VPC" (2018)',
      read: '2026-11-21',
    },
  ],
};

/** Environments of one memory size that so many classic interfaces carry. */
export function environmentsOn(interfaces: number, memoryMb: number, { gbPerEni }: VpcNetwork): number {
  return Math.floor((interfaces * gbPerEni * 1024) / memoryMb);
}
