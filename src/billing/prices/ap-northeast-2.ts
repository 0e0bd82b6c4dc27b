/**
 * Lambda prices of ap-northeast-2. Not found and left out: response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';
import { POWER_TUNING } from './power-tuning.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const apNortheast2: RegionPrices = {
  region: 'ap-northeast-2',
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
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000051254], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000041003],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000119592], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000095674],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000352], status: 'verified', source: SOURCE },
    'step-functions.transition': { amounts: [0.0271], ...POWER_TUNING },
  },
};
