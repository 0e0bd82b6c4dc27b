/** The prices that a scenario needs, looked at before it runs: those that nobody knows, and those that are assumed for its day. */
import { type BillableUsage, pricesFor } from '../billing/meters.js';
import { NEIGHBOUR_METERS } from '../billing/neighbours.js';
import { type PriceList, priceFault, priceListOf, priceOf } from '../billing/price-list.js';
import { isRefusedOn } from '../billing/prices/eras.js';
import { SECOND } from '../engine/units.js';
import { ephemeralStorageCharge, storageGbSeconds } from '../rules/ephemeral-storage-charge.js';
import { isRegion } from '../rules/regions.js';
import { type Rulebook, rulebookOf } from '../rules/rulebook.js';
import { isSnapStartFree, snapStartCharge } from '../rules/snap-start-charge.js';
import { isIncluded } from '../scenario/billed-services.js';
import type { Check } from '../scenario/checks/registry.js';
import { rulesDay } from '../scenario/checks/rulebook-days.js';
import { runsAtEdge } from '../scenario/lambda-edge.js';
import type { PriceId } from '../scenario/price-ids.js';
import { ID_KINDS, type IdKind } from '../scenario/resolve/context.js';
import type { Path } from '../scenario/tree.js';
import type { LambdaFunctionSettings, Scenario } from '../scenario/types.js';
import { meteredIn, unpricedFrontEnds } from './neighbour-usage.js';

export interface PriceProblem {
  readonly priceId: PriceId;
  readonly code: 'no-price';
  readonly message: string;
  readonly hint: string;
}

/**
 * Reports every missing price at `region`, once the settings that decide whether it is needed can be read. Front ends whose
 * price is missing are not on the bill, and the run is warned of it.
 */
export const checkPrices: Check = (scenario, context) => {
  const isSound = context.isSound();
  for (const { priceId, ...problem } of priceProblems(scenario)) {
    // A setting that came later is told already, and its price had not come either.
    const isSaid = isRefusedOn(priceId, rulesDay(scenario.asOf)) && !isSound;
    if (!isSaid) context.report(['region'], problem, decidingPaths(scenario, priceId));
  }
  for (const sentence of [unpricedText(scenario), assumedPrices(scenario)])
    if (sentence !== undefined) context.warn(sentence);
};

/** The settings that decide whether a bill needs a price, by the beginning of its id: the first that fits. */
const DECIDED_BY: readonly (readonly [
  string,
  { readonly [K in IdKind]?: readonly (keyof Scenario[K][number] & string)[] },
])[] = [
  ['lambda.request', { traffic: ['via'] }],
  ['lambda.duration', { functions: ['architecture'], traffic: ['via'] }],
  ['lambda.provisioned', { functions: ['architecture', 'provisionedConcurrency'] }],
  ['lambda.ephemeral-storage', { functions: ['ephemeralStorage'] }],
  ['lambda.response-streaming', { functions: ['response'] }],
  ['lambda.snapstart', { functions: ['snapStart', 'runtime'] }],
  ['lambda-edge', { traffic: ['via'] }],
  ['lambda.event-poller', { functions: ['eventSources'] }],
  ['sqs', { queues: ['type'] }],
  ['kinesis', { streams: ['type', 'mode', 'retention', 'consumer'] }],
  ['sns', { topics: ['type'] }],
  ['eventbridge', { topics: ['type', 'service'] }],
  ['', { dependencies: ['charge'] }],
];

function decidingPaths(scenario: Scenario, id: PriceId): Path[] {
  const [, deciding] = DECIDED_BY.find(([beginning]) => id.startsWith(beginning))!;
  return [
    ['asOf'],
    ['pricing'],
    ...ID_KINDS.flatMap((kind) =>
      scenario[kind].flatMap((one) => (deciding[kind] ?? []).map((key): Path => [kind, one.id, key])),
    ),
  ];
}

function unpricedText(scenario: Scenario): string | undefined {
  const unpriced = unpricedFrontEnds(scenario, rulebookOf(rulesDay(scenario.asOf), scenario.rules));
  if (unpriced.length === 0) return undefined;
  const parts = unpriced.map(({ priceId, traffic }) => `${priceId} (${traffic})`);
  return `not on the bill, as no price is known in ${scenario.region}: ${parts.join(', ')}; give one under pricing.overrides`;
}

/** Every missing price once; empty when a run of the scenario can be billed, and for a region that nobody knows. */
export function priceProblems(scenario: Scenario): PriceProblem[] {
  const needed = pricesNeeded(scenario);
  if (needed === undefined) return [];
  return needed.ids.flatMap((id) => {
    const fault = priceFault(needed.list, id);
    return fault === undefined ? [] : [{ priceId: id, code: 'no-price', ...fault }];
  });
}

/** A sentence on the prices of a day that no source speaks of; undefined when there are none. */
function assumedPrices(scenario: Scenario): string | undefined {
  const needed = pricesNeeded(scenario);
  const assumed = (needed?.ids ?? []).flatMap((id) => {
    const price = priceOf(needed!.list, id);
    return price?.status === 'assumed' ? [price] : [];
  });
  if (assumed.length === 0) return undefined;
  const parts = assumed.map(({ id, seenFrom }) => `${id} (known from ${seenFrom})`);
  return `no source has these prices of ${scenario.region} on ${scenario.asOf}, they are assumed: ${parts.join(', ')}`;
}

/** The prices that the bill takes from the list; undefined where the region has none. */
function pricesNeeded(scenario: Scenario): { readonly list: PriceList; readonly ids: readonly PriceId[] } | undefined {
  const { region, pricing, functions } = scenario;
  if (!isRegion(region)) return undefined;
  const asOf = rulesDay(scenario.asOf);
  const rules = rulebookOf(asOf, scenario.rules);
  const own = isIncluded('lambda', pricing.include) ? functions.map((fn) => anyUsage(fn, scenario, rules)) : [];
  const beside = meteredIn(scenario, rules)
    .map(({ meter }) => NEIGHBOUR_METERS[meter])
    .filter(({ service }) => isIncluded(service, pricing.include));
  const ids = new Set([...own.flatMap((one) => pricesFor(one)), ...beside.map(({ priceId }) => priceId)]);
  return { list: priceListOf(region, asOf), ids: [...ids].filter((id) => !Object.hasOwn(pricing.overrides, id)) };
}

/** A unit of everything that a function may be billed for. */
function anyUsage(fn: LambdaFunctionSettings, { traffic }: Scenario, rules: Rulebook): BillableUsage {
  const provisioned = fn.provisionedConcurrency > 0 ? 1 : 0;
  const paysSnapStart = fn.snapStart !== undefined && !isSnapStartFree(rules.value(snapStartCharge), fn.runtime);
  return {
    resource: fn.id,
    architecture: fn.architecture,
    memoryMb: fn.memory,
    atEdge: runsAtEdge(fn.id, traffic),
    billed: {
      requests: 1,
      durationMs: 1,
      gbSeconds: 1,
      provisionedDurationGbSeconds: provisioned,
      provisionedGbSeconds: provisioned,
      storageGbSeconds: storageGbSeconds(rules.value(ephemeralStorageCharge), fn.ephemeralStorage, SECOND),
    },
    streamedGb: fn.response.streamed ? 1 : 0,
    snapStart: paysSnapStart ? { cacheGbSeconds: 1, restoredGb: 1 } : undefined,
  };
}
