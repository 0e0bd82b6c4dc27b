/**
 * Lambda prices of ap-east-1. Not found and left out: response streaming and SnapStart.
 * The lower duration tiers are 0.9 and 0.8 times the first, as where both are known.
 */
import type { RegionPrices } from '../price-list.js';
import { POWER_TUNING } from './power-tuning.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const apEast1: RegionPrices = {
  region: 'ap-east-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': { amounts: [0.28], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.00002292, 0.000020628, 0.000018336],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.duration.arm64': {
      amounts: [0.0000183, 0.00001647, 0.00001464],
      status: 'verified',
      source: SOURCE,
      derivedTiers: true,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000057153], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000045722],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000133358], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000106686],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000407], status: 'verified', source: SOURCE },
    'step-functions.transition': { amounts: [0.0275], ...POWER_TUNING },
  },
};
