/** The sections of report.md on functions and traffic. */

import { count, duration, type Figure, level, shareOf } from '../engine/format.js';
import type { FunctionResult, Results, TrafficResult } from '../results/run-result.js';
import { FigureReader } from './figure-reader.js';
import { foremost } from './foremost.js';
import { leftOut, section, table } from './markdown-blocks.js';
import { overRuns } from './over-runs.js';
import { markdownCode as code } from './text.js';

/** One row a function, the `most` busiest, then why attempts were refused. */
export function functions(results: Results, most: number): string {
  const figures = new FigureReader(results);
  const rows = figures.busiest('functions', 'invocations', most).map((id) => {
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
      level(mean((fn) => fn.concurrency.mean)),
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
  const left = leftOut(figures.ids('functions').length - rows.length, 'functions', 'summary.csv');
  return section('Functions', table(columns, 'lrrrrrrrrr', rows) + left + reasons(figures, most));
}

/** Why attempts were refused, in AWS's words. */
function reasons(figures: FigureReader, most: number): string {
  const { results } = figures;
  const throttled = figures.ids('functions').filter((id) => figures.has('functions', id, 'throttles'));
  const shown = foremost(throttled, most, (id) => figures.at('functions', id, 'throttles') ?? 0);
  const left = leftOut(throttled.length - shown.length, 'functions throttled', 'results.json');
  const lines = shown.flatMap((id) => {
    const names = new Set(results.runs.flatMap((run) => Object.keys(run.functions[id]?.throttlesByReason ?? {})));
    const parts = [...names]
      .map((name) => ({ name, mean: overRuns(results, (run) => run.functions[id]?.throttlesByReason[name] ?? 0) ?? 0 }))
      .filter(({ mean }) => mean > 0)
      .map(({ name, mean }) => `${code(name)} ${count(mean)}`);
    return parts.length === 0 ? [] : [`- ${code(id)} throttled: ${parts.join(', ')}`];
  });
  return lines.length === 0 ? '' : `\n\n${lines.join('\n')}${left}`;
}

/** How the requests ended, how long they took, and what of. */
export function traffic(results: Results, most: number): string {
  const figures = new FigureReader(results);
  const ids = figures.busiest('traffic', 'offered', most);
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
  const answered = ids.filter((id) => means(id)((each) => each.latency.max) !== null);
  const latencies = answered.map((id) => {
    const mean = means(id);
    const keys = ['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const;
    return [code(id), ...keys.map((key) => duration(mean((each) => each.latency[key])))];
  });
  const parts = answered.map((id) => {
    const mean = means(id);
    const keys = ['wait', 'overhead', 'init', 'handler', 'downstream', 'retryWait'] as const;
    return [
      code(id),
      ...keys.map((key) => duration(mean((each) => (each.latency.count > 0 ? each.parts[key] : null)))),
    ];
  });
  const ofAnswered = [
    'Latency of the requests that succeeded, as the client saw it:',
    table(['traffic', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max', 'mean'], 'lrrrrrrr', latencies),
    'What the mean is made of:',
    table(['traffic', 'wait', 'platform', 'init', 'handler', 'downstream', 'retry wait'], 'lrrrrrr', parts),
  ];
  return section(
    'Traffic',
    [
      table(
        ['traffic', 'offered', 'succeeded', 'failed', 'throttled', 'timed out', 'unfinished', 'attempts', 'success'],
        'lrrrrrrrr',
        ends,
      ) + leftOut(figures.ids('traffic').length - ids.length, 'traffic', 'summary.csv'),
      ...(answered.length > 0 ? ofAnswered : []),
    ].join('\n\n'),
  );
}

function withShare(part: Figure, whole: Figure): string {
  return part === 0 || part === null ? count(part) : `${count(part)} (${shareOf(part, whole)})`;
}
