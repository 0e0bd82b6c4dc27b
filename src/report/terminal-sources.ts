/** The tables of the terminal summary on asynchronous events, queues, streams, topics and dependencies, where there are any. */

import type { Results } from '../results/run-result.js';
import { FigureReader, FORMATS } from './figure-reader.js';
import { asyncRows, briefFigures, RESOURCE_TABLES, type ResourceRow, resourceRows } from './resource-tables.js';
import { textTable } from './text-table.js';

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
  const kinds = RESOURCE_TABLES.map((kind) => ({
    kind: kind.kind,
    one: kind.one,
    what: kind.title.toLowerCase(),
    // Who reads a stream is in the files.
    rows: resourceRows(figures, kind).filter(({ isConsumer }) => !isConsumer),
  }));
  const all = [{ kind: 'async' as const, one: 'async', what: 'functions', rows: asyncRows(figures) }, ...kinds];
  return all.flatMap(({ kind, one, what, rows }) => {
    if (rows.length === 0) return [];
    const columns = briefFigures(kind);
    const cells = ({ id, path }: ResourceRow) => [
      id,
      ...columns.map((column) => FORMATS[column.format](figures.at(...path, ...column.path))),
    ];
    const titles = [one.toUpperCase(), ...columns.map(({ title }) => title)];
    const [header = '', ...lines] = textTable([titles, ...rows.slice(0, most).map(cells)], width);
    return [{ header, rows: lines, left: Math.max(0, rows.length - most), what }];
  });
}
