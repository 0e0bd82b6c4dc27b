/**
 * Lambda prices of ap-southeast-4. Not found and left out: response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const apSoutheast4: RegionPrices = {
  region: 'ap-southeast-4',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': { amounts: [0.2], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': { amounts: [0.0000166667, 0.000015, 0.0000133334], status: 'verified', source: SOURCE },
    'lambda.duration.arm64': {
      amounts: [0.0000133334, 0.0000120001, 0.0000106667],
      status: 'verified',
      source: SOURCE,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.000005236], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000041888],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000122173], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000097738],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.000000037], status: 'verified', source: SOURCE },
  },
};
