/** The bill lines of the services around functions: usage by request, with volume tiers and free requests of a month. */
import { HOURS_PER_MONTH } from '../engine/units.js';
import type { BillLine } from '../results/run-result.js';
import { SERVICES, type Service } from '../scenario/billed-services.js';
import type { PriceId } from '../scenario/price-ids.js';
import { freeUnits } from './month.js';
import { type Tier, tieredCost } from './tiers.js';

/** What a neighbour meters: its item on the bill, its price, what the price is for. */
interface NeighbourMeter {
  readonly service: Service;
  readonly item: string;
  readonly unit: string;
  readonly per: number;
  readonly priceId: PriceId;
}

function meter(service: Service, item: string, unit: string, priceId: PriceId, per = 1_000_000): NeighbourMeter {
  return { service, item, unit, per, priceId };
}

export const NEIGHBOUR_METERS = {
  'sqs-standard': meter('sqs', 'SQS requests (standard)', 'requests', 'sqs.request.standard'),
  'sqs-fifo': meter('sqs', 'SQS requests (FIFO)', 'requests', 'sqs.request.fifo'),
  'sqs-pollers': meter('lambda', 'Event pollers (SQS)', 'poller-hours', 'lambda.event-poller.sqs', 1),
  sns: meter('sns', 'SNS publishes', 'requests', 'sns.publish'),
  eventbridge: meter('eventbridge', 'EventBridge events', 'events', 'eventbridge.event'),
  'rest-api': meter('api-gateway', 'API Gateway requests (REST)', 'requests', 'api-gateway.rest'),
  'http-api': meter('api-gateway', 'API Gateway requests (HTTP)', 'requests', 'api-gateway.http'),
  'step-functions': meter(
    'step-functions',
    'Step Functions transitions',
    'transitions',
    'step-functions.transition',
    1_000,
  ),
  'alb-hours': meter('alb', 'Load balancer hours', 'hours', 'alb.hour', 1),
  'alb-lcu-hours': meter('alb', 'Load balancer capacity units', 'LCU-hours', 'alb.lcu-hour', 1),
  'dynamodb-read': meter('dynamodb', 'DynamoDB reads', 'units', 'dynamodb.read'),
  'dynamodb-write': meter('dynamodb', 'DynamoDB writes', 'units', 'dynamodb.write'),
  'kinesis-shards': meter('kinesis', 'Kinesis shard hours', 'shard-hours', 'kinesis.shard-hour', 1),
  'kinesis-puts': meter('kinesis', 'Kinesis PUT payload units', 'units', 'kinesis.put-unit'),
  'kinesis-retention': meter('kinesis', 'Kinesis extended retention', 'shard-hours', 'kinesis.extended-retention', 1),
  'kinesis-long-retention': meter(
    'kinesis',
    'Kinesis long-term retention',
    'GB-months',
    'kinesis.long-term-retention',
    1,
  ),
  'kinesis-long-retrieval': meter('kinesis', 'Kinesis long-term retrieval', 'GB', 'kinesis.long-term-retrieval', 1),
  'kinesis-fan-out': meter(
    'kinesis',
    'Kinesis enhanced fan-out hours',
    'consumer-shard-hours',
    'kinesis.fan-out-hour',
    1,
  ),
  'kinesis-fan-out-data': meter('kinesis', 'Kinesis enhanced fan-out data', 'GB', 'kinesis.fan-out-data', 1),
  'kinesis-on-demand': meter('kinesis', 'Kinesis on-demand hours', 'stream-hours', 'kinesis.on-demand-hour', 1),
  'kinesis-on-demand-in': meter('kinesis', 'Kinesis on-demand data in', 'GB', 'kinesis.on-demand-in', 1),
  'kinesis-on-demand-out': meter('kinesis', 'Kinesis on-demand data out', 'GB', 'kinesis.on-demand-out', 1),
  'kinesis-on-demand-fan-out': meter(
    'kinesis',
    'Kinesis on-demand enhanced fan-out data',
    'GB',
    'kinesis.on-demand-fan-out',
    1,
  ),
  'kinesis-on-demand-retention': meter(
    'kinesis',
    'Kinesis on-demand extended retention',
    'GB-months',
    'kinesis.on-demand-extended-retention',
    1,
  ),
  's3-get': meter('s3', 'S3 GET requests', 'requests', 's3.get', 1_000),
  's3-put': meter('s3', 'S3 PUT requests', 'requests', 's3.put', 1_000),
} as const satisfies Readonly<Record<string, NeighbourMeter>>;

/** The metered usage of one queue, stream, topic, dependency or traffic, over a run or a month. */
export interface NeighbourUsage {
  readonly resource: string;
  readonly meter: keyof typeof NEIGHBOUR_METERS;
  readonly quantity: number;
}

/** Free requests of a month, by service. */
export type FreeRequests = Readonly<Partial<Record<Service, number>>>;

export function neighboursOfMonth(usage: readonly NeighbourUsage[], simulatedHours: number): NeighbourUsage[] {
  return usage.map((one) => ({ ...one, quantity: (one.quantity * HOURS_PER_MONTH) / simulatedHours }));
}

/** In the order of the usage. `tiersOf` gives the agreed tiers of a price; resources share the cheaper ones by their use. */
export function neighbourLines(
  usage: readonly NeighbourUsage[],
  free: FreeRequests,
  tiersOf: (id: PriceId) => readonly Tier[],
): BillLine[] {
  const used = new Map<Service, number>();
  const usedOfPrice = new Map<PriceId, number>();
  for (const { meter: id, quantity } of usage) {
    const { service, priceId } = NEIGHBOUR_METERS[id];
    used.set(service, (used.get(service) ?? 0) + quantity);
    usedOfPrice.set(priceId, (usedOfPrice.get(priceId) ?? 0) + quantity);
  }
  return usage.flatMap(({ resource, meter: id, quantity }) => {
    if (quantity === 0) return [];
    const { service, item, unit, per, priceId } = NEIGHBOUR_METERS[id];
    const freeOf = freeUnits(free[service] ?? 0, 0, used.get(service)!);
    const lines: BillLine[] = [];
    const line = (suffix: string, amount: number, usd: number): void => {
      lines.push({ service: SERVICES[service], resource, item: item + suffix, quantity: amount, unit, usd });
    };
    const freeQuantity = freeOf.of(quantity);
    const paid = quantity - freeQuantity;
    if (paid > 0) {
      const tiers = tiersOf(priceId);
      const all = usedOfPrice.get(priceId)!;
      const paidOfAll = all - freeOf.of(all);
      const usd = tiers.length === 1 ? tiers[0]!.usd : (tieredCost(tiers, 0, paidOfAll / per) * per) / paidOfAll;
      line('', paid, (paid * usd) / per);
    }
    if (freeQuantity > 0) line(', free tier', freeQuantity, 0);
    return lines;
  });
}
