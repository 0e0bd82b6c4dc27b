/** The top of the page: the verdict, four answers to the four questions of a reader, and the thresholds. */
import { duration, money, share } from '../../../engine/format.js';
import type { Results } from '../../../results/run-result.js';
import { costSummary } from '../../cost-summary.js';
import { heldFrom, isLimiting } from '../../finding-text.js';
import type { Report } from '../../report.js';
import { measured, verdictOf, verdictWord } from '../../verdict.js';
import { type Figures, figure } from '../figures.js';
import { type Content, code, type Markup, markup, name, prose } from '../markup.js';
import { table } from '../table.js';

export function heading(report: Report): Markup {
  const { results } = report;
  const { scenario } = results;
  const { word, sentence } = verdictOf(results);
  const facts = [
    scenario.region,
    `rules and prices of ${scenario.asOf}`,
    `${duration(scenario.durationSeconds * 1000)} from ${scenario.start}`,
    scenario.warmUpSeconds > 0 ? `the first ${duration(scenario.warmUpSeconds * 1000)} left out as warm-up` : '',
    scenario.replications > 1 ? `figures are means of ${scenario.replications} replications` : '',
  ].filter((fact) => fact !== '');
  return markup`<header><p class="kind">Lambda simulation</p><h1>${name(scenario.name)}</h1>
<p class="facts">${facts.map((fact, index) => [index > 0 && ' · ', prose(fact)])}</p>
<p class="verdict ${word.toLowerCase()}"><strong>${SIGNS[word]} ${word}</strong> <span>${sentence}</span></p></header>
`;
}

/** Told by a sign and a word as well as by a colour. */
const SIGNS = { PASS: '✓', FAIL: '✕', INCONCLUSIVE: '?', DONE: '•' } as const;
const WORD_SIGNS = { pass: '✓', FAIL: '✕', warn: '!', open: '?' } as const;

export function answers(figures: Figures): Markup {
  return markup`<div class="answers">${[speed(figures), price(figures), limit(figures), change(figures)]}</div>
`;
}

function answer(question: string, big: Content, ...small: readonly Content[]): Markup {
  return markup`<div class="answer"><h2>${question}</h2><p class="big">${big}</p>${small.map((line) => line && markup`<p>${line}</p>`)}</div>`;
}

/** Latency of the busiest traffic; without traffic the run time of the busiest function. */
function speed(figures: Figures): Markup {
  const traffic = busiest(figures, 'traffic', 'offered');
  const fn = busiest(figures, 'functions', 'invocations');
  const path = traffic === undefined ? ['functions', fn ?? '', 'duration'] : ['traffic', traffic, 'latency'];
  const owner = path[1] ?? '';
  if (figures.at(...path, 'p99') === null)
    return answer('Is it fast enough?', markup`<span class="none">-</span>`, 'No request succeeded.');
  const what = traffic === undefined ? 'run time' : 'latency';
  return answer(
    'Is it fast enough?',
    markup`${figures.show('shortDuration', ...path, 'p99')} <small>p99</small>`,
    markup`${what} of ${name(owner)}${interval(figures.results, [...path, 'p99'], (ms) => duration(ms))}`,
    markup`half within ${figures.show('shortDuration', ...path, 'p50')}, one in a thousand above ${figures.show('shortDuration', ...path, 'p999')}`,
  );
}

function price(figures: Figures): Markup {
  const { perMillion } = costSummary(figures.results);
  const usd = figures.at('bill', 'monthly');
  const decimals = (usd ?? 0) > 0 && (usd ?? 0) < 1 ? 4 : 2;
  const big = decimals === 2 ? figures.show('usd', 'bill', 'monthly') : figure((value) => money(value, decimals), usd);
  return answer(
    'What does it cost?',
    markup`${big} <small>a month</small>`,
    interval(figures.results, ['bill', 'monthly'], (value) => money(value), ''),
    perMillion && markup`${figure((value) => money(value, 4), perMillion.monthUsd)} for a million requests`,
  );
}

function limit(figures: Figures): Markup {
  const { findings, limits = [] } = figures.results;
  const first = findings.find(isLimiting);
  const pool = limits.find(({ resource }) => resource === 'account');
  const used =
    pool === undefined
      ? markup`peak concurrency ${figures.show('count', 'account', 'concurrency', 'max')}`
      : markup`peak concurrency ${figures.show('count', 'account', 'concurrency', 'max')} of ${figure((value) => (value ?? 0).toLocaleString('en-US'), pool.value)}, ${figure(share, (figures.at('account', 'concurrency', 'max') ?? 0) / pool.value)}`;
  if (first === undefined) return answer('What limits it?', 'Nothing', used);
  return answer(
    'What limits it?',
    markup`<a href="#findings">${name(spaced(first.limit))}</a>`,
    markup`${code(first.resource)} ${heldFrom(first, figures.results)}`,
    used,
  );
}

function change({ results }: Figures): Markup {
  const knob = results.findings.find((finding) => finding.knob !== '')?.knob;
  if (knob === undefined)
    return answer('What should I change?', 'Nothing', 'No limit was in the way and no cost stands out.');
  const more = results.findings.length - 1;
  return answer(
    'What should I change?',
    markup`<span class="knob">${code(knob)}</span>`,
    markup`<a href="#findings">why${more > 0 ? `, and ${more} more` : ''}</a>`,
  );
}

/** `95% interval 405 ms to 419 ms`, where there are replications. */
function interval(
  { estimates }: Results,
  path: readonly string[],
  format: (value: number) => string,
  separator = ', ',
): Content {
  const estimate = estimates[path.join('.')];
  if (estimate === undefined || estimate.low === estimate.high) return '';
  return `${separator}95% interval ${format(estimate.low)} to ${format(estimate.high)}`;
}

function busiest(figures: Figures, kind: string, load: string): string | undefined {
  let most: string | undefined;
  for (const id of figures.ids(kind)) {
    if (most === undefined || (figures.at(kind, id, load) ?? 0) > (figures.at(kind, most, load) ?? 0)) most = id;
  }
  return most;
}

/** `Reserved Function Concurrent Invocation Limit Exceeded`: AWS's word, with places to break the line. */
export function spaced(limitName: string): string {
  return limitName.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

export function thresholds(results: Results): Markup | '' {
  if (results.thresholds.length === 0) return '';
  return table({
    caption: 'Thresholds',
    columns: [{ title: 'threshold' }, { title: 'verdict' }, { title: 'measured', is: 'number' }],
    rows: results.thresholds.map((threshold) => {
      const word = verdictWord(threshold);
      return [
        code(threshold.expression),
        markup`<span class="mark ${word.toLowerCase()}">${WORD_SIGNS[word]} ${word.toLowerCase()}</span>`,
        markup`<span class="measured">${measured(threshold)}</span>`,
      ];
    }),
    what: 'thresholds',
    id: 'threshold-table',
  });
}
