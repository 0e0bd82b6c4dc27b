/** The sections of report.md on money. */

import { decimalsFor, plainNumber, share } from '../engine/format.js';
import { HOURS_PER_MONTH } from '../engine/units.js';
import type { Results } from '../results/run-result.js';
import { agreedPricesIn } from '../scenario/agreed-prices.js';
import { COST_DRIVERS, costDrivers, DRIVER_NAMES } from './cost-drivers.js';
import { beforeTiers, costSummary, monthInWords } from './cost-summary.js';
import { foremost } from './foremost.js';
import { folded, leftOut, section, table } from './markdown-blocks.js';
import { billLines, overRuns } from './over-runs.js';
import { markdownCode as code, markdownText as prose } from './text.js';
import { usdText } from './usd.js';

/** The bill by item: this run and a month. */
export function cost(results: Results): string {
  const summary = costSummary(results);
  const run = decimalsFor(summary.runUsd);
  const month = decimalsFor(summary.monthUsd);
  const rows = summary.items.map((item) => [
    prose(item.item),
    usdText(item.runUsd, run),
    usdText(item.monthUsd, month),
  ]);
  if (summary.adjustmentUsd !== 0)
    rows.push(['Tiers, free tier, month to date', '-', usdText(summary.adjustmentUsd, month)]);
  rows.push(['**Total**', `**${usdText(summary.runUsd, run)}**`, `**${usdText(summary.monthUsd, month)}**`]);
  if (summary.perMillion !== undefined) {
    const { runUsd, monthUsd } = summary.perMillion;
    rows.push(['Per million requests', usdText(runUsd, decimalsFor(runUsd)), usdText(monthUsd, decimalsFor(monthUsd))]);
  }
  const agreed = agreedPricesIn(results.warnings);
  const { notBilled } = results;
  return section(
    'Cost',
    `${table(['item', 'this run', 'a month'], 'lrr', rows)}\n\n${monthInWords(results)}${agreed === undefined ? '' : `\n\nNot list prices: ${agreed}.`}${notBilled === undefined ? '' : `\n\nNot on the bill: ${notBilled.map(prose).join('; ')}.`}`,
  );
}

/** What made the money, a month of it. */
export function drivers(results: Results): string {
  const { usd, failedUsd, retriedUsd } = costDrivers(results);
  const hours = overRuns(results, (run) => run.bill.simulatedHours) ?? 0;
  const month = hours > 0 ? HOURS_PER_MONTH / hours : 0;
  const whole = Object.values(usd).reduce((sum, amount) => sum + amount, 0);
  if (whole === 0) return '';
  const decimals = decimalsFor(whole * month);
  const row = (title: string, amount: number) => [title, usdText(amount * month, decimals), share(amount / whole)];
  const rows = COST_DRIVERS.filter((driver) => usd[driver] !== 0).map((driver) =>
    row(DRIVER_NAMES[driver], usd[driver]),
  );
  if (failedUsd > 0) rows.push(row('of which in runs that failed', failedUsd));
  if (retriedUsd > 0) rows.push(row('of which in retries', retriedUsd));
  const before = beforeTiers(costSummary(results));
  const note = before === undefined ? '' : `${before}\n\n`;
  return folded('What made the money', note + table(['spent on', 'a month', 'of the bill'], 'lrr', rows));
}

/** The lines of the bill, the `most` dearest. */
export function bill(results: Results, most: number): string {
  const lines = billLines(results);
  if (lines.length === 0) return '';
  const decimals = Math.max(4, decimalsFor(Math.max(...lines.map((line) => line.usd))));
  const rows = foremost(lines, most, ({ usd }) => usd).map((line) => [
    prose(line.service),
    code(line.resource),
    prose(line.item),
    plainNumber(line.quantity),
    prose(line.unit),
    usdText(line.usd, decimals),
  ]);
  return folded(
    `Bill of the run, ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`,
    table(['service', 'resource', 'item', 'quantity', 'unit', 'USD'], 'lllrlr', rows) +
      leftOut(lines.length - rows.length, 'lines', 'bill.csv'),
  );
}
