/** What would keep the bill of a scenario from being made, found before it runs: every price that it needs and nobody knows. */
import { isLambdaBilled } from '../billing/bill.js';
import { type BillableUsage, pricesFor } from '../billing/meters.js';
import { priceFault, priceListOf } from '../billing/price-list.js';
import { SECOND } from '../engine/units.js';
import { ephemeralStorageCharge, storageGbSeconds } from '../rules/ephemeral-storage-charge.js';
import { isRegion } from '../rules/regions.js';
import { rulebookOf } from '../rules/rulebook.js';
import { isSnapStartFree, snapStartCharge } from '../rules/snap-start-charge.js';
import type { Check } from '../scenario/checks/registry.js';
import { rulesDay } from '../scenario/checks/rulebook-days.js';
import { runsAtEdge } from '../scenario/lambda-edge.js';
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
  const { region, pricing } = scenario;
  if (!isRegion(region) || !isLambdaBilled(pricing.include)) return [];
  const asOf = rulesDay(scenario.asOf);
  const usage = scenario.functions.map((fn) => anyUsage(fn, { ...scenario, asOf }));
  const needed = [...new Set(usage.flatMap((one) => pricesFor(one)))];
  const list = priceListOf(region, asOf);
  return needed.flatMap((id) => {
    const fault = Object.hasOwn(pricing.overrides, id) ? undefined : priceFault(list, id);
    return fault === undefined ? [] : [{ code: 'no-price', ...fault }];
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
