/**
 * Lambda prices of us-east-1, and those of the services that functions send to and call.
 */
import type { RegionPrices } from '../price-list.js';

const SOURCE =
  'AWS price list, offer file of 2026-09-06; AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';

/** Golden files of Infracost's tests, which hold prices of the AWS price list. */
const PUBLIC_TABLES = "Golden files of Infracost's tests (2026)";

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
    'lambda.event-poller.sqs': {
      amounts: [0.00925],
      status: 'verified',
      source: 'AWS Lambda pricing page (2026)',
    },
    'sqs.request.standard': {
      amounts: [0.4, 0.3, 0.24],
      status: 'verified',
      source: 'Amazon SQS pricing, as printed by CloudBurn (2026)',
    },
    'sqs.request.fifo': { amounts: [0.5], status: 'verified', source: PUBLIC_TABLES },
    'sns.publish': { amounts: [0.5], status: 'verified', source: PUBLIC_TABLES },
    'eventbridge.event': { amounts: [1], status: 'verified', source: PUBLIC_TABLES },
    'dynamodb.read': { amounts: [0.125], status: 'verified', source: 'AWS price list, offer file of 2026-09-06' },
    'dynamodb.write': { amounts: [0.625], status: 'verified', source: 'AWS price list, offer file of 2026-09-06' },
    'kinesis.shard-hour': { amounts: [0.015], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.put-unit': { amounts: [0.014], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.extended-retention': {
      amounts: [0.02],
      status: 'verified',
      source: `${PUBLIC_TABLES}; that it is for a shard-hour, from memory`,
    },
    'kinesis.long-term-retention': { amounts: [0.023], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.fan-out-hour': { amounts: [0.015], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.fan-out-data': { amounts: [0.013], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.on-demand-hour': { amounts: [0.04], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.on-demand-in': { amounts: [0.08], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.on-demand-out': { amounts: [0.04], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.on-demand-fan-out': { amounts: [0.05], status: 'verified', source: PUBLIC_TABLES },
    'kinesis.on-demand-extended-retention': { amounts: [0.1], status: 'verified', source: PUBLIC_TABLES },
    's3.get': { amounts: [0.0004], status: 'verified', source: 'AWS price list, offer file of 2026-09-06' },
    's3.put': { amounts: [0.005], status: 'verified', source: 'AWS price list, offer file of 2026-09-06' },
  },
};
