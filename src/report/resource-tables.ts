/**
 * What a report shows of queues, streams, topics, dependencies and asynchronous queues: the figures are the entries of
 * src/scenario/resource-figures.ts, by their paths in the results; which of them tell where the items went is said here.
 */
import { type FigureInfo, type FigureKind, type ResourceKind, shownFigures } from '../scenario/resource-figures.js';
import type { FigureReader, FormatName } from './figure-reader.js';
import { foremost } from './foremost.js';

export interface ResourceFigure {
  readonly title: string;
  readonly path: readonly string[];
  readonly format: FormatName;
}

export interface ResourceTable {
  readonly kind: Exclude<ResourceKind, 'async' | 'mappings' | 'consumers'>;
  readonly title: string;
  readonly one: string;
  readonly figures: readonly ResourceFigure[];
  /** Fates of the items, a colour each: together they are `whole`. */
  readonly whole: string;
  readonly fates: readonly (readonly [key: string, title: string, colour: string])[];
}

export const RESOURCE_TABLES: readonly ResourceTable[] = [
  {
    kind: 'queues',
    title: 'Queues',
    one: 'queue',
    figures: longFigures('queues'),
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
    figures: longFigures('streams'),
    whole: 'records',
    fates: [
      ['processed', 'processed', 'f3'],
      ['discarded', 'discarded', 'fbad'],
      ['expired', 'expired', 'f2'],
      ['waiting', 'still waiting', 'f5'],
    ],
  },
  { kind: 'topics', title: 'Topics', one: 'topic', figures: longFigures('topics'), whole: '', fates: [] },
  {
    kind: 'dependencies',
    title: 'Dependencies',
    one: 'dependency',
    figures: longFigures('dependencies'),
    whole: 'calls',
    fates: [
      ['succeeded', 'succeeded', 'f3'],
      ['rejected', 'rejected', 'fbad'],
      ['timedOut', 'timed out', 'f2'],
    ],
  },
];

/** Below `functions.<id>`. */
export const ASYNC_FIGURES: readonly ResourceFigure[] = longFigures('async').map(below('async'));

/** The few of a kind that fit in a line of a terminal. */
export function briefFigures(kind: ResourceKind): ResourceFigure[] {
  const figures = shownFigures(kind).flatMap(([name, info]): ResourceFigure[] => {
    if (info.brief === undefined) return [];
    const [path, format] = briefPath(name, info);
    return [{ title: info.brief, path, format }];
  });
  return kind === 'async' ? figures.map(below('async')) : figures;
}

function briefPath(name: string, { kind }: FigureInfo): [path: string[], format: FormatName] {
  if (kind === 'count' || kind === 'standing') return [[name], 'shortCount'];
  if (kind === 'times') return [[name, 'p99'], 'duration'];
  return [[name, 'max'], kind === 'oldest' ? 'duration' : 'shortCount'];
}

function longFigures(kind: ResourceKind): ResourceFigure[] {
  return shownFigures(kind).flatMap(([name, { kind: is }]) => partsOf(name, is));
}

function partsOf(name: string, is: FigureKind): ResourceFigure[] {
  const title = spaced(name);
  const part = (of: string, format: FormatName, words: string): ResourceFigure => ({
    title: words,
    path: [name, of],
    format,
  });
  switch (is) {
    case 'count':
    case 'standing':
      return [{ title, path: [name], format: 'count' }];
    case 'level':
      return [part('mean', 'level', `${title}, mean`), part('max', 'count', 'most')];
    case 'peak':
      return [part('max', 'count', `${title}, most`)];
    case 'oldest':
      return [part('max', 'duration', 'oldest')];
    case 'times':
      return ['p50', 'p99', 'max'].map((of) => part(of, 'duration', `${title} ${of}`));
  }
}

function below(key: string): (figure: ResourceFigure) => ResourceFigure {
  return (figure) => ({ ...figure, path: [key, ...figure.path] });
}

export interface ResourceRow {
  readonly id: string;
  /** Of the stream above it. */
  readonly isConsumer: boolean;
  readonly path: readonly string[];
}

/** Of up to `most` resources, those that got most, in the order of the results; the consumers of a stream come after it. */
export function resourceRows(
  figures: FigureReader,
  { kind, figures: [load] }: ResourceTable,
  most = Number.POSITIVE_INFINITY,
): ResourceRow[] {
  const got = (id: string) => figures.at(kind, id, ...load!.path) ?? 0;
  return foremost(figures.ids(kind), most, got).flatMap((id) => [
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
