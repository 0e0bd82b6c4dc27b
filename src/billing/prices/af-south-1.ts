/**
 * Lambda prices of af-south-1. Not found and left out: response streaming and SnapStart.
 * The lower duration tiers are 0.9 and 0.8 times the first, as where both are known.
 */
import type { RegionPrices } from '../price-list.js';
import { POWER_TUNING } from './power-tuning.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const afSouth1: RegionPrices = {
  region: 'af-south-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': { amounts: [0.27], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.0000221, 0.00001989, 0.00001768],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.duration.arm64': {
      amounts: [0.00001768, 0.000015912, 0.000014144],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.00000553], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.000004424],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000129], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.00001032],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000404], status: 'verified', source: SOURCE },
    'step-functions.transition': { amounts: [0.02975], ...POWER_TUNING },
  },
};
