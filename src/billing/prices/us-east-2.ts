/**
 * Lambda prices of us-east-2. Not found and left out: response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const usEast2: RegionPrices = {
  region: 'us-east-2',
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
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000041667], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': { amounts: [0.0000033334], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000097222], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000077778],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000309], status: 'verified', source: SOURCE },
  },
};
