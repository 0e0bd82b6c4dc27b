/**
 * Replays of CSV files: counts a bucket, or instants. The earliest instant of a file is put at the start of the run; numbers
 * below a hundred million are seconds since then, larger ones seconds since 1970.
 */
import { MILLISECOND, MINUTE, SECOND } from '../../engine/units.js';
import { eachCell } from '../csv.js';
import { instantParts } from '../quantities/calendar.js';
import { type Fault, shown } from '../quantities/reading.js';
import type { TrafficInput } from '../schema-traffic.js';
import { below, type Path } from '../tree.js';
import type { TrafficShape } from '../types.js';
import type { Context } from './context.js';
import { fileNamed } from './samples.js';

type TraceInput = NonNullable<TrafficInput['trace']>;

const NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const FIRST_EPOCH_SECOND = 1e8;

export function traceShape(trace: TraceInput, path: Path, context: Context): TrafficShape | undefined {
  if ((trace.column === undefined) === (trace.timestamps === undefined)) {
    const both = trace.column !== undefined;
    const message = both
      ? 'a trace is read by column or by timestamps, not both'
      : 'a trace needs column (counts) or timestamps (instants)';
    const fault = {
      code: both ? 'one-of' : 'missing-setting',
      message,
      hint: 'such as { file: trace.csv, column: count, every: 1m }',
    };
    context.report(path, fault, below(path, ['column', 'timestamps']));
    return undefined;
  }
  if (trace.timestamps !== undefined && trace.every !== undefined) {
    context.report([...path, 'every'], { code: 'one-of', message: 'timestamps have no buckets', hint: 'remove every' });
    return undefined;
  }
  const text = fileNamed(trace.file, [...path, 'file'], context);
  if (text === undefined) return undefined;
  return trace.timestamps === undefined
    ? countsOf(text, trace.file, trace.column!, trace.every ?? MINUTE, path, context)
    : instantsOf(text, trace.file, trace.timestamps, path, context);
}

function countsOf(
  text: string,
  file: string,
  column: string,
  every: number,
  path: Path,
  context: Context,
): TrafficShape | undefined {
  const counts: number[] = [];
  const wrong = eachCell(text, column, (cell) => {
    const count = Number(cell.text);
    if (!NUMBER.test(cell.text) || !Number.isSafeInteger(count)) {
      return { code: 'bad-cell', message: `${shown(cell.text)} is not a count`, hint: 'write a whole number from 0' };
    }
    counts.push(count);
    return undefined;
  });
  if (wrong === undefined) return { kind: 'trace-counts', every, counts };
  context.reportIn({ file, line: wrong.line, column: wrong.column }, path, wrong.fault);
  return undefined;
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
  if (wrong !== undefined) {
    context.reportIn({ file, line: wrong.line, column: wrong.column }, path, wrong.fault);
    return undefined;
  }
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
