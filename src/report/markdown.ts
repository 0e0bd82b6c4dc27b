/**
 * report.md, for pull requests and job summaries: verdict, thresholds, findings, functions, traffic, sources, bill, limits,
 * rules, and how to get the same numbers again. No pictures; long lists fold away, and are cut until all of it fits where it
 * is to be pasted.
 */

import { counted, duration } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { commandOf, SCENARIO } from './command-of.js';
import { heldFrom } from './finding-text.js';
import { foremost } from './foremost.js';
import { folded, leftOut, section, table } from './markdown-blocks.js';
import { bill, cost, drivers } from './markdown-cost.js';
import { limits, theory } from './markdown-limits.js';
import { functions, traffic } from './markdown-resources.js';
import { asynchronous, shards, sources, versions } from './markdown-sources.js';
import type { Report } from './report.js';
import { certaintyText, ruleText } from './rule-text.js';
import { markdownCode as code, markdownText as prose } from './text.js';
import { measured, verdictOf, verdictWord } from './verdict.js';

/** A comment on GitHub takes 65,536 characters. */
const LONGEST = 60_000;
/** Rows of a list, where there is room. */
const MOST = 40;
/** Findings that are not folded away. */
const OPEN = 10;
/** A command is there to be typed: it is cut where it could fill the page. */
const LONGEST_COMMAND = 4_000;

export function markdown(report: Report): string {
  for (let most = MOST; ; most = Math.floor(most / 2)) {
    const text = withLists(report, most);
    if (text.length <= LONGEST || most <= 1) return text;
  }
}

/** No list longer than `most` rows. */
function withLists(report: Report, most: number): string {
  const { results } = report;
  const sections = [
    heading(results),
    thresholds(results, most),
    findings(results, most),
    functions(results, most),
    asynchronous(results, most),
    versions(results, most),
    traffic(results, most),
    sources(results, most),
    shards(results, most),
    cost(results),
    drivers(results),
    bill(results, most),
    limits(results, most),
    theory(results, most),
    warnings(results, most),
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
    `rules and prices of ${prose(scenario.asOf)}`,
    `${duration(scenario.durationSeconds * 1000)} from ${scenario.start}`,
    scenario.warmUpSeconds > 0 ? `the first ${duration(scenario.warmUpSeconds * 1000)} left out as warm-up` : '',
    scenario.replications > 1 ? `${scenario.replications} replications, figures are their means` : '',
  ].filter((fact) => fact !== '');
  return `# ${prose(scenario.name)}\n\n**${verdict.word}**: ${verdict.sentence}.\n\n${facts.join(', ')}.`;
}

function thresholds({ thresholds: all }: Results, most: number): string {
  if (all.length === 0) return '';
  const shown = foremost(all, most, (threshold) => URGENCY[verdictWord(threshold)]);
  const rows = shown.map((threshold) => [verdictWord(threshold), code(threshold.expression), measured(threshold)]);
  const left = leftOut(all.length - shown.length, 'thresholds', 'results.json');
  return section('Thresholds', table(['verdict', 'threshold', 'measured'], 'lll', rows) + left);
}

/** What is not met is told before what is. */
const URGENCY = { FAIL: 3, open: 2, warn: 1, pass: 0 } as const;

function findings(results: Results, most: number): string {
  if (results.findings.length === 0) return '';
  const items = results.findings.slice(0, most).map((finding) => {
    const knob =
      finding.knob === ''
        ? ''
        : ` Setting: ${finding.turn === undefined ? '' : `${finding.turn} `}${code(finding.knob)}.`;
    return `- ${code(finding.resource)} ${code(finding.limit)}, ${heldFrom(finding, results)}: ${prose(finding.message)}${knob}`;
  });
  const rest = items.slice(OPEN);
  const more = rest.length > 0 ? `\n\n${folded(counted(rest.length, 'more finding'), rest.join('\n'))}` : '';
  const left = leftOut(results.findings.length - items.length, 'findings', 'results.json');
  return section('Why', items.slice(0, OPEN).join('\n') + more + left);
}

function warnings({ warnings: all }: Results, most: number): string {
  if (all.length === 0) return '';
  const lines = all.slice(0, most).map((each) => `- ${prose(each)}`);
  return section('Warnings', lines.join('\n') + leftOut(all.length - lines.length, 'warnings', 'results.json'));
}

function rules(results: Results): string {
  if (results.rules.length === 0) return '';
  const rows = results.rules.map((rule) => [
    code(rule.name),
    prose(rule.since),
    prose(ruleText(rule.value)),
    certaintyText(rule),
    prose(rule.source),
  ]);
  const assumed = results.rules.filter((rule) => rule.certainty === 'assumed').length;
  const partly = results.rules.filter((rule) => rule.assumed !== undefined).length;
  const overridden = results.rules.filter((rule) => rule.certainty === 'overridden').length;
  const notes = [
    assumed > 0 ? `${assumed} assumed` : '',
    partly > 0 ? `${partly} assumed in part` : '',
    overridden > 0 ? `${overridden} overridden` : '',
  ].filter((note) => note !== '');
  const summary = `AWS rules this run relied on: ${rows.length}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  return folded(summary, table(['rule', 'since', 'value', 'certainty', 'source'], 'lllll', rows));
}

function reproduction(report: Report): string {
  const { program, scenario } = report.results;
  const command = report.command ?? commandOf(report);
  const what =
    report.command === undefined && report.scenarioFile === undefined
      ? `, where ${SCENARIO} is the file of ${prose(scenario.name)},`
      : '';
  return section(
    'The same numbers again',
    `${code(command, LONGEST_COMMAND)}${what} with ${program.name} ${program.version}, seed ${code(String(scenario.seed))}: the same file, seed and version give the same \`results.json\`, byte for byte.`,
  );
}
