/**
 * Lambda prices of me-south-1. Not found and left out: response streaming and SnapStart.
 * The lower duration tiers are 0.9 and 0.8 times the first, as where both are known.
 */
import type { RegionPrices } from '../price-list.js';
import { POWER_TUNING } from './power-tuning.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const meSouth1: RegionPrices = {
  region: 'me-south-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': { amounts: [0.25], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.0000206667, 0.0000186, 0.0000165334],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.duration.arm64': {
      amounts: [0.0000165334, 0.0000148801, 0.0000132267],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000051108], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000040886],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000119251], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000095401],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000374], status: 'verified', source: SOURCE },
    'step-functions.transition': { amounts: [0.0275], ...POWER_TUNING },
  },
};
