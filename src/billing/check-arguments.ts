/** The arguments of `bill`, which a library's user writes by hand: each that is not what it must be is a UsageError with a sentence. */
import { UsageError } from '../engine/errors.js';
import type { IsoDate } from '../engine/units.js';
import { featureDates } from '../rules/feature-dates.js';
import { serviceFault } from '../scenario/billed-services.js';
import { OLDEST_DAY } from '../scenario/checks/rulebook-days.js';
import { listed, suggestion } from '../scenario/nearest.js';
import { isPriceId, PRICE_IDS } from '../scenario/price-ids.js';
import { readDay } from '../scenario/quantities/calendar.js';
import { shown } from '../scenario/quantities/reading.js';
import type { MonthToDate, PricingSettings } from '../scenario/types.js';
import { type BillableUsage, METERS } from './meters.js';
import { NEIGHBOUR_METERS, type NeighbourUsage } from './neighbours.js';

const ARCHITECTURES = ['x86_64', 'arm64'] as const;
const PLANS: readonly string[] = ['none', 'no-upfront', 'all-upfront'] satisfies PricingSettings['savingsPlan'][];

export function checkRegion(region: unknown): void {
  if (typeof region !== 'string')
    throw new UsageError(`region must be text, not ${shown(region)}`, 'such as us-east-1');
}

export function checkDay(asOf: unknown): void {
  if (typeof asOf !== 'string' || !readDay(asOf).ok) {
    throw new UsageError(`asOf ${shown(asOf)} is not a date`, 'such as 2026-01-31');
  }
  if (asOf < OLDEST_DAY)
    throw new UsageError(`asOf ${asOf} is before the first price list`, `use ${OLDEST_DAY} or later`);
}

export function checkHours(simulatedHours: unknown): void {
  if (simulatedHours === undefined || (isAmount(simulatedHours) && simulatedHours > 0)) return;
  throw new UsageError('simulatedHours must be above 0', 'leave it out when the usage is one month');
}

export function checkMonthToDate(monthToDate: MonthToDate | undefined): void {
  if (monthToDate === undefined) return;
  const { requests, gbSeconds } = record(monthToDate, 'monthToDate');
  const amounts = { requests, ...prefixed('gbSeconds.', record(gbSeconds, 'monthToDate.gbSeconds')) };
  for (const name of ['requests', ...ARCHITECTURES.map((each) => `gbSeconds.${each}`)]) {
    const amount = (amounts as Readonly<Record<string, unknown>>)[name];
    if (!isAmount(amount))
      throw new UsageError(`monthToDate.${name} must be a number, 0 or more, not ${shown(amount)}`);
  }
}

export function checkUsage(usage: readonly BillableUsage[]): void {
  if (!Array.isArray(usage)) throw new UsageError('usage must be a list, with an entry for each function');
  for (const [index, one] of (usage as readonly BillableUsage[]).entries()) {
    const { resource, architecture, billed } = record(one, `usage[${index}]`);
    const name = typeof resource === 'string' && resource !== '' ? resource : undefined;
    if (name === undefined) throw new UsageError(`usage[${index}] has no resource`, "give it the function's name");
    if (!(ARCHITECTURES as readonly unknown[]).includes(architecture)) {
      throw new UsageError(
        `the architecture of ${name} is ${shown(architecture)}`,
        `use ${ARCHITECTURES.join(' or ')}`,
      );
    }
    record(billed, `the billed usage of ${name}`);
    const bad = METERS.find((meter) => !isAmount(meter.quantity(one)));
    if (bad !== undefined) throw new UsageError(`the usage of ${name} (${bad.item}) must be a number, 0 or more`);
  }
}

export function checkNeighbours(usage: readonly NeighbourUsage[]): void {
  if (!Array.isArray(usage)) throw new UsageError('neighbours must be a list, with an entry for each thing metered');
  for (const [index, one] of (usage as readonly NeighbourUsage[]).entries()) {
    const { resource, meter, quantity } = record(one, `neighbours[${index}]`);
    if (typeof resource !== 'string' || resource === '')
      throw new UsageError(`neighbours[${index}] has no resource`, 'give it the name that its line is to have');
    if (typeof meter !== 'string' || !Object.hasOwn(NEIGHBOUR_METERS, meter)) {
      const known = Object.keys(NEIGHBOUR_METERS);
      throw new UsageError(
        `${resource} has no meter ${shown(meter)}`,
        suggestion(String(meter), known) || `use ${listed(known)}`,
      );
    }
    if (!isAmount(quantity)) throw new UsageError(`the quantity of ${resource} (${meter}) must be a number, 0 or more`);
  }
}

export function checkPricing(pricing: PricingSettings, asOf: IsoDate): void {
  for (const [id, usd] of Object.entries(record(pricing.overrides, 'pricing.overrides'))) {
    if (!isPriceId(id)) {
      const hint = suggestion(id, PRICE_IDS) || `price ids: ${PRICE_IDS.join(', ')}`;
      throw new UsageError(`there is no price ${shown(id)}`, hint);
    }
    if (!isAmount(usd)) throw new UsageError(`the price of ${id} must be a number, 0 or more`);
  }
  if (!isAmount(pricing.discount) || pricing.discount > 1) throw new UsageError('a discount lies between 0 and 1');
  checkInclude(pricing.include);
  if (!PLANS.includes(pricing.savingsPlan)) {
    throw new UsageError(`there is no savings plan ${shown(pricing.savingsPlan)}`, `use ${PLANS.join(', ')}`);
  }
  const { since } = featureDates.savingsPlan;
  if (pricing.savingsPlan !== 'none' && asOf < since) {
    throw new UsageError(`savings plans cover Lambda since ${since}, after ${asOf}`, 'leave pricing.savingsPlan out');
  }
}

function checkInclude(include: readonly string[] | undefined): void {
  if (include === undefined) return;
  if (!Array.isArray(include)) throw new UsageError('pricing.include must be a list of services', "such as ['lambda']");
  for (const service of include) {
    const fault = serviceFault(String(service));
    if (fault !== undefined) throw new UsageError(fault.message, fault.hint);
  }
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UsageError(`${what} must be an object, not ${shown(value)}`);
}

function prefixed(prefix: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}
