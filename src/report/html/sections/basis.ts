/** What the figures rest on: warnings, the AWS rules with their certainty, and how to get the same numbers again. */
import { counted } from '../../../engine/format.js';
import type { Results, RuleReliedOn } from '../../../results/run-result.js';
import { commandOf, SCENARIO } from '../../command-of.js';
import type { Report } from '../../report.js';
import { certaintyText, ruleText } from '../../rule-text.js';
import { type Content, code, command, markup, name, prose } from '../markup.js';
import { type Section, section } from '../section.js';
import { leftOut, table } from '../table.js';

export function basisSection(report: Report): Section {
  const { results } = report;
  return section('basis', 'What it rests on', warnings(results), rules(results), again(report));
}

const MOST_WARNINGS = 100;

function warnings(results: Results): Content {
  if (results.warnings.length === 0) return '';
  return markup`<h3>Warnings</h3><ul>${results.warnings.slice(0, MOST_WARNINGS).map((warning) => markup`<li>${prose(warning)}</li>`)}</ul>${leftOut(results.warnings.length - MOST_WARNINGS, 'warnings', 'results.json')}`;
}

const UNSURE = new Set(['assumed', 'overridden']);

/** A rule of which no more than its day is assumed holds all the same. */
function isUnsure({ certainty, assumed = [] }: RuleReliedOn): boolean {
  return UNSURE.has(certainty) || assumed.some((part) => part !== 'day');
}

/** What is not documented comes first and is open: a reader has to know it. */
function rules(results: Results): Content {
  if (results.rules.length === 0) return '';
  const rows = (some: Results['rules']) =>
    some.map((rule) => [
      code(rule.name),
      prose(certaintyText(rule)),
      markup`<span class="mark">${name(rule.since)}</span>`,
      markup`<span class="long">${prose(ruleText(rule.value))}</span>`,
      markup`<span class="long">${prose(rule.source)}</span>`,
    ]);
  const columns = ['rule', 'certainty', 'since', 'value', 'source'].map((title) => ({ title }));
  const unsure = results.rules.filter(isUnsure);
  const sure = results.rules.filter((rule) => !isUnsure(rule));
  return markup`<h3>AWS rules</h3>
${
  unsure.length > 0 &&
  markup`<p class="lead">${counted(unsure.length, 'rule')} on which AWS is silent, at least in part, or which the scenario changed; each can be set under <code>rules</code>.</p>${table({ caption: 'Assumed and overridden rules', columns, rows: rows(unsure), open: 50, id: 'unsure-rules' })}`
}
${
  sure.length > 0 &&
  markup`<details><summary>${counted(sure.length, 'rule')}, documented or measured</summary>${table({ caption: 'Documented and measured rules', columns, rows: rows(sure), open: 100, id: 'sure-rules' })}</details>`
}`;
}

function again(report: Report): Content {
  const { program, scenario } = report.results;
  const isKnown = report.command !== undefined || report.scenarioFile !== undefined;
  return markup`<h3>The same numbers again</h3>
<p class="command">${command(report.command ?? commandOf(report))}</p>
<p>${!isKnown && markup`${SCENARIO} is the file of ${name(scenario.name)}. `}Made by ${program.name} ${program.version} with seed ${code(String(scenario.seed))}, rules and prices of ${scenario.asOf}. The same file, seed and version give the same <code>results.json</code>, byte for byte; every figure on this page is read from it and from <code>timeline.csv</code>.</p>`;
}
