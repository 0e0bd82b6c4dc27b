/**
 * Lambda prices of ca-west-1. Not found and left out: arm64, provisioned concurrency, ephemeral storage, response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'A public cost model with regional Lambda prices (2024)';

export const caWest1: RegionPrices = {
  region: 'ca-west-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2024-01-01',
  prices: {
    'lambda.request': { amounts: [0.2], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': { amounts: [0.0000166667, 0.000015, 0.0000133334], status: 'verified', source: SOURCE },
  },
};
