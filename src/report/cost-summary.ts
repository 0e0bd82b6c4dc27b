/**
 * The bill by item: what the run cost, what a month of it costs, and what a million requests cost.
 *
 * A month's lines are the run's times 730 hours over the simulated ones. Tiers, the free tier and the month to date
 * work on the month as a whole, so what they change stands in a line of its own and the column adds up to `monthly`.
 */
import { decimalsFor, duration, money, plainNumber } from '../engine/format.js';
import { HOURS_PER_MONTH } from '../engine/units.js';
import type { Results } from '../results/run-result.js';
import { billLines, overRuns } from './over-runs.js';

export interface CostItem {
  readonly item: string;
  readonly runUsd: number;
  readonly monthUsd: number;
}

export interface CostSummary {
  /** In the order of the bill, items of one name together. */
  readonly items: readonly CostItem[];
  /** What tiers, the free tier and the month to date add to the month's items (below 0: what they take off). */
  readonly adjustmentUsd: number;
  readonly runUsd: number;
  readonly monthUsd: number;
  /** Undefined when nothing was billed as a request. */
  readonly perMillion: { readonly runUsd: number; readonly monthUsd: number } | undefined;
}

export function costSummary(results: Results): CostSummary {
  const runUsd = overRuns(results, (run) => run.bill.total) ?? 0;
  const monthUsd = overRuns(results, (run) => run.bill.monthly) ?? 0;
  const hours = overRuns(results, (run) => run.bill.simulatedHours) ?? 0;
  const perMonth = hours > 0 ? HOURS_PER_MONTH / hours : 0;

  const byItem = new Map<string, number>();
  for (const line of billLines(results)) byItem.set(line.item, (byItem.get(line.item) ?? 0) + line.usd);
  const items = [...byItem].map(([item, usd]) => ({ item, runUsd: usd, monthUsd: usd * perMonth }));

  const requests = overRuns(results, (run) => {
    let sum = 0;
    for (const fn of Object.values(run.functions)) sum += fn.billed.requests;
    return sum;
  });
  const difference = monthUsd - items.reduce((sum, item) => sum + item.monthUsd, 0);
  // Doubles added in another order differ in their last digits; that is not a tier.
  const adjustmentUsd = Math.abs(difference) < 1e-9 * Math.max(1, monthUsd) ? 0 : difference;
  return {
    items,
    adjustmentUsd,
    runUsd,
    monthUsd,
    perMillion: requests
      ? perMillion(runUsd / requests, adjustmentUsd === 0 ? undefined : monthUsd / (requests * perMonth))
      : undefined,
  };
}

/** What a month costs a request is what the run does, to the last digit, unless something works on the month as a whole. */
function perMillion(runUsd: number, monthUsd = runUsd): CostSummary['perMillion'] {
  return { runUsd: runUsd * 1e6, monthUsd: monthUsd * 1e6 };
}

/** `A month is 730 h, 30.4167 times the 24 h of the run.`: where the second column comes from. */
export function monthInWords(results: Results): string {
  const { warmUpSeconds } = results.scenario;
  const hours = overRuns(results, (run) => run.bill.simulatedHours) ?? 0;
  if (hours === 0) return `A month is ${HOURS_PER_MONTH} h.`;
  const measured = duration(hours * 3_600_000);
  const where = warmUpSeconds > 0 ? `the ${measured} after the warm-up` : `the ${measured} of the run`;
  return `A month is ${HOURS_PER_MONTH} h, ${plainNumber(HOURS_PER_MONTH / hours)} times ${where}.`;
}

/** What a split of the month by its lines leaves out; undefined where they are all of it. */
export function beforeTiers({ adjustmentUsd }: CostSummary): string | undefined {
  if (adjustmentUsd === 0) return undefined;
  const change = money(Math.abs(adjustmentUsd), decimalsFor(adjustmentUsd));
  const what = adjustmentUsd < 0 ? `take ${change} off` : `add ${change}`;
  return `Before tiers, free tier and month to date, which ${what}.`;
}
