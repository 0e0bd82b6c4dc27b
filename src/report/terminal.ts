/**
 * The summary a terminal shows after a run: verdict, functions, traffic, cost, why, what to do next. At most 80 columns,
 * readable without colour. Files tell the rest.
 */

import { decimalsFor, duration, share, shareOf, shortCount, shortDuration } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { agreedPricesIn } from '../scenario/agreed-prices.js';
import { type CostSummary, costSummary } from './cost-summary.js';
import { foremost } from './foremost.js';
import { nextCommand } from './next-command.js';
import { overRuns } from './over-runs.js';
import { NO_COLOURS, type Palette } from './palette.js';
import type { Report } from './report.js';
import { REPORT_FILES } from './report-files.js';
import { courseLines } from './terminal-courses.js';
import { sourceTables } from './terminal-sources.js';
import { columnsOf, oneLine, padded, shortened, wrapped } from './text.js';
import { textTable } from './text-table.js';
import { usdText } from './usd.js';
import { measured, verdictOf, verdictWord } from './verdict.js';

const WIDTH = 80;
const INDENT = 2;
/** Of what stands at the left of WHY, FILES and NEXT. */
const LABEL = 6;
/** More rows than this are a file's business. */
const MOST_ROWS = 30;
const MOST_FINDINGS = 5;
/** Those that have every finding. */
const LONG_REPORTS: ReadonlySet<string> = new Set(['report.html', 'report.md']);

