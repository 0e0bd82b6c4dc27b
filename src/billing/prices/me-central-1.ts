/**
 * Lambda prices of me-central-1. Not found and left out: arm64, provisioned concurrency on arm64, response streaming and SnapStart.
 * The lower duration tiers are 0.9 and 0.8 times the first, as where both are known.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'A public cost model with regional Lambda prices (2024); AWS Savings Plans page, Middle East (UAE)';

export const meCentral1: RegionPrices = {
  region: 'me-central-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2024-01-01',
  prices: {
    'lambda.request': { amounts: [0.25], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.0000206667, 0.0000186, 0.0000165334],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000051108], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000119251], status: 'verified', source: SOURCE },
    'lambda.ephemeral-storage': { amounts: [0.0000000374], status: 'verified', source: SOURCE },
  },
};
