/** What the functions did: runs, cold starts, errors, throttles and why, environments, asynchronous events, versions. */
import { FORMATS } from '../../figure-reader.js';
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
    reasons(figures, ids),
    ran.length > 0 && markup`<h3>Run time of the handler</h3>`,
    quantileTable(
      figures,
      ran.map((id) => ({ name: code(id), path: ['functions', id, 'duration'] })),
      'function',
      'Duration by function',
      figures.ids('functions').length - pictured.length,
    ),
    markup`<h3>Execution environments</h3>`,
    environments(figures, ids),
    asynchronous(figures),
    versions(figures, ids),
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
function reasons({ results }: Figures, ids: readonly string[]): Content {
  const figures = new Map<string, Map<string, number>>();
  for (const id of ids) {
    for (const run of results.runs) {
      for (const [reason, times] of Object.entries(run.functions[id]?.throttlesByReason ?? {})) {
        const of = figures.get(id) ?? figures.set(id, new Map()).get(id)!;
        of.set(reason, (of.get(reason) ?? 0) + times / results.runs.length);
      }
    }
  }
  const rows = [...figures].flatMap(([id, of]) =>
    [...of]
      .filter(([, times]) => times > 0)
      .map(([reason, times]) => [code(id), name(reason), figure(FORMATS.count, times)]),
  );
  if (rows.length === 0) return '';
  return markup`<h3>Why invocations were refused</h3>${table({
    caption: 'Throttles by reason',
    columns: [{ title: 'function' }, { title: 'reason' }, { title: 'throttles', is: 'number' }],
    rows,
    what: 'reasons',
    id: 'throttle-reasons',
  })}`;
}

function environments(figures: Figures, ids: readonly string[]): Markup {
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
    id: 'function-environments',
  });
}

function asynchronous(figures: Figures): Content {
  const rows = asyncRows(figures);
  if (rows.length === 0) return '';
  const options = { caption: 'Asynchronous events', one: 'function', what: 'functions', id: 'async-events' };
  return markup`<h3>Asynchronous events</h3>${figureTable(figures, rows, ASYNC_FIGURES, options)}`;
}

/** Only where there is more than one: the same figures again say nothing. */
function versions({ results }: Figures, ids: readonly string[]): Content {
  const [run] = results.runs;
  const rows = ids.flatMap((id) => {
    const all = run?.functions[id]?.versions ?? [];
    if (all.length < 2) return [];
    return all.map(({ version, invocations, errors, coldStarts, duration }) => [
      code(id),
      code(version),
      figure(FORMATS.count, invocations),
      figure(FORMATS.count, errors),
      figure(FORMATS.count, coldStarts),
      figure(FORMATS.duration, duration.p50),
      figure(FORMATS.duration, duration.p99),
    ]);
  });
  if (rows.length === 0) return '';
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
      what: 'versions',
      id: 'versions',
    },
  )}`;
}
