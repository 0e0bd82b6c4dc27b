/** What reading one value yields: the value, or the fault to show at its position. Positions are added by whoever knows them. */

/** One sentence about a value, its stable code, and what to write instead (empty when there is nothing to suggest). */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function fault(code: string, message: string, hint = ''): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { code, message, hint } };
}

/** Bounds of a quantity, both inclusive unless `above` says that the lower one is not. */
export interface Range {
  readonly minimum?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  readonly maximum?: number;
}

/** Holds `value` to `range`; `text` is the value as written and `print` writes a bound in the same unit. */
export function within(value: number, range: Range, text: string, print: (bound: number) => string): Reading<number> {
  const { minimum, above, maximum } = range;
  if (above !== undefined && value <= above) {
    return fault('below-minimum', `${text} is not above ${print(above)}`, useRange(range, print));
  }
  if (minimum !== undefined && value < minimum) {
    return fault('below-minimum', `${text} is below the minimum of ${print(minimum)}`, useRange(range, print));
  }
  if (maximum !== undefined && value > maximum) {
    return fault('above-maximum', `${text} is above the maximum of ${print(maximum)}`, useRange(range, print));
  }
  return read(value);
}

function useRange({ minimum, above, maximum }: Range, print: (bound: number) => string): string {
  if (minimum !== undefined) {
    return maximum === undefined ? `use ${print(minimum)} or more` : `use ${print(minimum)} to ${print(maximum)}`;
  }
  if (above !== undefined) {
    return maximum === undefined
      ? `use more than ${print(above)}`
      : `use more than ${print(above)}, at most ${print(maximum)}`;
  }
  return maximum === undefined ? '' : `use at most ${print(maximum)}`;
}

const LONGEST_SHOWN = 60;

/** A value as a message shows it: one line, shortened, never an object's default text. */
export function shown(raw: unknown, longest = LONGEST_SHOWN): string {
  if (raw === null || raw === undefined) return 'nothing';
  if (Array.isArray(raw)) return 'a list';
  if (typeof raw === 'object') return 'a map';
  const text = String(raw).replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  if (text.trim() === '') return '""';
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** A number without a long tail of digits, and below 10^21 without an exponent, for messages and printed settings. */
export function numberText(value: number): string {
  if (Math.abs(value) >= 1e21) return String(value);
  if (Number.isInteger(value)) return String(value);
  const text = String(Number(value.toPrecision(12)));
  return text.includes('e') ? value.toFixed(15).replace(/\.?0+$/, '') : text;
}
