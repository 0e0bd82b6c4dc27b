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
import { meteredIn } from './neighbour-usage.js';

export interface PriceProblem {
  readonly code: 'no-price';
  readonly message: string;
  readonly hint: string;
}

/** Reports every missing price at `region`, once the settings that decide which are needed can be read. */
export const checkPrices: Check = (scenario, context) => {
  const involves: Path[] = [
    ['asOf'],
    ['pricing'],
    ...ID_KINDS.flatMap((kind) => scenario[kind].flatMap(({ id }) => PRICED_BY[kind].map((key) => [kind, id, key]))),
  ];
  const isSound = context.isSound();
  for (const { id, ...problem } of missingPrices(scenario)) {
    const isSaid = isRefusedOn(id, rulesDay(scenario.asOf)) && !isSound;
    if (!isSaid) context.report(['region'], problem, involves);
  }
  const assumed = assumedPrices(scenario);
  if (assumed !== undefined) context.warn(assumed);
};

/** The settings that decide which prices a bill needs. */
const PRICED_BY: { readonly [K in IdKind]: readonly (keyof Scenario[K][number] & string)[] } = {
  functions: [
    'architecture',
    'runtime',
    'provisionedConcurrency',
    'ephemeralStorage',
    'response',
    'snapStart',
    'eventSources',
  ],
  queues: ['type'],
  streams: ['type', 'mode', 'retention', 'consumer'],
  topics: ['type', 'service'],
  dependencies: ['charge'],
  traffic: ['via'],
};

/** Every missing price once; empty when a run of the scenario can be billed, and for a region that nobody knows. */
export function priceProblems(scenario: Scenario): PriceProblem[] {
  return missingPrices(scenario).map(({ code, message, hint }) => ({ code, message, hint }));
}

function missingPrices(scenario: Scenario): (PriceProblem & { readonly id: PriceId })[] {
  const needed = pricesNeeded(scenario);
  if (needed === undefined) return [];
  return needed.ids.flatMap((id) => {
    const fault = priceFault(needed.list, id);
    return fault === undefined ? [] : [{ id, code: 'no-price', ...fault }];
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
