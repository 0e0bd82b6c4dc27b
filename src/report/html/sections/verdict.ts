/** The top of the page: the verdict, four answers to the four questions of a reader, and the thresholds. */
import { count, counted, decimalsFor, duration, type Figure, money, share } from '../../../engine/format.js';
import type { Finding, LimitInForce, Results } from '../../../results/run-result.js';
import { readThreshold } from '../../../scenario/threshold.js';
import { isHot } from '../../../study/hot-shard.js';
import { costSummary } from '../../cost-summary.js';
import { heldFrom, isLimiting } from '../../finding-text.js';
import { hottestShards } from '../../hot-shards.js';
import { limitUses } from '../../limit-use.js';
import type { Report } from '../../report.js';
import { type SpeedFigure, speedFigures } from '../../speed.js';
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

/** Others than the first that are told. */
const MOST_OTHERS = 3;

function speed(figures: Figures): Markup {
  const question = 'Is it fast enough?';
  const [first, ...others] = speedFigures(figures);
  if (first === undefined) return answer(question, markup`<span class="none">-</span>`, nothing(figures));
  const { path, statistic, limit } = first;
  return answer(
    question,
    markup`${figures.show('duration', ...path, statistic)} <small>${STATISTICS[statistic] ?? statistic}</small>`,
    markup`${subject(first)}${limit !== undefined && markup`, ${againstLimit(figures.at(...path, statistic)!, limit, duration)}`}${interval(figures.results, [...path, statistic], duration)}`,
    unserved(figures, path),
    figures.at(...path, 'p50') !== null &&
      markup`half within ${figures.show('duration', ...path, 'p50')}, ${slowest(figures, path)}`,
    ...others
      .slice(0, MOST_OTHERS)
      .map(
        (other) =>
          markup`${subject(other)}: ${figures.show('duration', ...other.path, other.statistic)} ${STATISTICS[other.statistic] ?? other.statistic}`,
      ),
  );
}

/** Of fewer than a thousand, or where the slowest thousandth took as long as the slowest, none is above that percentile. */
function slowest(figures: Figures, path: readonly string[]): Markup {
  const at = (name: string) => figures.at(...path, name) ?? 0;
  return at('count') >= 1000 && at('p999') < at('max')
    ? markup`one in a thousand above ${figures.show('duration', ...path, 'p999')}`
    : markup`none above ${figures.show('duration', ...path, 'max')}`;
}

const STATISTICS: Readonly<Record<string, string>> = { max: 'at most', p999: 'p99.9', min: 'at least' };

function subject({ what, ids: [id = '', reader] }: SpeedFigure): Markup {
  return markup`${what} ${name(id)}${reader !== undefined && markup`, read by ${name(reader)}`}`;
}

function againstLimit(value: number, limit: number, format: (value: Figure) => string): Markup {
  const used = value / limit;
  const most = figure(format, limit);
  if (used <= 1) return markup`${figure(share, used)} of its limit of ${most}`;
  return markup`beyond its limit of ${most}`;
}

/** Below this share of requests without an answer the latency is that of all. */
const FEW = 0.001;

/** Latency is of requests that succeeded: how many it says nothing of. */
function unserved(figures: Figures, [owner = '', id = '', metric]: readonly string[]): Content {
  if (owner !== 'traffic' || metric !== 'latency') return '';
  const at = (name: string) => figures.at(owner, id, name) ?? 0;
  const without = (at('offered') - at('succeeded') - at('unfinished')) / at('offered');
  return without >= FEW && markup`${figure(share, without)} of its requests did not succeed and are not in it`;
}

function nothing(figures: Figures): string {
  return figures.ids('traffic').some((id) => figures.has('traffic', id, 'offered'))
    ? 'No request succeeded.'
    : 'Nothing ran.';
}

