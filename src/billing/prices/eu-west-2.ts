/**
 * Lambda prices of eu-west-2. Not found and left out: response streaming and SnapStart.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const euWest2: RegionPrices = {
  region: 'eu-west-2',
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
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000048304], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000038643],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000112709], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000090167],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.0000000358], status: 'verified', source: SOURCE },
    'api-gateway.http': {
      amounts: [1.16],
      status: 'verified',
      source: 'Price snapshot of a public test fixture (2026-09-05); its lower tier is not known',
      seenFrom: '2026-01-01',
    },
  },
};
