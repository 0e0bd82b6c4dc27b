/**
 * Replays of CSV files: counts a bucket, in a column or side by side in a row (as in the Azure Functions data set), or
 * instants. The earliest instant of a file is put at the start of the run, unless it is below a hundred million seconds:
 * those are seconds since that start, larger ones since 1970.
 */
import { MILLISECOND, MINUTE, SECOND } from '../../engine/units.js';
import { type Cell, eachCell, eachCellOfRow } from '../csv.js';
import { listed } from '../nearest.js';
import { instantParts } from '../quantities/calendar.js';
import { type Fault, shown } from '../quantities/reading.js';
import type { TrafficInput } from '../schema-traffic.js';
import { below, type Path } from '../tree.js';
import type { TrafficShape } from '../types.js';
import type { Context } from './context.js';
import { fileNamed, reportCells } from './samples.js';

type TraceInput = NonNullable<TrafficInput['trace']>;

const NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const FIRST_EPOCH_SECOND = 1e8;

const FORMS = ['column', 'row', 'timestamps'] as const;

export function traceShape(trace: TraceInput, path: Path, context: Context): TrafficShape | undefined {
  const given = FORMS.filter((form) => trace[form] !== undefined);
  if (given.length !== 1) {
    const fault = {
      code: given.length > 1 ? 'one-of' : 'missing-setting',
      message:
        given.length > 1
          ? `a trace is read one way, and this has ${listed(given).replace(' or ', ' and ')}`
          : 'a trace needs column (counts), row (counts side by side) or timestamps (instants)',
      hint: 'such as { file: trace.csv, column: count, every: 1m }',
    };
    context.report(path, fault, below(path, FORMS));
    return undefined;
  }
  if (trace.timestamps !== undefined && trace.every !== undefined) {
    const fault = { code: 'one-of', message: 'timestamps have no buckets', hint: 'remove every' };
    context.report([...path, 'every'], fault);
    return undefined;
  }
  const text = fileNamed(trace.file, [...path, 'file'], context);
  if (text === undefined) return undefined;
  if (trace.timestamps !== undefined) return instantsOf(text, trace.file, trace.timestamps, path, context);
  const counts: number[] = [];
  const add = (cell: Cell): Fault | undefined => {
    const count = Number(cell.text);
    if (!NUMBER.test(cell.text) || !Number.isSafeInteger(count)) {
      return { code: 'bad-cell', message: `${shown(cell.text)} is not a count`, hint: 'write a whole number from 0' };
    }
    counts.push(count);
    return undefined;
  };
  const wrong = trace.row === undefined ? eachCell(text, trace.column!, add) : eachCellOfRow(text, trace.row, add);
  if (reportCells(trace.file, wrong, path, context)) return undefined;
  return { kind: 'trace-counts', every: trace.every ?? MINUTE, counts };
}

function instantsOf(
  text: string,
  file: string,
  column: string,
  path: Path,
  context: Context,
): TrafficShape | undefined {
  const instants: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  const wrong = eachCell(text, column, (cell) => {
    const micros = microsOf(cell.text);
    if (typeof micros !== 'number') return micros;
    least = Math.min(least, micros);
    instants.push(micros);
    return undefined;
  });
  if (reportCells(file, wrong, path, context)) return undefined;
  const start = least >= FIRST_EPOCH_SECOND * SECOND ? least : 0;
  return { kind: 'trace-instants', instants: instants.map((micros) => micros - start).sort((a, b) => a - b) };
}

function microsOf(text: string): number | Fault {
  if (NUMBER.test(text)) {
    const micros = Math.round(Number(text) * SECOND);
    if (micros <= Number.MAX_SAFE_INTEGER) return micros;
  }
  const instant = instantParts(text);
  if (instant !== undefined && instant.epochMs >= 0) return Math.round(instant.epochMs * MILLISECOND);
  return {
    code: 'bad-cell',
    message: `${shown(text)} is not an instant`,
    hint: 'write 2026-01-05T00:00:00Z, 2026-01-05 00:00:00 or seconds',
  };
}
