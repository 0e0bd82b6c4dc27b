/**
 * Lambda prices of us-east-1, the one region with a documented history: the pricing page of 2018 to 2020 for requests and
 * duration, and the posts that brought arm64 and volume tiers (AWS Compute Blog, "Introducing tiered pricing for AWS Lambda").
 * And those of the services around it, which are known of 2026 only.
 */
import type { RegionPrices } from '../price-list.js';

const PAGE_2026 = { status: 'verified', source: 'AWS Lambda pricing page (2026)', seenFrom: '2026-01-01' } as const;
const SOURCE =
  'AWS price list, offer file of 2026-09-06; AWS Pricing Calculator, metered units of AWS Lambda (about 2025)';
const OLD_PAGE = 'AWS Lambda pricing page (100 ms edition)';

/** They hold prices of the AWS price list. */
const GOLDEN_FILES = {
  status: 'verified',
  source: "Golden files of Infracost's tests (2026)",
  seenFrom: '2026-01-01',
} as const;
const OFFER_FILE = {
  status: 'verified',
  source: 'AWS price list, offer file of 2026-09-06',
  seenFrom: '2026-09-06',
} as const;
const COST_TABLE = {
  status: 'verified',
  source: 'Public table of cost inputs, which cites AWS offer files (2026)',
  seenFrom: '2026-01-01',
} as const;
const HALVED_SOURCE = `${OFFER_FILE.source}; that it was twice as much until 2024, from memory`;

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
    'lambda.event-poller.sqs': { amounts: [0.00925], ...PAGE_2026 },
    'sqs.request.standard': {
      ...GOLDEN_FILES,
      amounts: [0.4, 0.3, 0.24],
      source: 'Amazon SQS pricing, as printed by CloudBurn (2026)',
    },
    'sqs.request.fifo': {
      ...GOLDEN_FILES,
      amounts: [0.5, 0.4, 0.35],
      source: `${GOLDEN_FILES.source}; the lower prices of high volumes, from memory, of which a guide to its prices has the last and another none`,
    },
    'sns.publish': { amounts: [0.5], ...GOLDEN_FILES },
    'eventbridge.event': { amounts: [1], ...GOLDEN_FILES },
    'api-gateway.rest': { amounts: [3.5, 2.8, 2.38, 1.51], ...GOLDEN_FILES },
    'api-gateway.http': { amounts: [1, 0.9], ...GOLDEN_FILES },
    'step-functions.transition': { amounts: [0.025], ...GOLDEN_FILES },
    'alb.hour': { amounts: [0.0225], ...COST_TABLE },
    'alb.lcu-hour': { amounts: [0.008], ...COST_TABLE },
    'dynamodb.read': { ...OFFER_FILE, amounts: [0.125], source: HALVED_SOURCE },
    'dynamodb.write': { ...OFFER_FILE, amounts: [0.625], source: HALVED_SOURCE },
    'kinesis.shard-hour': { amounts: [0.015], ...GOLDEN_FILES },
    'kinesis.put-unit': { amounts: [0.014], ...GOLDEN_FILES },
    'kinesis.extended-retention': {
      ...GOLDEN_FILES,
      amounts: [0.02],
      source: `${GOLDEN_FILES.source}; that it is for a shard-hour, from memory`,
    },
    'kinesis.long-term-retention': { amounts: [0.023], ...GOLDEN_FILES },
    'kinesis.long-term-retrieval': { amounts: [0.021], ...GOLDEN_FILES },
    'kinesis.fan-out-hour': { amounts: [0.015], ...GOLDEN_FILES },
    'kinesis.fan-out-data': { amounts: [0.013], ...GOLDEN_FILES },
    'kinesis.on-demand-hour': { amounts: [0.04], ...GOLDEN_FILES },
    'kinesis.on-demand-in': { amounts: [0.08], ...GOLDEN_FILES },
    'kinesis.on-demand-out': { amounts: [0.04], ...GOLDEN_FILES },
    'kinesis.on-demand-fan-out': { amounts: [0.05], ...GOLDEN_FILES },
    'kinesis.on-demand-extended-retention': { amounts: [0.1], ...GOLDEN_FILES },
    's3.get': { amounts: [0.0004], ...OFFER_FILE },
    's3.put': { amounts: [0.005], ...OFFER_FILE },
  },
};
