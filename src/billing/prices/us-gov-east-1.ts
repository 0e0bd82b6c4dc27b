/**
 * Lambda prices of us-gov-east-1. Not found and left out: requests, arm64, provisioned concurrency, ephemeral storage, response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';
import { POWER_TUNING } from './power-tuning.js';

const SOURCE = 'janritter/aws-lambda-live-tuner, cost table (2022 to 2023)';

export const usGovEast1: RegionPrices = {
  region: 'us-gov-east-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2022-01-01',
  prices: {
    'lambda.duration.x86_64': { amounts: [0.0000166667, 0.000015, 0.0000133334], status: 'verified', source: SOURCE },
    'step-functions.transition': { amounts: [0.03], ...POWER_TUNING },
  },
};
