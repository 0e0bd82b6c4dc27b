/**
 * Lambda prices of il-central-1. Not found and left out: arm64, provisioned concurrency, response streaming and SnapStart.
 * The lower duration tiers are 0.9 and 0.8 times the first, as where both are known.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'A public cost model with regional Lambda prices (2024)';

export const ilCentral1: RegionPrices = {
  region: 'il-central-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2024-01-01',
  prices: {
    'lambda.request': { amounts: [0.21], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.0000175, 0.00001575, 0.000014],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000408], status: 'verified', source: SOURCE },
  },
};
