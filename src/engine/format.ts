/**
 * How a figure looks to a person: one owner of each format, the same in every report and locale. Rounding happens
 * here and nowhere before; a rounded figure never claims 0 or 100% of something that is neither. `-` stands for
 * "there is no such figure".
 */

/** A figure that may be missing: a quantile of nothing, a mean over no run. */
export type Figure = number | null | undefined;

const NONE = '-';

/** `1,234,567`; a mean that is not whole keeps one decimal below 100. */
export function count(value: Figure): string {
  if (value === null || value === undefined) return NONE;
  return grouped(value.toFixed(Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1));
}

/** `1 cold start`, `2 cold starts`; the plural ends in `s`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A count in at most seven characters: exact below a million, then four digits of it. */
export function shortCount(value: Figure): string {
  if (value === null || value === undefined || Math.abs(value) < 999_999.5) return count(value);
  for (const [unit, name] of [
    [1e6, 'M'],
    [1e9, 'B'],
    [1e12, 'T'],
  ] as const) {
    const scaled = value / unit;
    if (scaled < 999.95 || name === 'T') return `${digits(scaled, 4)}${name}`;
  }
  return NONE;
}

/** Milliseconds as the longest two units that matter: `0.42 ms`, `45 ms`, `1.23 s`, `2 min 5 s`, `1 h 30 min`, `3 d 4 h`. */
export function duration(ms: Figure): string {
  if (ms === null || ms === undefined || ms < 59_950) return shortDuration(ms);
  const seconds = Math.round(ms / 1000);
  if (seconds < 3_600) return twoUnits(seconds, 60, 'min', 1, 's');
  const minutes = Math.round(ms / 60_000);
  if (minutes < 48 * 60) return twoUnits(minutes, 60, 'h', 1, 'min');
  return twoUnits(Math.round(ms / 3_600_000), 24, 'd', 1, 'h');
}

/** Milliseconds in one unit with three digits, for columns: `45 ms`, `1.23 s`, `12.5 min`, `6 h`, `4 d`. */
export function shortDuration(ms: Figure): string {
  if (ms === null || ms === undefined) return NONE;
  if (ms < 0.9995) return `${digits(ms, 2)} ms`;
  if (ms < 999.5) return `${digits(ms, 3)} ms`;
  if (ms < 59_950) return `${digits(Math.max(1, ms / 1000), 3)} s`;
  if (ms < 3_597_000) return `${digits(Math.max(1, ms / 60_000), 3)} min`;
  if (ms < 48 * 3_600_000) return `${digits(Math.max(1, ms / 3_600_000), 3)} h`;
  return `${digits(ms / 86_400_000, 3)} d`;
}

/** A share between 0 and 1 as per cent: `0%`, `<0.01%`, `0.13%`, `12.5%`, `>99.9%`, `100%`. */
export function share(value: Figure): string {
  if (value === null || value === undefined) return NONE;
  if (value === 0 || value === 1) return `${value * 100}%`;
  if (value > 0 && value < 0.00005) return '<0.01%';
  if (value < 1 && value >= 0.9995) return '>99.9%';
  return `${digits(value * 100, value < 0.01 ? 2 : 3)}%`;
}

/** `part` of `whole` as a share; missing when there is no whole. */
export function shareOf(part: Figure, whole: Figure): string {
  if (part === null || part === undefined || whole === null || whole === undefined || whole === 0) return NONE;
  return share(part / whole);
}

/** USD with as many decimals as asked for: cents by default. An amount too small to show is `<$0.01`, never $0.00. */
export function money(usd: Figure, decimals = 2): string {
  if (usd === null || usd === undefined) return NONE;
  const least = 10 ** -decimals;
  const size = Math.abs(usd);
  const sign = usd < 0 ? '-' : '';
  if (size > 0 && size < least / 2) return `${sign}<$${least.toFixed(decimals)}`;
  return `${sign}$${grouped(size.toFixed(decimals))}`;
}

/**
 * Decimals for a column of amounts with this total: cents from a dollar, below it as many as show three digits, four to
 * six. All amounts of a column share them, so that a reader can add it up.
 */
export function decimalsFor(totalUsd: Figure): number {
  if (totalUsd === null || totalUsd === undefined || totalUsd === 0 || Math.abs(totalUsd) >= 1) return 2;
  return Math.min(6, Math.max(4, 2 - Math.floor(Math.log10(Math.abs(totalUsd)))));
}

/** A number that has no unit of its own, in up to six digits. */
export function plainNumber(value: Figure): string {
  return value === null || value === undefined ? NONE : grouped(digits(value, 6));
}

/** A mean over time of what is counted: three digits of it, and never fewer than all whole ones. */
export function level(value: Figure): string {
  return value === null || value === undefined ? NONE : grouped(digits(value, 3));
}

/** An amount as a price list has it: all its digits, never an exponent. */
export function exactAmount(value: number): string {
  return digits(value, 10);
}

/** Decimal text with up to `significant` digits after the leading zeros; whole digits are never cut, zeros at the end are. */
function digits(value: number, significant: number): string {
  if (value === 0) return '0';
  const decimals = Math.min(12, Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(value)))));
  const text = value.toFixed(decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function twoUnits(value: number, size: number, big: string, rest: number, small: string): string {
  const left = value % size;
  return left === 0
    ? `${Math.floor(value / size)} ${big}`
    : `${Math.floor(value / size)} ${big} ${left / rest} ${small}`;
}

function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