export function terminal(report: Report): string {
  const { results } = report;
  const palette = report.palette ?? NO_COLOURS;
  const blocks = [
    [...heading(results, palette), ...verdictLines(results, palette)],
    functionLines(results, palette),
    trafficLines(results, palette),
    ...sourceBlocks(results, palette),
    overTimeLines(report, palette),
    costLines(costSummary(results), agreedPricesIn(results.warnings), palette),
    [...whyLines(report, palette), ...filesLine(report, palette), ...nextLine(report, palette)],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function heading(results: Results, palette: Palette): string[] {
  const { name, region, asOf, durationSeconds, warmUpSeconds, replications, seed } = results.scenario;
  const facts = [
    region,
    `rules of ${asOf}`,
    `${duration(durationSeconds * 1000)} simulated${warmUpSeconds > 0 ? ` less ${duration(warmUpSeconds * 1000)} warm-up` : ''}`,
    replications > 1 ? `means of ${replications} replications` : '',
    `seed ${shortened(oneLine(String(seed)), 20)}`,
  ].filter((fact) => fact !== '');
  return [palette.bold(shortened(oneLine(name), WIDTH)), ...wrapped(facts.join(', '), WIDTH).map(palette.dim)];
}

function verdictLines(results: Results, palette: Palette): string[] {
  const verdict = verdictOf(results);
  const colour = { PASS: palette.green, FAIL: palette.red, INCONCLUSIVE: palette.yellow, DONE: palette.bold }[
    verdict.word
  ];
  const lines = [`${colour(palette.bold(verdict.word))}  ${verdict.sentence}`];
  for (const threshold of results.thresholds) {
    const word = verdictWord(threshold);
    const paint = { pass: palette.green, FAIL: palette.red, warn: palette.yellow, open: palette.yellow }[word];
    const value = measured(threshold);
    const room = WIDTH - INDENT - word.length - 2 - value.length - 2;
    const expression = shortened(oneLine(threshold.expression), Math.max(20, room));
    lines.push(`${' '.repeat(INDENT)}${paint(word)}  ${padded(expression, room)}  ${value}`.trimEnd());
  }
  return lines;
}

function functionLines(results: Results, palette: Palette): string[] {
  const ids = Object.keys(results.runs[0]?.functions ?? {});
  if (ids.length === 0) return [];
  const mean = (id: string, figure: (fn: Results['runs'][number]['functions'][string]) => number | null) =>
    overRuns(results, (run) => {
      const fn = run.functions[id];
      return fn === undefined ? null : figure(fn);
    });
  const shown = foremost(ids, MOST_ROWS, (id) => mean(id, (fn) => fn.invocations + fn.throttles) ?? 0);
  const rows = shown.map((id) => [
    id,
    shortCount(mean(id, (fn) => fn.invocations)),
    share(mean(id, (fn) => rate(fn.coldStarts, fn.invocations))),
    share(mean(id, (fn) => rate(fn.errors, fn.invocations))),
    share(mean(id, (fn) => rate(fn.throttles, fn.invocations + fn.throttles))),
    shortDuration(mean(id, (fn) => fn.duration.p50)),
    shortDuration(mean(id, (fn) => fn.duration.p99)),
    shortCount(mean(id, (fn) => fn.concurrency.max)),
  ]);
  const header = ['FUNCTION', 'invocations', 'cold', 'errors', 'throttled', 'p50', 'p99', 'peak'];
  return [...table([header, ...rows], palette), ...leftOut(ids.length - shown.length, 'functions', palette)];
}

function trafficLines(results: Results, palette: Palette): string[] {
  const ids = Object.keys(results.runs[0]?.traffic ?? {});
  if (ids.length === 0) return [];
  const mean = (id: string, figure: (traffic: Results['runs'][number]['traffic'][string]) => number | null) =>
    overRuns(results, (run) => {
      const traffic = run.traffic[id];
      return traffic === undefined ? null : figure(traffic);
    });
  const shown = foremost(ids, MOST_ROWS, (id) => mean(id, (traffic) => traffic.offered) ?? 0);
  const rows = shown.map((id) => [
    id,
    shortCount(mean(id, (traffic) => traffic.offered)),
    shareOf(
      mean(id, (traffic) => traffic.succeeded),
      mean(id, (traffic) => traffic.offered),
    ),
    ...(['p50', 'p90', 'p99', 'max'] as const).map((key) => shortDuration(mean(id, (traffic) => traffic.latency[key]))),
  ]);
  const lines = table([['TRAFFIC', 'offered', 'succeeded', 'p50', 'p90', 'p99', 'max'], ...rows], palette);
  const [only] = shown;
  if (shown.length === 1 && only !== undefined) {
    const parts = Object.keys(
      results.runs[0]?.traffic[only]?.parts ?? {},
    ) as (keyof Results['runs'][number]['traffic'][string]['parts'])[];
    const sum = parts
      .map((part) => ({
        part,
        ms: mean(only, (traffic) => (traffic.latency.count > 0 ? traffic.parts[part] : null)) ?? 0,
      }))
      .filter(({ ms }) => ms > 0)
      .map(({ part, ms }) => `${PART_NAMES[part]} ${shortDuration(ms)}`);
    if (sum.length > 0) {
      const total = shortDuration(mean(only, (traffic) => traffic.latency.mean));
      lines.push(
        ...wrapped(`mean ${total} = ${sum.join(' + ')}`, WIDTH - INDENT).map((line) =>
          palette.dim(`${' '.repeat(INDENT)}${line}`),
        ),
      );
    }
  }
  return [...lines, ...leftOut(ids.length - shown.length, 'traffic sources', palette)];
}

const PART_NAMES = {
  wait: 'wait',
  overhead: 'platform',
  init: 'init',
  handler: 'handler',
  downstream: 'downstream',
  retryWait: 'retry wait',
} as const;

/** One table a kind of resource that the scenario has. */
function sourceBlocks(results: Results, palette: Palette): string[][] {
  return sourceTables(results, WIDTH, MOST_ROWS).map(({ header, rows, left, what }) => [
    palette.dim(header),
    ...rows,
    ...leftOut(left, what, palette),
  ]);
}

function overTimeLines({ results, timeline }: Report, palette: Palette): string[] {
  const [header, ...lines] = courseLines(results, timeline);
  return header === undefined ? [] : [palette.dim(header), ...lines];
}

function costLines(cost: CostSummary, agreed: string | undefined, palette: Palette): string[] {
  const run = decimalsFor(cost.runUsd);
  const month = decimalsFor(cost.monthUsd);
  const rows = [['COST', 'this run', 'a month']];
  for (const item of cost.items) rows.push([item.item, usdText(item.runUsd, run), usdText(item.monthUsd, month)]);
  if (cost.adjustmentUsd !== 0) rows.push(['Tiers, free tier, month to date', '-', usdText(cost.adjustmentUsd, month)]);
  rows.push(['Total', usdText(cost.runUsd, run), usdText(cost.monthUsd, month)]);
  if (cost.perMillion !== undefined) {
    const { runUsd, monthUsd } = cost.perMillion;
    rows.push(['Per million requests', usdText(runUsd, decimalsFor(runUsd)), usdText(monthUsd, decimalsFor(monthUsd))]);
  }
  const lines = table(rows, palette);
  const total = lines.length - (cost.perMillion === undefined ? 1 : 2);
  const shown = lines.map((line, index) => (index === total ? palette.bold(line) : line));
  return agreed === undefined ? shown : [...shown, palette.dim(`${' '.repeat(INDENT)}prices: ${agreed}`)];
}

function whyLines({ results: { findings }, files = REPORT_FILES }: Report, palette: Palette): string[] {
  const lines = findings.slice(0, MOST_FINDINGS).flatMap((finding) => labelled('WHY', finding.message, palette));
  const rest = findings.length - MOST_FINDINGS;
  const long = files.find((file) => LONG_REPORTS.has(file));
  const where = long === undefined ? '' : `: see ${long}`;
  return rest > 0 ? [...lines, palette.dim(`${' '.repeat(INDENT)}and ${rest} more${where}`)] : lines;
}

function filesLine({ directory, files = REPORT_FILES }: Report, palette: Palette): string[] {
  const [first, ...others] = files;
  if (directory === undefined || first === undefined) return [];
  const few = others.length > 2 ? [...others.slice(0, 2), '...'] : others;
  const beside = few.length === 0 ? '' : ` (${few.join(', ')} beside it)`;
  return labelled('FILES', `${directory}/${first}${beside}`, palette);
}

function nextLine(report: Report, palette: Palette): string[] {
  const command = nextCommand(report);
  if (command === undefined) return [];
  const [first = '', ...others] = typeable(command, WIDTH - LABEL);
  return [palette.bold('NEXT'.padEnd(LABEL)) + first, ...others];
}

/**
 * A command in lines that a shell reads as one when they are pasted: a backslash ends each but the last. A word that is
 * longer than a line goes on where the next one begins; a quoted one stays whole.
 */
function typeable(command: string, room: number): string[] {
  const indent = ' '.repeat(LABEL);
  const lines: string[] = [];
  let line = '';
  for (const word of command.match(/(?:\\'|'[^']*'|[^\s'])+/g) ?? []) {
    let rest = word;
    if (line !== '' && columnsOf(line) + 1 + columnsOf(rest) > room - 2) {
      lines.push(`${line} \\`);
      line = indent;
    } else if (line !== '') line += ' ';
    while (!rest.includes("'") && columnsOf(line) + columnsOf(rest) > room) {
      const piece = rest.slice(0, room - columnsOf(line) - 1);
      lines.push(`${line}${piece}\\`);
      rest = rest.slice(piece.length);
      line = '';
    }
    line += rest;
  }
  return [...lines, line];
}

function labelled(label: string, text: string, palette: Palette): string[] {
  return wrapped(text, WIDTH - LABEL).map(
    (line, index) => (index === 0 ? palette.bold(label.padEnd(LABEL)) : ' '.repeat(LABEL)) + line,
  );
}

function table(rows: readonly (readonly string[])[], palette: Palette): string[] {
  const [header = '', ...body] = textTable(rows, WIDTH);
  return [palette.dim(header), ...body];
}

function leftOut(rest: number, what: string, palette: Palette): string[] {
  return rest > 0 ? [palette.dim(`${' '.repeat(INDENT)}and ${rest} more ${what}: see summary.csv`)] : [];
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