function price(figures: Figures): Markup {
  const { perMillion } = costSummary(figures.results);
  const usd = figures.at('bill', 'monthly');
  const decimals = (usd ?? 0) > 0 && (usd ?? 0) < 1 ? 4 : 2;
  const big = decimals === 2 ? figures.show('usd', 'bill', 'monthly') : figure((value) => money(value, decimals), usd);
  return answer(
    'What does it cost?',
    markup`${big} <small>a month</small>`,
    allowed(figures),
    interval(figures.results, ['bill', 'monthly'], money, ''),
    dearest(figures),
    perMillion &&
      markup`${figure((value) => money(value, decimalsFor(value)), perMillion.monthUsd)} for a million requests`,
  );
}

/** Against the least that a threshold allows. */
function allowed(figures: Figures): Content {
  const limits = figures.results.thresholds.flatMap(({ expression }) => {
    const read = readThreshold(expression);
    const isLimit = read?.path.join('.') === 'bill.monthly' && read.comparison.startsWith('<') && read.value > 0;
    return isLimit ? [read.value] : [];
  });
  const usd = figures.at('bill', 'monthly');
  if (limits.length === 0 || usd === null) return '';
  return againstLimit(usd, Math.min(...limits), money);
}

/** What most of it is, where it is not one thing alone. */
function dearest(figures: Figures): Content {
  const { items } = costSummary(figures.results);
  const whole = items.reduce((sum, { monthUsd }) => sum + monthUsd, 0);
  if (items.length < 2 || whole <= 0) return '';
  const most = items.reduce((one, item) => (item.monthUsd > one.monthUsd ? item : one));
  return markup`${figure(share, most.monthUsd / whole)} of it ${name(most.item)}`;
}

function limit(figures: Figures): Markup {
  const first = firstLimiting(figures.results);
  const lines = first === undefined ? [nearest(figures)] : [backlog(figures, first.resource)];
  return answer(
    'What limits it?',
    first === undefined ? unlimited(figures.results) : markup`<a href="#findings">${name(spaced(first.limit))}</a>`,
    first !== undefined && markup`${code(first.resource)} ${heldFrom(first, figures.results)}`,
    ...lines,
    concurrency(figures),
  );
}

function firstLimiting({ findings }: Results): Finding | undefined {
  return findings.find((finding) => isLimiting(finding) && finding.minor !== true);
}

/** A limit that no finding names is one all the same; a bill is not limited, it is high. */
function unlimited({ thresholds }: Results): string {
  const isMissed = thresholds.some(
    ({ verdict, expression }) => verdict === 'fail' && readThreshold(expression)?.path[0] !== 'bill',
  );
  return isMissed ? UNKNOWN : 'Nothing';
}

const UNKNOWN = 'Not known';

function concurrency(figures: Figures): Content {
  const { limits = [] } = figures.results;
  const of = (metric: string) => limits.find((limit) => limit.resource === 'account' && limit.metric === metric);
  const used = ({ figure: path, value }: LimitInForce) => {
    const most = figures.at(...path.split('.')) ?? 0;
    return markup`${figure(count, value)}, ${figure(share, most / value)}`;
  };
  const all = of('ConcurrentExecutions');
  const pool = of('UnreservedConcurrentExecutions');
  const show = (key: string) => figures.show('count', 'account', key, 'max');
  return [
    markup`peak concurrency ${show('concurrency')}`,
    all?.figure === 'account.inUse.max' && markup`, with functions that are not modelled ${show('inUse')}`,
    all && markup` of ${used(all)}`,
    pool &&
      figures.has('account', 'unreserved', 'max') &&
      markup`; without a reservation ${show('unreserved')} of ${used(pool)}`,
  ];
}

/** The limit that the run came nearest to; that of the account is told anyway. What ran on demand instead was not limited. */
function nearest(figures: Figures): Content {
  const isPassed = ({ setting, resource }: LimitInForce) =>
    setting.endsWith('.provisionedConcurrency') && figures.has(...resource.split('.'), 'spilloverInvocations');
  const most = limitUses(figures).find(({ limit: one }) => !isPassed(one));
  if (most === undefined || most.used === null || most.limit.resource === 'account') return '';
  return markup`nearest: ${figure(share, most.used)} of ${code(most.limit.setting)}`;
}

