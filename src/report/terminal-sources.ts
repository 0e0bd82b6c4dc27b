/** The tables of the terminal summary on asynchronous events, queues, streams, topics and dependencies, where there are any. */

import type { Results } from '../results/run-result.js';
import { FigureReader, FORMATS, type FormatName } from './figure-reader.js';
import { asyncRows, RESOURCE_KINDS, type ResourceRow, resourceRows } from './resource-tables.js';
import { textTable } from './text-table.js';

type Column = readonly [title: string, path: readonly string[], format: FormatName];

/** As many as fit: files have the rest. */
const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  async: [
    ['received', ['async', 'received'], 'shortCount'],
    ['dropped', ['async', 'dropped'], 'shortCount'],
    ['retries', ['async', 'retries'], 'shortCount'],
    ['waiting', ['async', 'waiting'], 'shortCount'],
    ['age p99', ['async', 'age', 'p99'], 'shortDuration'],
  ],
  queues: [
    ['sent', ['sent'], 'shortCount'],
    ['deleted', ['deleted'], 'shortCount'],
    ['dead', ['deadLettered'], 'shortCount'],
    ['waiting', ['visible'], 'shortCount'],
    ['oldest', ['age', 'max'], 'shortDuration'],
    ['delay p99', ['delay', 'p99'], 'shortDuration'],
  ],
  streams: [
    ['records', ['records'], 'shortCount'],
    ['processed', ['processed'], 'shortCount'],
    ['discarded', ['discarded'], 'shortCount'],
    ['waiting', ['waiting'], 'shortCount'],
    ['iterator age p99', ['iteratorAge', 'p99'], 'shortDuration'],
  ],
  topics: [
    ['published', ['published'], 'shortCount'],
    ['delivered', ['delivered'], 'shortCount'],
    ['filtered', ['filtered'], 'shortCount'],
  ],
  dependencies: [
    ['calls', ['calls'], 'shortCount'],
    ['rejected', ['rejected'], 'shortCount'],
    ['timed out', ['timedOut'], 'shortCount'],
    ['busiest', ['concurrency', 'max'], 'shortCount'],
    ['latency p99', ['latency', 'p99'], 'shortDuration'],
  ],
};

export interface SourceTable {
  readonly header: string;
  readonly rows: readonly string[];
  /** Rows that were left out, of what. */
  readonly left: number;
  readonly what: string;
}

/** At most `most` rows each, within `width` columns. */
export function sourceTables(results: Results, width: number, most: number): SourceTable[] {
  const figures = new FigureReader(results);
  const kinds = RESOURCE_KINDS.map((kind) => ({
    name: kind.kind,
    one: kind.one,
    what: kind.title.toLowerCase(),
    // Who reads a stream is in the files.
    rows: resourceRows(figures, kind).filter(({ isConsumer }) => !isConsumer),
  }));
  const all = [{ name: 'async', one: 'async events', what: 'functions', rows: asyncRows(figures) }, ...kinds];
  return all.flatMap(({ name, one, what, rows }) => {
    if (rows.length === 0) return [];
    const columns = COLUMNS[name]!;
    const cells = ({ id, path }: ResourceRow) => [
      id,
      ...columns.map(([, key, format]) => FORMATS[format](figures.at(...path, ...key))),
    ];
    const titles = [one.toUpperCase(), ...columns.map(([title]) => title)];
    const [header = '', ...lines] = textTable([titles, ...rows.slice(0, most).map(cells)], width);
    return [{ header, rows: lines, left: Math.max(0, rows.length - most), what }];
  });
}
