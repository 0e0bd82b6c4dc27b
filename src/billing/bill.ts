/**
 * Usage times price, line by line. Plain doubles, never rounded: a report rounds what it prints. Every line is 0 or more and
 * the lines of a bill add up to it. The lines of the services around Lambda are made by src/billing/neighbours.ts.
 */
import { UsageError } from '../engine/errors.js';
import { HOURS_PER_MONTH, type IsoDate } from '../engine/units.js';
import type { Bill, BillLine } from '../results/run-result.js';
import { freeTier } from '../rules/free-tier.js';
import { frontEndCharge } from '../rules/front-end-charge.js';
import { messagingCharge } from '../rules/messaging-charge.js';
import { type Rulebook, rulebookOf } from '../rules/rulebook.js';
import { isIncluded, SERVICES, type Service } from '../scenario/billed-services.js';
import type { PriceId } from '../scenario/price-ids.js';
import type { Architecture, MonthToDate, PricingSettings } from '../scenario/types.js';
import {
  checkDay,
  checkHours,
  checkMonthToDate,
  checkNeighbours,
  checkPricing,
  checkRegion,
  checkUsage,
} from './check-arguments.js';
import { type BillableUsage, METERS, type Meter } from './meters.js';
import { type FreeUnits, freeUnits, monthOf } from './month.js';
import {
  type FreeRequests,
  NEIGHBOUR_METERS,
  type NeighbourUsage,
  neighbourLines,
  neighboursOfMonth,
} from './neighbours.js';
import { type PriceList, priceFault, priceListOf, priceOf } from './price-list.js';
import { savingsPlanFactor } from './prices/savings-plan.js';
import { type Tier, tieredCost } from './tiers.js';

export type { BillableUsage } from './meters.js';

/** The service of the functions' lines. */
const LAMBDA_SERVICE = SERVICES.lambda;

export interface BillOptions {
  readonly region: string;
  readonly asOf: IsoDate;
  /** Whether the account's free tier is left to this usage; false by default. */
  readonly freeTier?: boolean | undefined;
  /** What the account has used this month before; nothing by default. */
  readonly monthToDate?: MonthToDate | undefined;
  readonly pricing?: Partial<PricingSettings> | undefined;
  /** Hours the usage took; undefined: it is one month. */
  readonly simulatedHours?: number | undefined;
  /** What the services around the functions metered; nothing by default. */
  readonly neighbours?: readonly NeighbourUsage[] | undefined;
  /** Rules with a scenario's overrides; by default those of `asOf`. */
  readonly rules?: Rulebook | undefined;
}

/**
 * The bill of a usage. With `simulatedHours`, `lines` and `total` are the usage as it is, without the free tier, and
 * `monthly` is what 730 hours like it cost, free tier included if it is on. Without, the usage is one month: lines, total
 * and monthly are that month's, free tier included if it is on. Throws a `UsageError` for any
 * argument that is not what it must be, and for a price that is needed and not known.
 */
export function bill(usage: readonly BillableUsage[], options: BillOptions): Bill {
  if (typeof options !== 'object' || options === null)
    throw new UsageError('bill needs a region and a day', "such as { region: 'us-east-1', asOf: '2026-01-31' }");
  const { simulatedHours, region, asOf, neighbours = [] } = options;
  const pricing = { include: undefined, discount: 0, savingsPlan: 'none' as const, overrides: {}, ...options.pricing };
  checkRegion(region);
  checkDay(asOf);
  checkUsage(usage);
  checkNeighbours(neighbours);
  checkHours(simulatedHours);
  checkMonthToDate(options.monthToDate);
  checkPricing(pricing, asOf);
  const rules = options.rules ?? rulebookOf(asOf);
  const book: PriceBook = {
    list: priceListOf(region, asOf, rules),
    pricing,
    monthToDate: options.monthToDate ?? { requests: 0, gbSeconds: { x86_64: 0, arm64: 0 } },
  };
  const isFree = options.freeTier === true;
  const free = isFree ? rules.value(freeTier) : NOTHING_FREE;
  const ownUsage = isIncluded('lambda', pricing.include) ? usage : [];
  const others = neighbours.filter(({ meter }) => isIncluded(NEIGHBOUR_METERS[meter].service, pricing.include));
  const freeRequests = isFree ? freeRequestsOf(others, rules) : {};
  const lineUp = (
    own: readonly BillableUsage[],
    beside: readonly NeighbourUsage[],
    allowance: Free,
    requests: FreeRequests,
  ) => [...linesOf(own, book, allowance), ...neighbourLines(beside, requests, (id) => agreedTiers(id, book))];
  if (simulatedHours === undefined) {
    const lines = lineUp(ownUsage, others, free, freeRequests);
    const total = sum(lines);
    return { lines, total, monthly: total, simulatedHours: HOURS_PER_MONTH };
  }
  const lines = lineUp(ownUsage, others, NOTHING_FREE, {});
  const month = [monthOf(ownUsage, simulatedHours), neighboursOfMonth(others, simulatedHours)] as const;
  return { lines, total: sum(lines), monthly: sum(lineUp(...month, free, freeRequests)), simulatedHours };
}

