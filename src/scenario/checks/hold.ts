/** Values against AWS's ranges and steps of the day, reported where they do not keep them. */
import type { Micros } from '../../engine/units.js';
import { durationText } from '../quantities/duration.js';
import { type Range, within } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';

/**
 * Whether the value keeps the range. `print` writes the value and its bounds; `rule`, where given, is named in the message;
 * `involves` as a report has it.
 */
export function hold(
  value: number,
  range: Range,
  print: (value: number) => string,
  path: Path,
  context: Context,
  { rule, involves }: { readonly rule?: string; readonly involves?: readonly Path[] } = {},
): boolean {
  const held = within(value, range, print(value), print);
  if (held.ok) return true;
  const message = rule === undefined ? held.fault.message : `${held.fault.message} (rule ${rule})`;
  context.report(path, { ...held.fault, message }, involves);
  return false;
}

interface Times {
  readonly minimum: Micros;
  readonly maximum: Micros;
  readonly step: Micros;
}

/** A time of the rule of that name, which takes whole seconds or hours only. */
export function holdTime(time: Micros, { minimum, maximum, step }: Times, path: Path, rule: string, context: Context) {
  if (hold(time, { minimum, maximum }, durationText, path, context, { rule }))
    holdStep(time, step, path, rule, context);
}

/** A step of 0 allows any time. */
export function holdStep(time: Micros, step: Micros, path: Path, rule: string, context: Context): void {
  if (step === 0 || time % step === 0) return;
  context.report(path, {
    code: 'not-whole',
    message: `${durationText(time)} is not a multiple of ${durationText(step)} (rule ${rule})`,
    hint: `write ${durationText(Math.ceil(time / step) * step)}`,
  });
}
