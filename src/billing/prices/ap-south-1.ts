/**
 * Lambda prices of ap-south-1. Not found and left out: response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';
import { POWER_TUNING } from './power-tuning.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const apSouth1: RegionPrices = {
  region: 'ap-south-1',
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
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000044985], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000035988],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000104966], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000083973],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000352], status: 'verified', source: SOURCE },
    'step-functions.transition': { amounts: [0.0285], ...POWER_TUNING },
  },
};
