/** The prices that a scenario needs, looked at before it runs: those that nobody knows, and those that are assumed for its day. */
import { isLambdaBilled } from '../billing/bill.js';
import { type BillableUsage, pricesFor } from '../billing/meters.js';
import { type PriceList, priceFault, priceListOf, priceOf } from '../billing/price-list.js';
import { SECOND } from '../engine/units.js';
import { ephemeralStorageCharge, storageGbSeconds } from '../rules/ephemeral-storage-charge.js';
import { isRegion } from '../rules/regions.js';
import { rulebookOf } from '../rules/rulebook.js';
import { isSnapStartFree, snapStartCharge } from '../rules/snap-start-charge.js';
import type { Check } from '../scenario/checks/registry.js';
import { rulesDay } from '../scenario/checks/rulebook-days.js';
import { runsAtEdge } from '../scenario/lambda-edge.js';
import type { PriceId } from '../scenario/price-ids.js';
import type { Path } from '../scenario/tree.js';
import type { LambdaFunctionSettings, Scenario } from '../scenario/types.js';

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
    ...scenario.functions.flatMap(({ id }) => PRICED_BY.map((key) => ['functions', id, key])),
    ...scenario.traffic.map(({ id }) => ['traffic', id, 'via']),
  ];
  for (const problem of priceProblems(scenario)) context.report(['region'], problem, involves);
  const assumed = assumedPrices(scenario);
  if (assumed !== undefined) context.warn(assumed);
};

const PRICED_BY: readonly (keyof LambdaFunctionSettings)[] = [
  'architecture',
  'runtime',
  'provisionedConcurrency',
  'ephemeralStorage',
  'response',
  'snapStart',
];

/** Every missing price once; empty when a run of the scenario can be billed, and for a region that nobody knows. */
export function priceProblems(scenario: Scenario): PriceProblem[] {
  const needed = pricesNeeded(scenario);
  if (needed === undefined) return [];
  return needed.ids.flatMap((id) => {
    const fault = priceFault(needed.list, id);
    return fault === undefined ? [] : [{ code: 'no-price', ...fault }];
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

/** The prices that the bill takes from the list; undefined where it takes none, or the region has no list. */
function pricesNeeded(scenario: Scenario): { readonly list: PriceList; readonly ids: readonly PriceId[] } | undefined {
  const { region, pricing } = scenario;
  if (!isRegion(region) || !isLambdaBilled(pricing.include)) return undefined;
  const asOf = rulesDay(scenario.asOf);
  const usage = scenario.functions.map((fn) => anyUsage(fn, { ...scenario, asOf }));
  const ids = new Set(usage.flatMap((one) => pricesFor(one)));
  return { list: priceListOf(region, asOf), ids: [...ids].filter((id) => !Object.hasOwn(pricing.overrides, id)) };
}

/** A unit of everything that a function may be billed for. */
function anyUsage(fn: LambdaFunctionSettings, scenario: Scenario): BillableUsage {
  const rules = rulebookOf(scenario.asOf, scenario.rules);
  const provisioned = fn.provisionedConcurrency > 0 ? 1 : 0;
  const paysSnapStart = fn.snapStart !== undefined && !isSnapStartFree(rules.value(snapStartCharge), fn.runtime);
  return {
    resource: fn.id,
    architecture: fn.architecture,
    memoryMb: fn.memory,
    atEdge: runsAtEdge(fn.id, scenario.traffic),
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
