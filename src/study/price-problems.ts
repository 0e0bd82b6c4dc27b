/** What would keep the bill of a scenario from being made, found before it runs: unknown regions and prices, agreements that do not hold. */
import { bill } from '../billing/bill.js';
import { type BillableUsage, pricesFor } from '../billing/meters.js';
import { NEIGHBOUR_METERS, type NeighbourUsage } from '../billing/neighbours.js';
import { pricedRegions, priceFault, priceListOf } from '../billing/price-list.js';
import { UsageError } from '../engine/errors.js';
import { SECOND } from '../engine/units.js';
import { ephemeralStorageCharge, storageGbSeconds } from '../rules/ephemeral-storage-charge.js';
import { rulebookOf } from '../rules/rulebook.js';
import { isSnapStartFree, snapStartCharge } from '../rules/snap-start-charge.js';
import { isIncluded } from '../scenario/billed-services.js';
import { runsAtEdge } from '../scenario/lambda-edge.js';
import type { LambdaFunctionSettings, Scenario } from '../scenario/types.js';
import { neighbourUsage } from './neighbour-usage.js';

export interface PriceProblem {
  readonly code: 'no-price' | 'bad-pricing';
  /** Dotted path of the setting. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** Every missing price once, or what is wrong with `pricing`; empty when a run of the scenario can be billed. */
export function priceProblems(scenario: Scenario): PriceProblem[] {
  const { region, asOf, pricing } = scenario;
  const regions = pricedRegions();
  if (!regions.includes(region)) {
    const message = `no prices are known for region ${region}`;
    return [{ code: 'no-price', path: 'region', message, hint: `known regions: ${regions.join(', ')}` }];
  }
  const usage = scenario.functions.map((fn) => anyUsage(fn, scenario));
  const neighbours = neighbourUsage(scenario, rulebookOf(asOf, scenario.rules), () => 1);
  try {
    bill(usage, { region, asOf, pricing, neighbours });
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const missing = missingIn(scenario, usage, neighbours);
    return missing.length > 0
      ? missing
      : [{ code: 'bad-pricing', path: 'pricing', message: error.message, hint: error.hint }];
  }
}

/** The bill tells of the first price it misses; a user wants all. */
function missingIn(
  { region, asOf, pricing }: Scenario,
  usage: readonly BillableUsage[],
  neighbours: readonly NeighbourUsage[],
): PriceProblem[] {
  const own = isIncluded('lambda', pricing.include) ? usage.flatMap((one) => pricesFor(one)) : [];
  const meters = neighbours.map(({ meter }) => NEIGHBOUR_METERS[meter]);
  const others = meters.filter(({ service }) => isIncluded(service, pricing.include)).map(({ priceId }) => priceId);
  const needed = [...new Set([...own, ...others])];
  const list = priceListOf(region, asOf);
  return needed.flatMap((id) => {
    const fault = Object.hasOwn(pricing.overrides, id) ? undefined : priceFault(list, id);
    return fault === undefined ? [] : [{ code: 'no-price', path: 'region', ...fault }];
  });
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
