/**
 * Lambda prices of us-east-1.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE =
  'AWS price list, offer file of 2026-09-06; AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const usEast1: RegionPrices = {
  region: 'us-east-1',
  currency: 'USD',
  read: '2026-11-21',
  prices: {
    'lambda.request': { amounts: [0.2], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': { amounts: [0.0000166667, 0.000015, 0.0000133334], status: 'verified', source: SOURCE },
    'lambda.duration.arm64': {
      amounts: [0.0000133334, 0.0000120001, 0.0000106667],
      status: 'verified',
      source: SOURCE,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000041667], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': { amounts: [0.0000033334], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000097222], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': { amounts: [0.0000077778], status: 'verified', source: SOURCE },
    'lambda.ephemeral-storage': { amounts: [0.0000000309], status: 'verified', source: SOURCE },
    'lambda.response-streaming': { amounts: [0.008], status: 'verified', source: 'AWS Lambda pricing page (2026)' },
    'lambda.snapstart-cache': { amounts: [0.0000015046], status: 'verified', source: 'AWS Lambda pricing page (2026)' },
    'lambda.snapstart-restore': {
      amounts: [0.0001397998],
      status: 'verified',
      source: 'AWS Lambda pricing page (2026)',
    },
    'lambda-edge.request': { amounts: [0.6], status: 'verified', source: 'AWS Lambda pricing page (2026)' },
    'lambda-edge.duration': { amounts: [0.00005001], status: 'verified', source: 'AWS Lambda pricing page (2026)' },
  },
};
