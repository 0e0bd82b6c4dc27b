/** The sections of report.md on money. */

import { decimalsFor, plainNumber } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { agreedPricesIn } from '../scenario/agreed-prices.js';
import { costSummary } from './cost-summary.js';
import { folded, section, table } from './markdown-blocks.js';
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
  const hours = overRuns(results, (each) => each.bill.simulatedHours);
  const agreed = agreedPricesIn(results.warnings);
  return section(
    'Cost',
    `${table(['item', 'this run', 'a month'], 'lrr', rows)}\n\nA month is the run's usage times 730 / ${plainNumber(hours)} hours.${agreed === undefined ? '' : `\n\nNot list prices: ${agreed}.`}`,
  );
}

/** Every line of the bill. */
export function bill(results: Results): string {
  const lines = billLines(results);
  if (lines.length === 0) return '';
  const decimals = Math.max(4, decimalsFor(Math.max(...lines.map((line) => line.usd))));
  const rows = lines.map((line) => [
    prose(line.service),
    code(line.resource),
    prose(line.item),
    plainNumber(line.quantity),
    prose(line.unit),
    usdText(line.usd, decimals),
  ]);
  return folded(
    `Bill of the run, ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`,
    table(['service', 'resource', 'item', 'quantity', 'unit', 'USD'], 'lllrlr', rows),
  );
}
