/**
 * Compute Savings Plans: what GB-seconds cost under a commitment. Requests, storage, streaming and SnapStart get nothing
 * off. Sources: Compute Savings Plan offer of 2026-09-25 for us-east-1 (1 and 3 years alike), AWS Savings Plans page for
 * Middle East (UAE); read 2026-11-21. Other regions are derived from the same share; the all-upfront rate of provisioned
 * concurrency was not found and is derived too.
 */
import type { PriceId } from '../../scenario/price-ids.js';

export type SavingsPlan = 'none' | 'no-upfront' | 'all-upfront';

/** Share off the first tier. */
const SHARE_OFF = { 'no-upfront': 0.12, 'all-upfront': 0.17 } as const;

/** Published rates of us-east-1, USD a GB-second. */
const US_EAST_1: Readonly<Record<keyof typeof SHARE_OFF, Partial<Record<PriceId, number>>>> = {
  'no-upfront': {
    'lambda.duration.x86_64': 0.0000147,
    'lambda.duration.arm64': 0.0000117,
    'lambda.provisioned-concurrency.x86_64': 0.00000367,
    'lambda.provisioned-duration.x86_64': 0.00000856,
  },
  'all-upfront': { 'lambda.duration.x86_64': 0.0000138, 'lambda.duration.arm64': 0.0000111 },
};

/** What a list price of `first` (its first tier) is multiplied by under a plan; all of the usage is within the commitment. */
export function savingsPlanFactor(plan: SavingsPlan, region: string, id: PriceId, first: number): number {
  if (plan === 'none' || !isCovered(id)) return 1;
  const published = region === 'us-east-1' ? US_EAST_1[plan][id] : undefined;
  return published === undefined ? 1 - SHARE_OFF[plan] : published / first;
}

function isCovered(id: PriceId): boolean {
  return id.startsWith('lambda.duration.') || id.startsWith('lambda.provisioned-');
}