/** What was lost or waits at the resource of a finding, and which shard is hot. */
function backlog(figures: Figures, resource: string): Content {
  const [kind = '', id = ''] = resource.split('.');
  const waiting = WAITING[kind]?.find(([path]) => figures.has(kind, id, ...path));
  const hot = kind === 'streams' ? hottestShards(figures.results, id) : undefined;
  const part = hot?.share(hot.shards[0]!) ?? 0;
  const parts = [
    waiting && markup`${figures.show('count', kind, id, ...waiting[0])} ${waiting[1]}`,
    hot &&
      isHot(part, hot.shards.length) &&
      markup`shard ${hot.shards[0]!.shard} got ${figure(share, part)} of its writes`,
  ].filter((one) => one !== undefined && one !== false);
  return parts.map((one, index) => [index > 0 && ', ', one]);
}

const WAITING: Readonly<Record<string, readonly (readonly [path: readonly string[], words: string])[]>> = {
  functions: [
    [['async', 'dropped'], 'events dropped'],
    [['async', 'waiting'], 'events still waiting'],
  ],
  queues: [
    [['deadLettered'], 'dead letters'],
    [['visible'], 'messages still waiting'],
  ],
  streams: [[['waiting'], 'records still waiting']],
  dependencies: [
    [['rejected'], 'calls rejected'],
    [['timedOut'], 'calls timed out in line'],
  ],
};

const QUESTION = 'What should I change?';

function change({ results }: Figures): Markup {
  const weighty = results.findings.filter(({ minor }) => minor !== true);
  const turned = weighty.find((finding) => finding.knob !== '');
  if (turned === undefined) {
    if (results.thresholds.some(({ verdict }) => verdict === 'fail'))
      return answer(QUESTION, UNKNOWN, unexplained(results));
    const trifles = results.findings.length - weighty.length;
    const why =
      trifles === 0
        ? 'No limit was in the way and no cost stands out.'
        : markup`Only <a href="#findings">${counted(trifles, 'trifle')}</a> in the way: below ${figure(share, FEW)} of the requests.`;
    return answer(QUESTION, 'Nothing', why);
  }
  const more = results.findings.length - 1;
  return answer(
    QUESTION,
    markup`${turned.turn && `${turned.turn} `}<span class="knob">${code(turned.knob)}</span>`,
    markup`${reason(results, turned)}<a href="#findings">why${more > 0 ? `, and ${more} more` : ''}</a>`,
  );
}

/** What the setting is for, where that is not what the answer before speaks of. */
function reason(results: Results, turned: Finding): Content {
  const limiting = firstLimiting(results);
  if (turned === limiting) return '';
  const not = limiting === undefined ? '' : 'not for what limits it, but ';
  return markup`${not}for ${name(spaced(turned.limit))} of ${code(turned.resource)}: `;
}

/** Of results with a failed threshold and no finding that names a setting. */
export function unexplained({ thresholds, findings }: Results): Markup {
  const failed = thresholds.filter(({ verdict }) => verdict === 'fail').length;
  const what = failed === 1 ? 'the threshold that failed' : `the ${failed} thresholds that failed`;
  if (findings.length === 0) return markup`No cause was found for ${what}.`;
  return markup`No setting was found for ${what}: <a href="#findings">${counted(findings.length, 'finding')}</a>.`;
}

/** `95% interval 405 ms to 419 ms`, where there are replications. */
function interval(
  { estimates }: Results,
  path: readonly string[],
  format: (value: Figure) => string,
  separator = ', ',
): Content {
  const estimate = estimates[path.join('.')];
  if (estimate === undefined || estimate.low === estimate.high) return '';
  return markup`${separator}95% interval ${figure(format, estimate.low)} to ${figure(format, estimate.high)}`;
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
