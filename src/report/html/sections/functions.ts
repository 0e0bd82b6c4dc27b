/** What the functions did: runs, cold starts, errors, throttles and why, environments, asynchronous events, versions. */
import { FORMATS } from '../../figure-reader.js';
import { foremost } from '../../foremost.js';
import { ASYNC_FIGURES, asyncRows } from '../../resource-tables.js';
import { type Figures, figure } from '../figures.js';
import { type Content, code, type Markup, markup, name } from '../markup.js';
import { type Section, section } from '../section.js';
import { MOST_PICTURES, MOST_ROWS, table } from '../table.js';
import { quantileTable } from './latency.js';
import { figureTable } from './sources.js';

export function functionsSection(figures: Figures): Section {
  const ids = figures.busiest('functions', 'invocations', MOST_ROWS);
  const left = figures.ids('functions').length - ids.length;
  const pictured = figures.busiest('functions', 'invocations', MOST_PICTURES);
  const ran = pictured.filter((id) => figures.at('functions', id, 'duration', 'max') !== null);
  return section(
    'functions',
    'Functions',
    runs(figures, ids, left),
    reasons(figures),
    ran.length > 0 && markup`<h3>Run time of the handler</h3>`,
    quantileTable(
      figures,
      ran.map((id) => ({ name: code(id), path: ['functions', id, 'duration'] })),
      'function',
      'Duration by function',
      figures.ids('functions').length - pictured.length,
    ),
    markup`<h3>Execution environments</h3>`,
    environments(figures, ids, left),
    asynchronous(figures),
    versions(figures),
  );
}

function runs(figures: Figures, ids: readonly string[], left: number): Markup {
  const at = (id: string, key: string) => ['functions', id, key] as const;
  return table({
    caption: 'Invocations by function',
    columns: [
      { title: 'function' },
      { title: 'invocations', is: 'number' },
      { title: 'errors', is: 'number' },
      { title: 'error rate', is: 'number' },
      { title: 'timeouts', is: 'number' },
      { title: 'throttles', is: 'number' },
      { title: 'throttle rate', is: 'number' },
      { title: 'service errors', is: 'number' },
    ],
    rows: ids.map((id) => [
      code(id),
      figures.show('count', ...at(id, 'invocations')),
      figures.show('count', ...at(id, 'errors')),
      figures.share(at(id, 'errors'), at(id, 'invocations')),
      figures.show('count', ...at(id, 'timeouts')),
      figures.show('count', ...at(id, 'throttles')),
      figures.share(at(id, 'throttles'), at(id, 'invocations'), at(id, 'throttles')),
      figures.show('count', ...at(id, 'serviceErrors')),
    ]),
    what: 'functions',
    left,
    id: 'function-runs',
  });
}

/** Why attempts were refused, in AWS's words. */
function reasons(figures: Figures): Content {
  const { runs } = figures.results;
  const all = figures.ids('functions').flatMap((id) => {
    const of = new Map<string, number>();
    for (const run of runs) {
      for (const [reason, times] of Object.entries(run.functions[id]?.throttlesByReason ?? {}))
        of.set(reason, (of.get(reason) ?? 0) + times / runs.length);
    }
    return [...of].filter(([, times]) => times > 0).map(([reason, times]) => ({ id, reason, times }));
  });
  if (all.length === 0) return '';
  const rows = foremost(all, MOST_ROWS, ({ times }) => times).map(({ id, reason, times }) => [
    code(id),
    name(reason),
    figure(FORMATS.count, times),
  ]);
  return markup`<h3>Why invocations were refused</h3>${table({
    caption: 'Throttles by reason',
    columns: [{ title: 'function' }, { title: 'reason' }, { title: 'throttles', is: 'number' }],
    rows,
    left: all.length - rows.length,
    file: 'results.json',
    what: 'reasons',
    id: 'throttle-reasons',
  })}`;
}

function environments(figures: Figures, ids: readonly string[], left: number): Markup {
  const isProvisioned = ids.some((id) => figures.has('functions', id, 'billed', 'provisionedGbSeconds'));
  const provisioned = isProvisioned
    ? [
        { title: 'on provisioned', is: 'number' as const },
        { title: 'spilled over', is: 'number' as const },
      ]
    : [];
  return table({
    caption: 'Execution environments and cold starts',
    columns: [
      { title: 'function' },
      { title: 'cold starts', is: 'number' },
      { title: 'of invocations', is: 'number' },
      { title: 'init p50', is: 'number' },
      { title: 'init p99', is: 'number' },
      { title: 'created', is: 'number' },
      { title: 'exist, mean', is: 'number' },
      { title: 'exist, most', is: 'number' },
      { title: 'busy, mean', is: 'number' },
      { title: 'busy, most', is: 'number' },
      ...provisioned,
    ],
    rows: ids.map((id) => {
      const show = (format: keyof typeof FORMATS, ...path: string[]) => figures.show(format, 'functions', id, ...path);
      return [
        code(id),
        show('count', 'coldStarts'),
        figures.share(['functions', id, 'coldStarts'], ['functions', id, 'invocations']),
        show('duration', 'initDuration', 'p50'),
        show('duration', 'initDuration', 'p99'),
        show('count', 'environments', 'created'),
        show('level', 'environments', 'mean'),
        show('count', 'environments', 'max'),
        show('level', 'concurrency', 'mean'),
        show('count', 'concurrency', 'max'),
        ...(isProvisioned ? [show('count', 'provisionedInvocations'), show('count', 'spilloverInvocations')] : []),
      ];
    }),
    what: 'functions',
    left,
    id: 'function-environments',
  });
}

function asynchronous(figures: Figures): Content {
  const all = asyncRows(figures);
  if (all.length === 0) return '';
  const rows = foremost(all, MOST_ROWS, ({ path }) => figures.at(...path, 'async', 'received') ?? 0);
  const left = all.length - rows.length;
  const options = { caption: 'Asynchronous events', one: 'function', what: 'functions', left, id: 'async-events' };
  return markup`<h3>Asynchronous events</h3>${figureTable(figures, rows, ASYNC_FIGURES, options)}`;
}

/** Only where there is more than one: the same figures again say nothing. */
function versions({ results }: Figures): Content {
  const [run] = results.runs;
  const all = Object.entries(run?.functions ?? {}).flatMap(([id, fn]) =>
    fn.versions.length < 2 ? [] : fn.versions.map((each) => ({ id, ...each })),
  );
  if (all.length === 0) return '';
  const rows = foremost(all, MOST_ROWS, ({ invocations }) => invocations).map((each) => [
    code(each.id),
    code(each.version),
    figure(FORMATS.count, each.invocations),
    figure(FORMATS.count, each.errors),
    figure(FORMATS.count, each.coldStarts),
    figure(FORMATS.duration, each.duration.p50),
    figure(FORMATS.duration, each.duration.p99),
  ]);
  return markup`<h3>Versions</h3>${results.runs.length > 1 && markup`<p class="lead">Of the first replication.</p>`}${table(
    {
      caption: 'Versions of functions',
      columns: [
        { title: 'function' },
        { title: 'version' },
        { title: 'invocations', is: 'number' },
        { title: 'errors', is: 'number' },
        { title: 'cold starts', is: 'number' },
        { title: 'duration p50', is: 'number' },
        { title: 'p99', is: 'number' },
      ],
      rows,
      left: all.length - rows.length,
      file: 'results.json',
      what: 'versions',
      id: 'versions',
    },
  )}`;
}
