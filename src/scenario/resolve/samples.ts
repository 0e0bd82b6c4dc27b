/** Puts the values of sample files into distributions. A column named `..._us`, `..._ms` or `..._s` says its unit; else it is ms. */
import type { DistributionSpec } from '../../engine/distribution.js';
import { MILLISECOND, SECOND } from '../../engine/units.js';
import { type CellFault, eachCell } from '../csv.js';
import type { DistributionForm, SamplesFile } from '../dist.js';
import { readDuration } from '../quantities/duration.js';
import { type Fault, shown } from '../quantities/reading.js';
import type { Path } from '../tree.js';
import type { Context } from './context.js';

const NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Stands in where a sample file could not be read; a scenario with that problem is never returned. */
export const NOTHING = { kind: 'constant', value: 0 } as const;

/** Undefined when a file or a cell of it is wrong, which is then reported. */
export function withSamples(form: DistributionForm, path: Path, context: Context): DistributionSpec | undefined {
  if (form.kind === 'samples-file') return samplesOf(form, path, context);
  if (form.kind !== 'mixture') return form;
  const parts: { weight: number; of: DistributionSpec }[] = [];
  for (const [index, part] of form.parts.entries()) {
    const of = withSamples(part.of, [...path, 'mixture', index, 'of'], context);
    if (of !== undefined) parts.push({ weight: part.weight, of });
  }
  return parts.length === form.parts.length ? { kind: 'mixture', parts } : undefined;
}

function samplesOf({ file, column }: SamplesFile, path: Path, context: Context): DistributionSpec | undefined {
  const text = fileNamed(file, [...path, 'samples'], context);
  if (text === undefined) return undefined;
  const unit = /_us$/i.test(column) ? 1 : /(?:_s|_seconds)$/i.test(column) ? SECOND : MILLISECOND;
  const values: number[] = [];
  const wrong = eachCell(text, column, (cell) => {
    const value = sampleOf(cell.text, unit);
    if (typeof value !== 'number') return value;
    values.push(value);
    return undefined;
  });
  return reportCells(file, wrong, path, context) ? undefined : { kind: 'samples', values };
}

function sampleOf(text: string, unit: number): number | Fault {
  if (NUMBER.test(text)) {
    const micros = Number(text) * unit;
    if (micros <= Number.MAX_SAFE_INTEGER) return micros;
  }
  const duration = readDuration(text);
  if (duration.ok) return duration.value;
  return {
    code: 'bad-cell',
    message: `${shown(text)} is not a time`,
    hint: 'write a number in the unit of the column, or a duration such as 45ms',
  };
}

/** Whether there was anything to report. */
export function reportCells(file: string, wrong: readonly CellFault[], path: Path, context: Context): boolean {
  for (const { fault, line, column } of wrong) context.reportIn({ file, line, column }, path, fault);
  return wrong.length > 0;
}

/** The text of a file that the scenario names, or a fault at the setting that names it. */
export function fileNamed(file: string, path: Path, context: Context): string | undefined {
  if (Object.hasOwn(context.files, file)) return context.files[file];
  const unreadable = Object.hasOwn(context.unreadable, file) ? context.unreadable[file] : undefined;
  if (unreadable !== undefined) {
    const { line, column, message, hint } = unreadable;
    if (line === undefined)
      context.report(path, { code: 'unreadable-file', message: `${shown(file)} ${message}`, hint });
    else context.reportIn({ file, line, column: column ?? 1 }, path, { code: 'invalid-utf8', message, hint });
    return undefined;
  }
  context.report(path, {
    code: 'missing-file',
    message: `${shown(file)} was not found`,
    hint: 'name a file beside the scenario',
  });
  return undefined;
}
