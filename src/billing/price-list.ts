/**
 * The price list of a region and a day: what each meter costs, since when, and how well it is known. List prices without
 * tax; what a customer has agreed (discount, savings plan, own prices) is applied by the bill.
 */
import { UsageError } from '../engine/errors.js';
import type { IsoDate } from '../engine/units.js';
import { durationTiers } from '../rules/duration-tiers.js';
import { openedOn, type Region } from '../rules/regions.js';
import { versionAt } from '../rules/rule.js';
import { type Rulebook, rulebookOf } from '../rules/rulebook.js';
import { regionFault } from '../scenario/checks/region.js';
import { PRICE_IDS, PRICE_UNITS, type PriceId } from '../scenario/price-ids.js';
import { eraOf, firstDayOf } from './prices/eras.js';
import { PRICED_REGIONS } from './prices/regions.js';
import { REQUEST_TIERS } from './prices/request-tiers.js';
import type { Tier } from './tiers.js';

/**
 * `verified`: read in the source; `derived`: computed from verified figures, as the source entry says; `assumed`: of a day
 * before any that the sources speak of.
 */
export type PriceStatus = 'verified' | 'derived' | 'assumed';

/** What a region file says of one price. */
export interface RegionPrice {
  /** One amount, or one a volume tier. */
  readonly amounts: readonly number[];
  readonly status: Exclude<PriceStatus, 'assumed'>;
  readonly source: string;
  /** The amounts after the first are computed from it. */
  readonly derivedTiers?: true;
  /** As that of the region, where this price has a source of its own. */
  readonly seenFrom?: IsoDate;
  /** What older sources have, for the days before; without it the same amounts are assumed. */
  readonly before?: { readonly amounts: readonly number[]; readonly source: string };
}

export interface RegionPrices {
  readonly region: Region;
  readonly currency: 'USD' | 'CNY';
  /** The day the sources were read. */
  readonly read: IsoDate;
  /** First day that the sources speak of; of one that names a year only, its first day. */
  readonly seenFrom: IsoDate;
  /** A price that is not known is left out. */
  readonly prices: { readonly [K in PriceId]?: RegionPrice };
}

export interface Price {
  readonly id: PriceId;
  /** What one price buys. */
  readonly unit: (typeof PRICE_UNITS)[PriceId];
  /** Rising; one tier where the price does not depend on the quantity. */
  readonly tiers: readonly Tier[];
  /** First day of these amounts and tiers, which none has before the meter exists and the region is open. */
  readonly since: IsoDate;
  readonly status: PriceStatus;
  /** First day that its source speaks of; before, the price is assumed. */
  readonly seenFrom: IsoDate;
  readonly source: string;
  readonly read: IsoDate;
}

export interface PriceList {
  readonly region: string;
  readonly asOf: IsoDate;
  readonly currency: 'USD' | 'CNY';
  /** In the order of `PRICE_IDS`; without those that did not exist on the day or are not known. */
  readonly prices: readonly Price[];
}

/** The regions that have prices, by name. */
export function pricedRegions(): string[] {
  return PRICED_REGIONS.map(({ region }) => region).sort();
}

/**
 * The prices of a region on a day. A `UsageError` names the nearest region when this is none. `rules` gives the
 * bounds of the volume tiers; without it those of the day.
 */
export function priceListOf(region: string, asOf: IsoDate, rules: Rulebook = rulebookOf(asOf)): PriceList {
  const found = PRICED_REGIONS.find((one) => one.region === region);
  if (found === undefined) {
    const fault = regionFault(region);
    throw new UsageError(fault?.message ?? `no prices are known for region ${region}`, fault?.hint);
  }
  const bounds = rules.value(durationTiers);
  const prices: Price[] = [];
  for (const id of PRICE_IDS) {
    const entry = found.prices[id];
    if (entry === undefined || firstDayOf(id) > asOf) continue;
    const seenFrom = entry.seenFrom ?? found.seenFrom;
    const { amounts: present, status, source } = asOf < seenFrom ? assumedOf(entry) : entry;
    const { amounts, since } = eraOf(id, present, asOf);
    const tiers = tiersOf(amounts, boundsOf(id, bounds));
    const days = [since, openedOn(region) ?? since];
    if (isDuration(id) && tiers.length > 1) days.push(versionAt(durationTiers, asOf).from);
    if (entry.before !== undefined && asOf >= seenFrom) days.push(seenFrom);
    prices.push({
      id,
      unit: PRICE_UNITS[id],
      tiers,
      since: days.sort().at(-1)!,
      status,
      seenFrom,
      source: entry.derivedTiers === true ? `${source}; lower tiers 0.9 and 0.8 times the first` : source,
      read: found.read,
    });
  }
  return { region, asOf, currency: found.currency, prices };
}

/** What a price is taken to have been before any source speaks of it. */
function assumedOf({
  amounts,
  source,
  before,
}: RegionPrice): Pick<Price, 'status' | 'source'> & { amounts: readonly number[] } {
  return { status: 'assumed', ...(before ?? { amounts, source }) };
}

/** The entry of a price list, or undefined where the price did not exist or is not known. */
export function priceOf(list: PriceList, id: PriceId): Price | undefined {
  return list.prices.find((price) => price.id === id);
}

/** Why a price cannot be on a bill in USD, and what to do about it; undefined when it can. */
export function priceFault(
  list: PriceList,
  id: PriceId,
): { readonly message: string; readonly hint: string } | undefined {
  const hint = `give one in USD under pricing.overrides: { ${id}: ... }`;
  if (priceOf(list, id) === undefined) {
    return { message: `no price is known for ${id} in ${list.region} on ${list.asOf}`, hint };
  }
  return list.currency === 'USD'
    ? undefined
    : { message: `${id} in ${list.region} is priced in ${list.currency}, and the bill is in USD`, hint };
}

/** The prices of a day that a region's bill in USD would lack; empty where the list is complete. */
export function unknownPrices(region: string, asOf: IsoDate): PriceId[] {
  const list = priceListOf(region, asOf);
  return PRICE_IDS.filter((id) => firstDayOf(id) <= asOf && priceFault(list, id) !== undefined);
}

function boundsOf(
  id: PriceId,
  bounds: { readonly x86_64: readonly number[]; readonly arm64: readonly number[] },
): readonly number[] {
  // In units of what a price is for: GB-seconds, and millions of requests.
  const requests = REQUEST_TIERS[id];
  if (requests !== undefined) return requests.map((bound) => bound / 1e6);
  if (!isDuration(id)) return [];
  return id === 'lambda.duration.x86_64' ? bounds.x86_64 : bounds.arm64;
}

/** Whether the rule `duration-tiers` divides the price. */
function isDuration(id: PriceId): boolean {
  return id === 'lambda.duration.x86_64' || id === 'lambda.duration.arm64';
}

/** Amounts and bounds to tiers: without bounds, or without lower amounts, the first amount holds for all. */
function tiersOf(amounts: readonly number[], bounds: readonly number[]): Tier[] {
  const count = Math.min(amounts.length, bounds.length + 1);
  return amounts
    .slice(0, count)
    .map((usd, i) => ({ upTo: i === count - 1 ? Number.POSITIVE_INFINITY : bounds[i]!, usd }));
}
