/**
 * report.md, for pull requests and job summaries: verdict, thresholds, functions, traffic, bill, findings, rules, and how
 * to get the same numbers again. No pictures; long lists fold away.
 */

import type { FunctionResult, Results, TrafficResult } from '../results/run-result.js';
import { fieldsOf, ruleNamed } from '../rules/catalogue.js';
import { costSummary } from './cost-summary.js';
import { count, decimalsFor, duration, type Figure, money, plainNumber, shareOf } from './format.js';
import { billLines, overRuns } from './over-runs.js';
import type { Report } from './report.js';
import { ruleText } from './rule-text.js';
import { markdownCode as code, markdownText as prose, shellWord } from './text.js';
import { measured, verdictOf, verdictWord } from './verdict.js';

export function markdown(report: Report): string {
  const { results } = report;
  const sections = [
    heading(results),
    thresholds(results),
    findings(results),
    functions(results),
    traffic(results),
    cost(results),
    bill(results),
    warnings(results),
    rules(results),
    reproduction(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(results: Results): string {
  const { scenario } = results;
  const verdict = verdictOf(results);
  const facts = [
    `Region ${prose(scenario.region)}`,
    `rules and prices of ${scenario.asOf}`,
    `${duration(scenario.durationSeconds * 1000)} from ${scenario.start}`,
    scenario.warmUpSeconds > 0 ? `the first ${duration(scenario.warmUpSeconds * 1000)} left out as warm-up` : '',
    scenario.replications > 1 ? `${scenario.replications} replications, figures are their means` : '',
  ].filter((fact) => fact !== '');
  return `# ${prose(scenario.name)}\n\n**${verdict.word}**: ${verdict.sentence}.\n\n${facts.join(', ')}.`;
}

function thresholds(results: Results): string {
  if (results.thresholds.length === 0) return '';
  const rows = results.thresholds.map((threshold) => [
    verdictWord(threshold),
    code(threshold.expression),
    measured(threshold),
  ]);
  return section('Thresholds', table(['verdict', 'threshold', 'measured'], 'lll', rows));
}

function findings(results: Results): string {
  if (results.findings.length === 0) return '';
  const items = results.findings.map((finding) => {
    const span = `from ${duration(finding.from * 1000)} to ${duration(finding.to * 1000)}`;
    const knob = finding.knob === '' ? '' : ` Setting: ${code(finding.knob)}.`;
    return `- ${code(finding.resource)} ${code(finding.limit)}, ${span}: ${prose(finding.message)}${knob}`;
  });
  return section('Why', items.join('\n'));
}

function functions(results: Results): string {
  const rows = Object.keys(results.runs[0]?.functions ?? {}).map((id) => {
    const mean = (figure: (fn: FunctionResult) => Figure) =>
      overRuns(results, (run) => {
        const fn = run.functions[id];
        return fn === undefined ? null : figure(fn);
      });
    const invocations = mean((fn) => fn.invocations);
    return [
      code(id),
      count(invocations),
      withShare(
        mean((fn) => fn.coldStarts),
        invocations,
      ),
      withShare(
        mean((fn) => fn.errors),
        invocations,
      ),
      count(mean((fn) => fn.throttles)),
      duration(mean((fn) => fn.duration.p50)),
      duration(mean((fn) => fn.duration.p99)),
      duration(mean((fn) => fn.initDuration.p50)),
      plainNumber(mean((fn) => fn.concurrency.mean)),
      count(mean((fn) => fn.concurrency.max)),
    ];
  });
  if (rows.length === 0) return '';
  const columns = [
    'function',
    'invocations',
    'cold starts',
    'errors',
    'throttles',
    'duration p50',
    'duration p99',
    'init p50',
    'concurrency mean',
    'max',
  ];
  return section('Functions', table(columns, 'lrrrrrrrrr', rows) + reasons(results));
}

/** Why attempts were refused, in AWS's words. */
function reasons(results: Results): string {
  const lines = Object.keys(results.runs[0]?.functions ?? {}).flatMap((id) => {
    const names = new Set(results.runs.flatMap((run) => Object.keys(run.functions[id]?.throttlesByReason ?? {})));
    const parts = [...names]
      .map((name) => ({ name, mean: overRuns(results, (run) => run.functions[id]?.throttlesByReason[name] ?? 0) ?? 0 }))
      .filter(({ mean }) => mean > 0)
      .map(({ name, mean }) => `${code(name)} ${count(mean)}`);
    return parts.length === 0 ? [] : [`- ${code(id)} throttled: ${parts.join(', ')}`];
  });
  return lines.length === 0 ? '' : `\n\n${lines.join('\n')}`;
}

function traffic(results: Results): string {
  const ids = Object.keys(results.runs[0]?.traffic ?? {});
  if (ids.length === 0) return '';
  const means = (id: string) => (figure: (traffic: TrafficResult) => Figure) =>
    overRuns(results, (run) => {
      const result = run.traffic[id];
      return result === undefined ? null : figure(result);
    });
  const ends = ids.map((id) => {
    const mean = means(id);
    const keys = ['offered', 'succeeded', 'failed', 'throttled', 'timedOut', 'unfinished', 'attempts'] as const;
    return [
      code(id),
      ...keys.map((key) => count(mean((each) => each[key]))),
      shareOf(
        mean((each) => each.succeeded),
        mean((each) => each.offered),
      ),
    ];
  });
  const latencies = ids.map((id) => {
    const mean = means(id);
    const keys = ['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const;
    return [code(id), ...keys.map((key) => duration(mean((each) => each.latency[key])))];
  });
  const parts = ids.map((id) => {
    const mean = means(id);
    const keys = ['wait', 'overhead', 'init', 'handler', 'downstream', 'retryWait'] as const;
    return [
      code(id),
      ...keys.map((key) => duration(mean((each) => (each.latency.count > 0 ? each.parts[key] : null)))),
    ];
  });
  return section(
    'Traffic',
    [
      table(
        ['traffic', 'offered', 'succeeded', 'failed', 'throttled', 'timed out', 'unfinished', 'attempts', 'success'],
        'lrrrrrrrr',
        ends,
      ),
      'Latency of the requests that succeeded, as the client saw it:',
      table(['traffic', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max', 'mean'], 'lrrrrrrr', latencies),
      'What the mean is made of:',
      table(['traffic', 'wait', 'platform', 'init', 'handler', 'downstream', 'retry wait'], 'lrrrrrr', parts),
    ].join('\n\n'),
  );
}

function cost(results: Results): string {
  const summary = costSummary(results);
  const run = decimalsFor(summary.runUsd);
  const month = decimalsFor(summary.monthUsd);
  const rows = summary.items.map((item) => [prose(item.item), money(item.runUsd, run), money(item.monthUsd, month)]);
  if (summary.adjustmentUsd !== 0)
    rows.push(['Tiers, free tier, month to date', '', money(summary.adjustmentUsd, month)]);
  rows.push(['**Total**', `**${money(summary.runUsd, run)}**`, `**${money(summary.monthUsd, month)}**`]);
  if (summary.perMillion !== undefined) {
    const { runUsd, monthUsd } = summary.perMillion;
    rows.push(['Per million requests', money(runUsd, decimalsFor(runUsd)), money(monthUsd, decimalsFor(monthUsd))]);
  }
  const hours = overRuns(results, (each) => each.bill.simulatedHours);
  return section(
    'Cost',
    `${table(['item', 'this run', 'a month'], 'lrr', rows)}\n\nA month is the run's usage times 730 / ${plainNumber(hours)} hours.`,
  );
}

function bill(results: Results): string {
  const lines = billLines(results);
  if (lines.length === 0) return '';
  const decimals = Math.max(4, decimalsFor(Math.max(...lines.map((line) => line.usd))));
  const rows = lines.map((line) => [
    prose(line.service),
    code(line.resource),
    prose(line.item),
    plainNumber(line.quantity),
    prose(line.unit),
    money(line.usd, decimals),
  ]);
  return folded(
    `Bill of the run, ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`,
    table(['service', 'resource', 'item', 'quantity', 'unit', 'USD'], 'lllrlr', rows),
  );
}

function warnings(results: Results): string {
  return results.warnings.length === 0
    ? ''
    : section('Warnings', results.warnings.map((each) => `- ${prose(each)}`).join('\n'));
}

function rules(results: Results): string {
  if (results.rules.length === 0) return '';
  const rows = results.rules.map((rule) => [
    code(rule.name),
    rule.since,
    prose(valueText(rule)),
    rule.certainty,
    prose(rule.source),
  ]);
  const assumed = results.rules.filter((rule) => rule.certainty === 'assumed').length;
  const overridden = results.rules.filter((rule) => rule.certainty === 'overridden').length;
  const notes = [assumed > 0 ? `${assumed} assumed` : '', overridden > 0 ? `${overridden} overridden` : ''].filter(
    (note) => note !== '',
  );
  const summary = `AWS rules this run relied on: ${rows.length}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  return folded(summary, table(['rule', 'since', 'value', 'certainty', 'source'], 'lllll', rows));
}

function valueText({ name, value }: Results['rules'][number]): string {
  const rule = ruleNamed(name);
  return ruleText(value, rule === undefined ? {} : fieldsOf(rule));
}

function reproduction(report: Report): string {
  const { program, scenario } = report.results;
  const command =
    report.command ??
    `lambdasim run ${shellWord(report.scenarioFile ?? 'scenario.yaml')} --seed ${shellWord(String(scenario.seed))}`;
  return section(
    'The same numbers again',
    `${code(command)} with ${program.name} ${program.version}, seed ${code(String(scenario.seed))}: the same file, seed and version give the same \`results.json\`, byte for byte.`,
  );
}

function withShare(part: Figure, whole: Figure): string {
  return part === 0 || part === null ? count(part) : `${count(part)} (${shareOf(part, whole)})`;
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** `align` holds one letter a column: l or r. */
function table(columns: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const rule = [...align].map((letter) => (letter === 'r' ? '--:' : '---'));
  return [columns, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
