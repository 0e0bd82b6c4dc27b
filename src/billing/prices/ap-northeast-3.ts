/**
 * Lambda prices of ap-northeast-3. Not found and left out: response streaming and SnapStart.
 * Older tables have another price of a GB-second on x86_64, without saying until when: it is taken for the days before the
 * present one was seen.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE = 'AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

export const apNortheast3: RegionPrices = {
  region: 'ap-northeast-3',
  currency: 'USD',
  read: '2026-11-21',
  seenFrom: '2025-01-01',
  prices: {
    'lambda.request': { amounts: [0.2], status: 'verified', source: SOURCE },
    'lambda.duration.x86_64': {
      amounts: [0.0000166667, 0.000015, 0.0000133334],
      status: 'verified',
      source: SOURCE,
      before: {
        amounts: [0.00002153],
        source:
          'Older regional price tables of AWS Lambda, undated; alexcasalboni/aws-lambda-power-tuning, template.yml, agrees to two digits',
      },
    },
    'lambda.duration.arm64': {
      amounts: [0.0000133334, 0.0000120001, 0.0000106667],
      status: 'verified',
      source: SOURCE,
    },
    'lambda.provisioned-concurrency.x86_64': { amounts: [0.0000053835], status: 'verified', source: SOURCE },
    'lambda.provisioned-concurrency.arm64': {
      amounts: [0.0000043068],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.provisioned-duration.x86_64': { amounts: [0.0000125615], status: 'verified', source: SOURCE },
    'lambda.provisioned-duration.arm64': {
      amounts: [0.0000100492],
      status: 'derived',
      source: '0.8 times the x86_64 price',
    },
    'lambda.ephemeral-storage': { amounts: [0.000000037], status: 'verified', source: SOURCE },
  },
};