/** Of a service that is used; rules that nothing rests on are not asked. */
function freeRequestsOf(usage: readonly NeighbourUsage[], rules: Rulebook): FreeRequests {
  const uses = (...services: Service[]) =>
    usage.some(({ meter }) => services.includes(NEIGHBOUR_METERS[meter].service));
  const { freeSqs, freeSns } = uses('sqs', 'sns') ? rules.value(messagingCharge) : { freeSqs: 0, freeSns: 0 };
  const freeTransitions = uses('step-functions') ? rules.value(frontEndCharge).freeTransitions : 0;
  return { sqs: freeSqs, sns: freeSns, 'step-functions': freeTransitions };
}

interface PriceBook {
  readonly list: PriceList;
  readonly pricing: PricingSettings;
  readonly monthToDate: MonthToDate;
}

type Free = Readonly<Record<'requests' | 'gbSeconds' | 'streamedGb', number>>;
const NOTHING_FREE: Free = { requests: 0, gbSeconds: 0, streamedGb: 0 };

/** The lines of every function, in the order of the usage and, within one, of the meters. */
function linesOf(usage: readonly BillableUsage[], book: PriceBook, allowance: Free): BillLine[] {
  const rates = METERS.map((meter) => ratesOf(meter, usage, book, allowance));
  const lines: BillLine[] = [];
  for (const one of usage) {
    METERS.forEach((meter, i) => {
      const quantity = meter.quantity(one);
      if (quantity === 0) return;
      const { free, usdPerUnit } = rates[i]![one.architecture];
      const freeQuantity = free.of(quantity);
      const line = { service: LAMBDA_SERVICE, resource: one.resource, item: itemName(meter, one), unit: meter.unit };
      const paid = quantity - freeQuantity;
      if (paid > 0) lines.push(billLine(line, '', paid, paid * usdPerUnit));
      if (freeQuantity > 0) lines.push(billLine(line, ', free tier', freeQuantity, 0));
    });
  }
  return lines;
}

function billLine(line: Omit<BillLine, 'quantity' | 'usd'>, suffix: string, quantity: number, usd: number): BillLine {
  return { service: line.service, resource: line.resource, item: line.item + suffix, quantity, unit: line.unit, usd };
}

function itemName(meter: Meter, { architecture }: BillableUsage): string {
  return meter.priceId(architecture).endsWith(architecture) ? `${meter.item} (${architecture})` : meter.item;
}

interface Rate {
  readonly free: FreeUnits;
  /** For the rest: the average over its volume tiers, so functions share the cheaper tiers in proportion to their use. */
  readonly usdPerUnit: number;
}

function ratesOf(
  meter: Meter,
  usage: readonly BillableUsage[],
  book: PriceBook,
  free: Free,
): Readonly<Record<Architecture, Rate>> {
  const used = { x86_64: 0, arm64: 0 };
  for (const one of usage) used[one.architecture] += meter.quantity(one);
  const toDate = usedToDate(meter, book.monthToDate);
  const units = freeUnits(
    meter.free === undefined ? 0 : free[meter.free],
    toDate.x86_64 + toDate.arm64,
    used.x86_64 + used.arm64,
  );
  const rate = (architecture: Architecture): Rate =>
    rateOf(meter, meter.priceId(architecture), used[architecture], toDate[architecture], units, book);
  return { x86_64: rate('x86_64'), arm64: rate('arm64') };
}

function rateOf(meter: Meter, id: PriceId, used: number, toDate: number, free: FreeUnits, book: PriceBook): Rate {
  const paid = used - free.of(used);
  if (paid === 0) return { free, usdPerUnit: 0 };
  const tiers = agreedTiers(id, book);
  const usd = tieredCost(tiers, toDate * free.paidToDate, paid);
  // A single tier keeps its own price, free of the rounding of a quotient.
  const average = tiers.length === 1 ? tiers[0]!.usd : usd / paid;
  return { free, usdPerUnit: average / meter.per };
}

/** Requests and on-demand duration are what a month to date tells of; no other meter has tiers or is asked for. */
function usedToDate(meter: Meter, { requests, gbSeconds }: MonthToDate): { x86_64: number; arm64: number } {
  if (meter.free === 'requests') return { x86_64: requests, arm64: 0 };
  return meter.free === 'gbSeconds' ? gbSeconds : { x86_64: 0, arm64: 0 };
}

/** The tiers of a price after override, savings plan and discount. An override holds for every tier. */
function agreedTiers(id: PriceId, { list, pricing }: PriceBook): readonly Tier[] {
  const override = Object.hasOwn(pricing.overrides, id) ? pricing.overrides[id] : undefined;
  const kept = 1 - pricing.discount;
  if (override !== undefined) return [{ upTo: Number.POSITIVE_INFINITY, usd: override * kept }];
  const fault = priceFault(list, id);
  if (fault !== undefined) throw new UsageError(fault.message, fault.hint);
  const { tiers } = priceOf(list, id)!;
  const factor = kept * savingsPlanFactor(pricing.savingsPlan, list.region, id, tiers[0]!.usd);
  return tiers.map((tier) => ({ upTo: tier.upTo, usd: tier.usd * factor }));
}

function sum(lines: readonly BillLine[]): number {
  return lines.reduce((usd, line) => usd + line.usd, 0);
}
