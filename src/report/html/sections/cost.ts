/** What it costs: a month, by what made the money, by item, by function; and every line of the bill. */
import { decimalsFor, type Figure, plainNumber, share } from '../../../engine/format.js';
import { HOURS_PER_MONTH } from '../../../engine/units.js';
import type { Results } from '../../../results/run-result.js';
import { agreedPricesIn } from '../../../scenario/agreed-prices.js';
import { COST_DRIVERS, type CostDriver, costDrivers, DRIVER_NAMES } from '../../cost-drivers.js';
import { beforeTiers, costSummary, monthInWords } from '../../cost-summary.js';
import { billLines, overRuns } from '../../over-runs.js';
import { usdText } from '../../usd.js';
import { type Figures, figure } from '../figures.js';
import { type Content, code, type Markup, markup, name } from '../markup.js';
import { type Section, section } from '../section.js';
import { bar, type Part, stackedBar } from '../svg.js';
import { MOST_PICTURES, MOST_ROWS, table } from '../table.js';
import { legend, wordsOf } from './latency.js';

const COLOURS: Readonly<Record<CostDriver, string>> = {
  requests: 'f4',
  handler: 'f1',
  init: 'f5',
  downstream: 'f3',
  rounding: 'f6',
  provisionedUsed: 'f7',
  provisionedIdle: 'fbad',
  otherLambda: 'f8',
  neighbours: 'f2',
};

export function costSection(figures: Figures): Section {
  const { results } = figures;
  const agreed = agreedPricesIn(results.warnings);
  const { notBilled } = results;
  return section(
    'cost',
    'Cost',
    markup`<p class="lead">In USD. ${monthInWords(results)}${agreed !== undefined && ` Not list prices: ${agreed}.`}${notBilled !== undefined && ` Not on the bill: ${notBilled.join('; ')}.`}</p>`,
    byItem(results),
    byDriver(results),
    byResource(results),
    lines(results),
  );
}

function perMonth(results: Results): number {
  const hours = overRuns(results, (run) => run.bill.simulatedHours) ?? 0;
  return hours > 0 ? HOURS_PER_MONTH / hours : 0;
}

function byItem(results: Results): Markup {
  const { items, adjustmentUsd, runUsd, monthUsd, perMillion } = costSummary(results);
  const most = Math.max(...items.map((item) => item.monthUsd), 0);
  const inRun = usd(decimalsFor(runUsd));
  const inMonth = usd(decimalsFor(monthUsd));
  const rows: Content[][] = items.map((item) => [
    name(item.item),
    bar(most > 0 ? item.monthUsd / most : 0, `${share(monthUsd > 0 ? item.monthUsd / monthUsd : null)} of the month`),
    inRun(item.runUsd),
    inMonth(item.monthUsd),
  ]);
  if (adjustmentUsd !== 0) rows.push(['Tiers, free tier, month to date', '', '-', inMonth(adjustmentUsd)]);
  rows.push([
    markup`<strong>Total</strong>`,
    '',
    markup`<strong>${inRun(runUsd)}</strong>`,
    markup`<strong>${inMonth(monthUsd)}</strong>`,
  ]);
  if (perMillion !== undefined) {
    rows.push([
      'Per million requests',
      '',
      usd(decimalsFor(perMillion.runUsd))(perMillion.runUsd),
      usd(decimalsFor(perMillion.monthUsd))(perMillion.monthUsd),
    ]);
  }
  return table({
    caption: 'Cost by item',
    columns: [
      { title: 'item' },
      { title: 'a month', is: 'picture' },
      { title: 'this run', is: 'number' },
      { title: 'a month', is: 'number' },
    ],
    rows,
    open: 40,
    id: 'cost-items',
  });
}

