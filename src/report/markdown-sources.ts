/** The sections of report.md on what the results hold beside functions and traffic; each only where they hold any. */

import type { Results } from '../results/run-result.js';
import { FigureReader, FORMATS } from './figure-reader.js';
import { folded, section, table } from './markdown-blocks.js';
import { RESOURCE_KINDS } from './resource-tables.js';
import { markdownCode as code } from './text.js';

/** Queues, streams, topics, dependencies: a table a kind, the consumers of a stream below it. */
export function sources(results: Results): string {
  const figures = new FigureReader(results);
  return RESOURCE_KINDS.map(({ kind, title, one, figures: columns }) => {
    const rows = figures.ids(kind).flatMap((id) => [
      { name: code(id), path: [kind, id] },
      ...figures.idsAt(kind, id, 'consumers').map((fn) => ({
        name: `read by ${code(fn)}`,
        path: [kind, id, 'consumers', fn],
      })),
    ]);
    if (rows.length === 0) return '';
    const shown = columns.filter(({ path }) => rows.some((row) => figures.at(...row.path, ...path) !== null));
    const cells = rows.map((row) => [
      row.name,
      ...shown.map(({ format, path }) => FORMATS[format](figures.at(...row.path, ...path))),
    ]);
    return section(title, table([one, ...shown.map(({ title: name }) => name)], `l${'r'.repeat(shown.length)}`, cells));
  })
    .filter((text) => text !== '')
    .join('\n\n');
}

const ASYNC = ['received', 'succeeded', 'dropped', 'retries', 'throttledAttempts', 'duplicates', 'waiting'] as const;

/** The asynchronous queue of each function that has received an event. */
export function asynchronous(results: Results): string {
  const figures = new FigureReader(results);
  const ids = figures.ids('functions').filter((id) => figures.has('functions', id, 'async', 'received'));
  if (ids.length === 0) return '';
  const rows = ids.map((id) => [
    code(id),
    ...ASYNC.map((key) => FORMATS.count(figures.at('functions', id, 'async', key))),
    ...['p50', 'p99', 'max'].map((key) => FORMATS.shortDuration(figures.at('functions', id, 'async', 'age', key))),
  ]);
  const columns = [
    'function',
    'received',
    'succeeded',
    'dropped',
    'retries',
    'throttled attempts',
    'duplicates',
    'waiting',
  ];
  return section(
    'Asynchronous events',
    table([...columns, 'age p50', 'age p99', 'age max'], `l${'r'.repeat(ASYNC.length + 3)}`, rows),
  );
}

/** Of functions that ran in more than one version. */
export function versions({ runs: [run] }: Results): string {
  const rows = Object.entries(run?.functions ?? {}).flatMap(([id, fn]) =>
    fn.versions.length < 2
      ? []
      : fn.versions.map(({ version, invocations, errors, coldStarts, duration }) => [
          code(id),
          code(version),
          ...[invocations, errors, coldStarts].map(FORMATS.count),
          FORMATS.shortDuration(duration.p50),
          FORMATS.shortDuration(duration.p99),
        ]),
  );
  if (rows.length === 0) return '';
  const columns = ['function', 'version', 'invocations', 'errors', 'cold starts', 'duration p50', 'p99'];
  return folded(`Versions, ${rows.length}`, table(columns, 'llrrrrr', rows));
}
