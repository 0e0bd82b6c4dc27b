/**
 * What a report shows of queues, streams, topics, dependencies and asynchronous queues: for each kind its figures, by their
 * paths in the results, and which of them are where its items went. Both Markdown and HTML read it.
 */
import type { FigureReader, FormatName } from './figure-reader.js';

export interface ResourceFigure {
  readonly title: string;
  readonly path: readonly string[];
  readonly format: FormatName;
}

export interface ResourceKind {
  readonly kind: 'queues' | 'streams' | 'topics' | 'dependencies';
  readonly title: string;
  readonly one: string;
  readonly figures: readonly ResourceFigure[];
  /** Fates of the items, a colour each: together they are `whole`. */
  readonly whole: string;
  readonly fates: readonly (readonly [key: string, title: string, colour: string])[];
}

const counts = (...keys: readonly string[]): ResourceFigure[] =>
  keys.map((key) => ({ title: spaced(key), path: [key], format: 'count' }));
const times = (key: string, title: string, ...of: readonly string[]): ResourceFigure[] =>
  of.map((part) => ({ title: `${title} ${part}`, path: [key, part], format: 'shortDuration' }));

export const RESOURCE_KINDS: readonly ResourceKind[] = [
  {
    kind: 'queues',
    title: 'Queues',
    one: 'queue',
    figures: [
      ...counts(
        'sent',
        'received',
        'deleted',
        'deadLettered',
        'expired',
        'redriven',
        'duplicates',
        'emptyReceives',
        'visible',
        'inFlight',
      ),
      { title: 'oldest', path: ['age', 'max'], format: 'shortDuration' },
      ...times('delay', 'delay', 'p50', 'p99', 'max'),
      { title: 'pollers, most', path: ['pollers', 'max'], format: 'count' },
    ],
    whole: 'sent',
    fates: [
      ['deleted', 'deleted', 'f3'],
      ['deadLettered', 'dead letters', 'fbad'],
      ['expired', 'expired', 'f2'],
      ['redriven', 'redriven', 'f4'],
      ['inFlight', 'in flight', 'f1'],
      ['visible', 'still waiting', 'f5'],
    ],
  },
  {
    kind: 'streams',
    title: 'Streams',
    one: 'stream',
    figures: [
      ...counts('records', 'rejected', 'processed', 'discarded', 'expired', 'waiting', 'batches', 'retries'),
      ...times('iteratorAge', 'iterator age', 'p50', 'p99', 'max'),
    ],
    whole: 'records',
    fates: [
      ['processed', 'processed', 'f3'],
      ['discarded', 'discarded', 'fbad'],
      ['expired', 'expired', 'f2'],
      ['waiting', 'still waiting', 'f5'],
    ],
  },
  {
    kind: 'topics',
    title: 'Topics',
    one: 'topic',
    figures: counts('published', 'delivered', 'filtered'),
    whole: '',
    fates: [],
  },
  {
    kind: 'dependencies',
    title: 'Dependencies',
    one: 'dependency',
    figures: [
      ...counts('calls', 'succeeded', 'rejected', 'timedOut'),
      { title: 'concurrency, mean', path: ['concurrency', 'mean'], format: 'number' },
      { title: 'most', path: ['concurrency', 'max'], format: 'count' },
      { title: 'connections, most', path: ['connections', 'max'], format: 'count' },
      ...times('wait', 'wait', 'p50', 'p99', 'max'),
      ...times('latency', 'latency', 'p50', 'p99', 'max'),
    ],
    whole: 'calls',
    fates: [
      ['succeeded', 'succeeded', 'f3'],
      ['rejected', 'rejected', 'fbad'],
      ['timedOut', 'timed out', 'f2'],
    ],
  },
];

/** Below `functions.<id>`. */
export const ASYNC_FIGURES: readonly ResourceFigure[] = [
  ...counts(
    'received',
    'succeeded',
    'dropped',
    'retries',
    'throttledAttempts',
    'serviceErrorAttempts',
    'duplicates',
    'waiting',
    'running',
  ),
  ...times('age', 'age', 'p50', 'p99', 'max'),
].map((figure) => ({ ...figure, path: ['async', ...figure.path] }));

export interface ResourceRow {
  readonly id: string;
  /** Of the stream above it. */
  readonly isConsumer: boolean;
  readonly path: readonly string[];
}

/** In the order of the results; the consumers of a stream come after it. */
export function resourceRows(figures: FigureReader, { kind }: ResourceKind): ResourceRow[] {
  return figures.ids(kind).flatMap((id) => [
    { id, isConsumer: false, path: [kind, id] },
    ...figures.idsAt(kind, id, 'consumers').map((fn) => ({
      id: fn,
      isConsumer: true,
      path: [kind, id, 'consumers', fn],
    })),
  ]);
}

/** Functions that have received an event. */
export function asyncRows(figures: FigureReader): ResourceRow[] {
  return figures
    .ids('functions')
    .filter((id) => figures.has('functions', id, 'async', 'received'))
    .map((id) => ({ id, isConsumer: false, path: ['functions', id] }));
}

/** A figure that no row has is one that this kind of resource does not have, or of what never happened. */
export function figuresWithData(
  figures: FigureReader,
  rows: readonly ResourceRow[],
  all: readonly ResourceFigure[],
): ResourceFigure[] {
  return all.filter(({ path }) => rows.some((row) => figures.at(...row.path, ...path) !== null));
}

/** `deadLettered` → `dead lettered`. */
function spaced(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
