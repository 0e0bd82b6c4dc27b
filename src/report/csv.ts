/**
 * The tables: one row a resource, one row a bill line. Full precision, a point as decimal mark, `\n` as line end.
 * A cell that a spreadsheet would run as a formula is made text. With several replications a figure is their mean.
 */
import { stringify } from 'csv-stringify/browser/esm/sync';
import { InvariantError } from '../engine/errors.js';
import type { RunResult, Summary } from '../results/run-result.js';
import { billLines, overRuns } from './over-runs.js';
import type { Report } from './report.js';
import { CELL_ROWS, type CellRows, idsIn, resourceCells } from './resource-cells.js';

type Cell = string | number | null;

/** Lines of CSV with the columns as first line; null is an empty cell. Throws InvariantError for NaN and Infinity. */
export function csvTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  for (const row of rows) {
    row.forEach((cell, column) => {
      if (typeof cell === 'number' && !Number.isFinite(cell))
        throw new InvariantError(`${columns[column]} of ${row[1]} is ${cell}`);
    });
  }
  return stringify(rows, { header: true, columns, escape_formulas: true, cast: { boolean: String } });
}

/** For long files in which the same few names stand again and again: each is made safe once. */
export function safeCells(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let cell = known.get(text);
    if (cell === undefined) {
      cell = csvTable(['cell'], [[text]]).slice('cell\n'.length, -1);
      known.set(text, cell);
    }
    return cell;
  };
}

/** The lines of the bill. */
export function billCsv(report: Report): string {
  const columns = ['service', 'resource', 'item', 'quantity', 'unit', 'usd'] as const;
  return csvTable(
    columns,
    billLines(report.results).map((line) => columns.map((column) => line[column])),
  );
}

type Figures = Readonly<Record<string, Cell>>;

/** One row for the account, then one a function, a queue, stream, topic or dependency, and a traffic; a figure a resource does not have is empty. */
export function summaryCsv(report: Report): string {
  const { results } = report;
  const [first] = results.runs;
  const resources: { kind: string; id: string; figures: (run: RunResult) => Figures }[] = [
    { kind: 'account', id: 'account', figures: accountFigures },
    ...Object.keys(first?.functions ?? {}).map((id) => ({ kind: 'function', id, figures: functionFigures(id) })),
    ...CELL_ROWS.flatMap((table) =>
      idsIn(results, table).map((id) => ({ kind: table.one, id, figures: resourceFigures(table, id) })),
    ),
    ...Object.keys(first?.traffic ?? {}).map((id) => ({ kind: 'traffic', id, figures: trafficFigures(id) })),
  ];
  const columns = new Set<string>();
  const rows = resources.map(({ kind, id, figures }) => {
    const perRun = new Map(results.runs.map((run) => [run, figures(run)]));
    const names = first === undefined ? [] : Object.keys(figures(first));
    for (const name of names) columns.add(name);
    const means = new Map(
      names.map((name) => [name, overRuns(results, (run) => perRun.get(run)?.[name] as number | null)]),
    );
    return { kind, id, means };
  });
  return csvTable(
    ['kind', 'resource', ...columns],
    rows.map(({ kind, id, means }) => [kind, id, ...[...columns].map((column) => means.get(column) ?? null)]),
  );
}

function accountFigures(run: RunResult): Figures {
  return {
    throttles: run.account.throttles,
    concurrencyMean: run.account.concurrency.mean,
    concurrencyMax: run.account.concurrency.max,
    usd: run.bill.total,
    monthlyUsd: run.bill.monthly,
  };
}

function functionFigures(id: string): (run: RunResult) => Figures {
  return (run) => {
    const fn = run.functions[id];
    if (fn === undefined) return {};
    const { billed } = fn;
    return {
      invocations: fn.invocations,
      errors: fn.errors,
      timeouts: fn.timeouts,
      throttles: fn.throttles,
      serviceErrors: fn.serviceErrors,
      coldStarts: fn.coldStarts,
      provisionedInvocations: fn.provisionedInvocations,
      spilloverInvocations: fn.spilloverInvocations,
      ...summaryFigures('duration', fn.duration),
      ...summaryFigures('initDuration', fn.initDuration),
      concurrencyMean: fn.concurrency.mean,
      concurrencyMax: fn.concurrency.max,
      environmentsMean: fn.environments.mean,
      environmentsMax: fn.environments.max,
      environmentsCreated: fn.environments.created,
      billedRequests: billed.requests,
      billedDurationMs: billed.durationMs,
      gbSeconds: billed.gbSeconds,
      provisionedDurationGbSeconds: billed.provisionedDurationGbSeconds,
      provisionedGbSeconds: billed.provisionedGbSeconds,
      storageGbSeconds: billed.storageGbSeconds,
      usd: run.bill.lines.reduce((sum, line) => (line.resource === id ? sum + line.usd : sum), 0),
    };
  };
}

function resourceFigures({ kind, of }: CellRows, id: string): (run: RunResult) => Figures {
  return (run) => {
    const figures = of(run)[id];
    return figures === undefined ? {} : resourceCells(kind, figures, summaryFigures);
  };
}

function trafficFigures(id: string): (run: RunResult) => Figures {
  return (run) => {
    const traffic = run.traffic[id];
    if (traffic === undefined) return {};
    const { offered, succeeded, failed, throttled, timedOut, unfinished, attempts } = traffic;
    return {
      offered,
      succeeded,
      failed,
      throttled,
      timedOut,
      unfinished,
      attempts,
      ...summaryFigures('latency', traffic.latency),
    };
  };
}

/** `durationMeanMs`, `durationP50Ms` and so on. */
function summaryFigures(name: string, summary: Summary): Readonly<Record<string, number | null>> {
  const { count: _, ...figures } = summary;
  return Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [`${name}${key.charAt(0).toUpperCase()}${key.slice(1)}Ms`, value]),
  );
}
