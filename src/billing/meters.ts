/** What AWS meters of a function, as bill items: which price, which quantity, which part of the free tier. */

import type { Billed } from '../results/run-result.js';
import type { FreeTier } from '../rules/free-tier.js';
import type { PriceId } from '../scenario/price-ids.js';
import type { Architecture } from '../scenario/types.js';

/** The metered usage of one function, over a run or a month. */
export interface BillableUsage {
  /** Its id. */
  readonly resource: string;
  readonly architecture: Architecture;
  readonly memoryMb: number;
  readonly billed: Readonly<Billed>;
  /** CloudFront runs it, as Lambda@Edge: other prices, no free tier, no volume tiers. */
  readonly atEdge?: boolean | undefined;
  /** GB of streamed responses beyond the part that each has free. */
  readonly streamedGb?: number | undefined;
  /** Paid SnapStart: GB-seconds of cached snapshots, and GB of memory restored. */
  readonly snapStart?: { readonly cacheGbSeconds: number; readonly restoredGb: number } | undefined;
}

export interface Meter {
  readonly item: string;
  /** Of the quantity on the bill. */
  readonly unit: string;
  /** Units of the quantity that one price buys. */
  readonly per: number;
  priceId(architecture: Architecture): PriceId;
  quantity(usage: BillableUsage): number;
  /** Free units of the month it shares with all usage of the same field. */
  readonly free: keyof FreeTier | undefined;
}

export const METERS: readonly Meter[] = [
  {
    item: 'Requests',
    unit: 'requests',
    per: 1_000_000,
    priceId: () => 'lambda.request',
    quantity: ({ billed, atEdge }) => (atEdge === true ? 0 : billed.requests),
    free: 'requests',
  },
  {
    item: 'Duration',
    unit: 'GB-s',
    per: 1,
    priceId: (architecture) => `lambda.duration.${architecture}`,
    quantity: ({ billed, atEdge }) => (atEdge === true ? 0 : billed.gbSeconds),
    free: 'gbSeconds',
  },
  {
    item: 'Provisioned concurrency',
    unit: 'GB-s',
    per: 1,
    priceId: (architecture) => `lambda.provisioned-concurrency.${architecture}`,
    quantity: ({ billed }) => billed.provisionedGbSeconds,
    free: undefined,
  },
  {
    item: 'Duration on provisioned concurrency',
    unit: 'GB-s',
    per: 1,
    priceId: (architecture) => `lambda.provisioned-duration.${architecture}`,
    quantity: ({ billed }) => billed.provisionedDurationGbSeconds,
    free: undefined,
  },
  {
    item: 'Ephemeral storage',
    unit: 'GB-s',
    per: 1,
    priceId: () => 'lambda.ephemeral-storage',
    quantity: ({ billed }) => billed.storageGbSeconds,
    free: undefined,
  },
  {
    item: 'Response streaming',
    unit: 'GB',
    per: 1,
    priceId: () => 'lambda.response-streaming',
    quantity: ({ streamedGb }) => streamedGb ?? 0,
    free: 'streamedGb',
  },
  {
    item: 'SnapStart cache',
    unit: 'GB-s',
    per: 1,
    priceId: () => 'lambda.snapstart-cache',
    quantity: ({ snapStart }) => snapStart?.cacheGbSeconds ?? 0,
    free: undefined,
  },
  {
    item: 'SnapStart restore',
    unit: 'GB',
    per: 1,
    priceId: () => 'lambda.snapstart-restore',
    quantity: ({ snapStart }) => snapStart?.restoredGb ?? 0,
    free: undefined,
  },
  {
    item: 'Lambda@Edge requests',
    unit: 'requests',
    per: 1_000_000,
    priceId: () => 'lambda-edge.request',
    quantity: ({ billed, atEdge }) => (atEdge === true ? billed.requests : 0),
    free: undefined,
  },
  {
    item: 'Lambda@Edge duration',
    unit: 'GB-s',
    per: 1,
    priceId: () => 'lambda-edge.duration',
    quantity: ({ billed, atEdge }) => (atEdge === true ? billed.gbSeconds : 0),
    free: undefined,
  },
];

/** The prices that a usage needs: those of its meters that are not at 0. */
export function pricesFor(usage: BillableUsage): PriceId[] {
  return METERS.filter((meter) => meter.quantity(usage) > 0).map((meter) => meter.priceId(usage.architecture));
}
