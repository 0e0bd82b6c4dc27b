/**
 * report.md, for pull requests and job summaries: verdict, thresholds, findings, functions, traffic, sources, bill, limits,
 * rules, and how to get the same numbers again. No pictures; long lists fold away.
 */

import { duration } from '../engine/format.js';
import type { Results } from '../results/run-result.js';
import { commandOf, SCENARIO } from './command-of.js';
import { heldFrom } from './finding-text.js';
import { folded, section, table } from './markdown-blocks.js';
import { bill, cost, drivers } from './markdown-cost.js';
import { limits, theory } from './markdown-limits.js';
import { functions, traffic } from './markdown-resources.js';
import { asynchronous, shards, sources, versions } from './markdown-sources.js';
import type { Report } from './report.js';
import { certaintyText, ruleText } from './rule-text.js';
import { markdownCode as code, markdownText as prose } from './text.js';
import { measured, verdictOf, verdictWord } from './verdict.js';

export function markdown(report: Report): string {
  const { results } = report;
  const sections = [
    heading(results),
    thresholds(results),
    findings(results),
    functions(results),
    asynchronous(results),
    versions(results),
    traffic(results),
    sources(results),
    shards(results),
    cost(results),
    drivers(results),
    bill(results),
    limits(results),
    theory(results),
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
    `rules and prices of ${prose(scenario.asOf)}`,
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
    const knob =
      finding.knob === ''
        ? ''
        : ` Setting: ${finding.turn === undefined ? '' : `${finding.turn} `}${code(finding.knob)}.`;
    return `- ${code(finding.resource)} ${code(finding.limit)}, ${heldFrom(finding, results)}: ${prose(finding.message)}${knob}`;
  });
  return section('Why', items.join('\n'));
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
    `${code(command)}${what} with ${program.name} ${program.version}, seed ${code(String(scenario.seed))}: the same file, seed and version give the same \`results.json\`, byte for byte.`,
  );
}
