/**
 * Lambda prices of us-east-1, the one region with a documented history: the pricing page of 2018 to 2020 for requests and
 * duration, and the posts that brought arm64 and volume tiers (AWS Compute Blog, "Introducing tiered pricing for AWS Lambda").
 */
import type { RegionPrices } from '../price-list.js';

const PAGE_2026 = { status: 'verified', source: 'AWS Lambda pricing page (2026)', seenFrom: '2026-01-01' } as const;
const SOURCE =
  'AWS price list, offer file of 2026-09-06; AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';
const OLD_PAGE = 'AWS Lambda pricing page (100 ms edition)';

export const usEast1: RegionPrices = {
  region: 'us-east-1',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': {
      amounts: [0.2],
      status: 'verified',
      source: `${SOURCE}; ${OLD_PAGE}`,
      seenFrom: '2018-01-01',
    },
    'lambda.duration.x86_64': {
      amounts: [0.0000166667, 0.000015, 0.0000133334],
      status: 'verified',
      source: `${SOURCE}; ${OLD_PAGE}, whose last day is from memory`,
      seenFrom: '2018-01-01',
    },
    'lambda.duration.arm64': {
      amounts: [0.0000133334, 0.0000120001, 0.0000106667],
      status: 'verified',
      source: `${SOURCE}; AWS Compute Blog, "Introducing tiered pricing for AWS Lambda"`,
      seenFrom: '2021-09-29',
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000041667], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': { amounts: [0.0000033334], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000097222], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': { amounts: [0.0000077778], status: 'verified', source: SOURCE },
    'lambda.ephemeral-storage': { amounts: [0.0000000309], status: 'verified', source: SOURCE },
    'lambda.response-streaming': { amounts: [0.008], ...PAGE_2026 },
    'lambda.snapstart-cache': { amounts: [0.0000015046], ...PAGE_2026 },
    'lambda.snapstart-restore': { amounts: [0.0001397998], ...PAGE_2026 },
    'lambda-edge.request': { amounts: [0.6], ...PAGE_2026 },
    'lambda-edge.duration': { amounts: [0.00005001], ...PAGE_2026 },
  },
};
