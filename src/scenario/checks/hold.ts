/** A value against AWS's range of the day, reported where it does not keep it. */
import { type Range, within } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';

/** `print` writes the value and its bounds; `rule`, where given, is named in the message; `involves` as a report has it. */
export function hold(
  value: number,
  range: Range,
  print: (value: number) => string,
  path: Path,
  context: Context,
  { rule, involves }: { readonly rule?: string; readonly involves?: readonly Path[] } = {},
): void {
  const held = within(value, range, print(value), print);
  if (held.ok) return;
  const message = rule === undefined ? held.fault.message : `${held.fault.message} (rule ${rule})`;
  context.report(path, { ...held.fault, message }, involves);
}
