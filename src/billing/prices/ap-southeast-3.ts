/**
 * Lambda prices of ap-southeast-3. Not found and left out: provisioned concurrency, ephemeral storage, response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE =
  'A public cost model with regional Lambda prices (2024); janritter/aws-lambda-live-tuner, cost table (2022 to 2023)';

export const apSoutheast3: RegionPrices = {
  region: 'ap-southeast-3',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2024-01-01',
  prices: {
    'lambda.request': { amounts: [0.2], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': { amounts: [0.0000166667, 0.000015, 0.0000133334], status: 'verified', source: SOURCE },
    'lambda.duration.arm64': {
      amounts: [0.0000133334, 0.0000120001, 0.0000106667],
      status: 'verified',
      source: SOURCE,
    },
  },
};
