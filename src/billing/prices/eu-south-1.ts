/**
 * Lambda prices of eu-south-1. Not found and left out: response streaming and SnapStart.
 * The lower duration tiers are 0.9 and 0.8 times the first, as where both are known.
 */
import type { RegionPrices } from '../price-list.js';
import { POWER_TUNING } from './power-tuning.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const euSouth1: RegionPrices = {
  region: 'eu-south-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': { amounts: [0.23], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.0000195172, 0.0000175655, 0.0000156138],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.duration.arm64': {
      amounts: [0.0000156138, 0.0000140524, 0.000012491],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000048783], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000039026],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000113827], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000091062],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000357], status: 'verified', source: SOURCE },
    'step-functions.transition': { amounts: [0.02625], ...POWER_TUNING },
  },
};
