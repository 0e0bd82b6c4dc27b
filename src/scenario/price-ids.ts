/** The keys of `pricing.overrides`: what AWS charges for by the name this program gives it. What it costs is the price list's. */

/** Price id → the quantity its price is for. */
export const PRICE_UNITS = {
  'lambda.request': '1M requests',
  'lambda.duration.x86_64': 'GB-s',
  'lambda.duration.arm64': 'GB-s',
  'lambda.provisioned-concurrency.x86_64': 'GB-s',
  'lambda.provisioned-concurrency.arm64': 'GB-s',
  'lambda.provisioned-duration.x86_64': 'GB-s',
  'lambda.provisioned-duration.arm64': 'GB-s',
  'lambda.ephemeral-storage': 'GB-s',
  'lambda.response-streaming': 'GB',
  'lambda.snapstart-cache': 'GB-s',
  'lambda.snapstart-restore': 'GB',
  'lambda-edge.request': '1M requests',
  'lambda-edge.duration': 'GB-s',
  'lambda.event-poller.sqs': 'poller-hour',
  'sqs.request.standard': '1M requests',
  'sqs.request.fifo': '1M requests',
  'sns.publish': '1M requests',
  'eventbridge.event': '1M events',
  'api-gateway.rest': '1M requests',
  'api-gateway.http': '1M requests',
  'step-functions.transition': '1,000 transitions',
  'alb.hour': 'hour',
  'alb.lcu-hour': 'LCU-hour',
  'dynamodb.read': '1M units',
  'dynamodb.write': '1M units',
  'kinesis.shard-hour': 'shard-hour',
  'kinesis.put-unit': '1M units',
  'kinesis.extended-retention': 'shard-hour',
  'kinesis.long-term-retention': 'GB-month',
  'kinesis.long-term-retrieval': 'GB',
  'kinesis.fan-out-hour': 'consumer-shard-hour',
  'kinesis.fan-out-data': 'GB',
  'kinesis.on-demand-hour': 'stream-hour',
  'kinesis.on-demand-in': 'GB',
  'kinesis.on-demand-out': 'GB',
  'kinesis.on-demand-fan-out': 'GB',
  'kinesis.on-demand-extended-retention': 'GB-month',
  's3.get': '1,000 requests',
  's3.put': '1,000 requests',
} as const;

export type PriceId = keyof typeof PRICE_UNITS;
export const PRICE_IDS = Object.keys(PRICE_UNITS) as readonly PriceId[];

export function isPriceId(id: string): id is PriceId {
  return Object.hasOwn(PRICE_UNITS, id);
}