function byDriver(results: Results): Content {
  const { usd: amounts, failedUsd, retriedUsd } = costDrivers(results);
  const month = perMonth(results);
  const whole = Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
  const shown = COST_DRIVERS.filter((driver) => amounts[driver] !== 0);
  if (shown.length === 0) return '';
  const inMonth = usd(decimalsFor(whole * month));
  const row = (title: Content, amount: number, colour: string): Content[] => [
    title,
    bar(whole > 0 ? amount / whole : 0, share(whole > 0 ? amount / whole : null), colour),
    inMonth(amount * month),
    figure(share, whole > 0 ? amount / whole : null),
  ];
  const rows = shown.map((driver) => row(DRIVER_NAMES[driver], amounts[driver], COLOURS[driver]));
  if (failedUsd > 0) rows.push(row('of which in runs that failed', failedUsd, 'fg'));
  if (retriedUsd > 0) rows.push(row('of which in retries', retriedUsd, 'fg'));
  const before = beforeTiers(costSummary(results));
  return markup`<h3>What made the money</h3>${before !== undefined && markup`<p class="lead">${before}</p>`}${table({
    caption: 'Cost by what made it',
    columns: [
      { title: 'spent on' },
      { title: 'share', is: 'picture' },
      { title: 'a month', is: 'number' },
      { title: 'of the bill', is: 'number' },
    ],
    rows,
    open: 20,
    id: 'cost-drivers',
  })}`;
}

function byResource(results: Results): Content {
  const month = perMonth(results);
  const totals = new Map<string, number>();
  for (const line of billLines(results)) totals.set(line.resource, (totals.get(line.resource) ?? 0) + line.usd);
  if (totals.size === 0) return '';
  const ordered = [...totals].sort(([, a], [, b]) => b - a);
  const most = ordered[0]?.[1] ?? 0;
  const whole = ordered.reduce((sum, [, amount]) => sum + amount, 0);
  const inMonth = usd(decimalsFor(whole * month));
  const pictured = ordered.slice(0, MOST_PICTURES).map(([resource, amount]) => {
    const amounts = costDrivers(results, resource).usd;
    return {
      resource,
      amount,
      parts: COST_DRIVERS.filter((driver) => amounts[driver] > 0).map((driver): Part & { driver: CostDriver } => ({
        driver,
        name: DRIVER_NAMES[driver],
        value: amounts[driver] * month,
        colour: COLOURS[driver],
      })),
    };
  });
  const used = new Set(pictured.flatMap(({ parts }) => parts.map(({ driver }) => driver)));
  const rows = ordered.slice(0, MOST_ROWS).map(([resource, amount], index): Content[] => [
    code(resource),
    index < pictured.length
      ? stackedBar(
          pictured[index]!.parts,
          wordsOf(pictured[index]!.parts, (value) => usdText(value, 2)),
          most > 0 ? amount / most : 0,
        )
      : '',
    inMonth(amount * month),
    figure(share, whole > 0 ? amount / whole : null),
  ]);
  return markup`<h3>By resource</h3>${legend(COST_DRIVERS.filter((driver) => used.has(driver)).map((driver) => [driver, DRIVER_NAMES[driver], COLOURS[driver]] as const))}${table(
    {
      caption: 'Cost by resource',
      columns: [
        { title: 'resource' },
        { title: 'spent on', is: 'picture' },
        { title: 'a month', is: 'number' },
        { title: 'of the bill', is: 'number' },
      ],
      rows,
      left: Math.max(0, ordered.length - MOST_ROWS),
      file: 'bill.csv',
      what: 'resources',
      id: 'cost-resources',
    },
  )}`;
}

function lines(results: Results): Markup | '' {
  const all = billLines(results);
  if (all.length === 0) return '';
  const amount = usd(Math.max(4, decimalsFor(all.reduce((most, line) => Math.max(most, line.usd), 0))));
  return markup`<details><summary>Bill of the run, ${all.length} ${all.length === 1 ? 'line' : 'lines'}</summary>${table(
    {
      caption: 'Bill of the run',
      columns: [
        { title: 'resource' },
        { title: 'service' },
        { title: 'item' },
        { title: 'quantity', is: 'number' },
        { title: 'unit' },
        { title: 'USD', is: 'number' },
      ],
      rows: all
        .slice(0, 2 * MOST_ROWS)
        .map((line) => [
          code(line.resource),
          name(line.service),
          name(line.item),
          figure(plainNumber, line.quantity),
          name(line.unit),
          amount(line.usd),
        ]),
      open: 200,
      left: Math.max(0, all.length - 2 * MOST_ROWS),
      file: 'bill.csv',
      what: 'lines',
      id: 'bill-lines',
    },
  )}</details>`;
}

function usd(decimals: number): (amount: number) => Markup {
  return (amount) =>
    figure((value: Figure) => (value === null || value === undefined ? '-' : usdText(value, decimals)), amount);
}
