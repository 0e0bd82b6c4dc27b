/**
 * Lambda prices of eu-central-2. Not found and left out: response streaming and SnapStart.
 * The lower duration tiers are 0.9 and 0.8 times the first, as where both are known.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const euCentral2: RegionPrices = {
  region: 'eu-central-2',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': { amounts: [0.22], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.0000183334, 0.0000165001, 0.0000146667],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.duration.arm64': {
      amounts: [0.0000146667, 0.0000132, 0.0000117334],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000055162], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.000004413],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000128712], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.000010297],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000441], status: 'verified', source: SOURCE },
  },
};
