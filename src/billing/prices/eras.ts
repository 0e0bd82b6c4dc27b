/**
 * What was different in earlier years: the first day of each meter, and the prices as they were printed until 2019.
 * Sources: AWS Lambda pricing page (100 ms edition); AWS What's New posts. The days, but those of provisioned concurrency
 * and of volume tiers (rule `duration-tiers`), are from memory, and so is the day the longer prices appeared: the page of
 * 2018 and 2019 has 0.00001667, courses of 2020 teach 0.0000166667. So are the days of DynamoDB on demand and of its lower
 * prices, and those of the meters of Kinesis.
 */
import type { IsoDate } from '../../engine/units.js';
import { featureDates } from '../../rules/feature-dates.js';
import type { PriceId } from '../../scenario/price-ids.js';

const ALWAYS = '2018-01-01';

/** Of settings that came on that day. */
const SETTING_CAME = {
  'lambda.duration.arm64': featureDates.arm64.since,
  'lambda.provisioned-concurrency.x86_64': featureDates.provisionedConcurrency.since,
  'lambda.provisioned-concurrency.arm64': featureDates.arm64.since,
  'lambda.provisioned-duration.x86_64': featureDates.provisionedConcurrency.since,
  'lambda.provisioned-duration.arm64': featureDates.arm64.since,
  'lambda.ephemeral-storage': featureDates.ephemeralStorageAbove512.since,
  'lambda.response-streaming': featureDates.responseStreaming.since,
  'lambda.event-poller.sqs': featureDates.provisionedPollers.since,
  // Until then no stream kept records so long (rule `stream-retention`).
  'kinesis.long-term-retention': '2020-11-16',
  'kinesis.long-term-retrieval': '2020-11-16',
  'kinesis.on-demand-hour': featureDates.onDemandStreams.since,
  'kinesis.on-demand-in': featureDates.onDemandStreams.since,
  'kinesis.on-demand-out': featureDates.onDemandStreams.since,
  'kinesis.on-demand-fan-out': featureDates.onDemandStreams.since,
  'kinesis.on-demand-extended-retention': featureDates.onDemandStreams.since,
} as const satisfies Readonly<Partial<Record<PriceId, IsoDate>>>;

/** Of settings that were free before they had a price. */
const FREE_SETTING_CAME = {
  'lambda.snapstart-cache': featureDates.snapStart.since,
  'lambda.snapstart-restore': featureDates.snapStart.since,
} as const satisfies Readonly<Partial<Record<PriceId, IsoDate>>>;

const FIRST_DAY: Readonly<Record<PriceId, IsoDate>> = {
  'lambda.request': ALWAYS,
  'lambda.duration.x86_64': ALWAYS,
  'lambda.snapstart-cache': '2024-11-18',
  'lambda.snapstart-restore': '2024-11-18',
  'lambda-edge.request': ALWAYS,
  'lambda-edge.duration': ALWAYS,
  'sqs.request.standard': ALWAYS,
  'sqs.request.fifo': ALWAYS,
  'sns.publish': ALWAYS,
  'eventbridge.event': ALWAYS,
  'api-gateway.rest': ALWAYS,
  'api-gateway.http': featureDates.httpApi.since,
  'step-functions.transition': ALWAYS,
  'alb.hour': ALWAYS,
  'alb.lcu-hour': ALWAYS,
  'dynamodb.read': '2018-11-28',
  'dynamodb.write': '2018-11-28',
  'kinesis.shard-hour': ALWAYS,
  'kinesis.put-unit': ALWAYS,
  'kinesis.extended-retention': ALWAYS,
  'kinesis.fan-out-hour': '2018-08-02',
  'kinesis.fan-out-data': '2018-08-02',
  's3.get': ALWAYS,
  's3.put': ALWAYS,
  ...SETTING_CAME,
};

/** Whether the setting that the price is for is refused on a day, unless a rule was overridden. */
export function isRefusedOn(id: PriceId, asOf: IsoDate): boolean {
  const came: Readonly<Partial<Record<PriceId, IsoDate>>> = { ...SETTING_CAME, ...FREE_SETTING_CAME };
  return asOf < (came[id] ?? ALWAYS);
}

export function firstDayOf(id: PriceId): IsoDate {
  return FIRST_DAY[id];
}

/** First day of the prices with ten decimals. */
const LONGER_PRICES = '2020-01-01';

/** Present price → as printed before. */
const SHORTER: ReadonlyMap<number, number> = new Map([
  [0.0000166667, 0.00001667],
  [0.0000041667, 0.000004167],
  [0.0000097222, 0.000009722],
]);

/** Since then DynamoDB on demand costs half of what it did. */
const HALVED = '2024-11-01';
const HALVED_IDS: readonly PriceId[] = ['dynamodb.read', 'dynamodb.write'];

/** The amounts of a price as they stood on a day, and the first day that they did. */
export function eraOf(
  id: PriceId,
  amounts: readonly number[],
  asOf: IsoDate,
): { readonly amounts: readonly number[]; readonly since: IsoDate } {
  const isHalved = HALVED_IDS.includes(id);
  const changed = isHalved ? HALVED : LONGER_PRICES;
  const before = amounts.map((amount) => (isHalved ? amount * 2 : (SHORTER.get(amount) ?? amount)));
  const first = firstDayOf(id);
  if (asOf < changed) return { amounts: before, since: first };
  const isSame = before.every((amount, i) => amount === amounts[i]);
  return { amounts, since: isSame || changed < first ? first : changed };
}
