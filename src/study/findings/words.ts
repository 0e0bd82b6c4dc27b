/** Numbers in the sentences of findings: rounded, with their unit, the same in every locale. */

/** `1,234,567`, rounded to a whole number. */
export function number(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 cold start`, `2 cold starts`; the plural ends in `s`. */
export function counted(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A share between 0 and 1 as `0.4%` or `12%`; what is not nothing is never called 0%, nor what is not all 100%. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return 'less than 0.1%';
  if (share > 0.99 && share < 1) return 'more than 99%';
  const value = share * 100;
  return `${Number.isInteger(value) || value >= 9.95 ? value.toFixed(0) : value.toFixed(1)}%`;
}

/** Milliseconds as `4.5 ms`, `45 ms` or `1.2 s`. */
export function milliseconds(value: number): string {
  if (value > 0 && value < 0.1) return 'less than 0.1 ms';
  if (value < 999.5) return `${rounded(value)} ms`;
  return value < 59_950 ? `${rounded(value / 1000)} s` : `${rounded(value / 60_000)} min`;
}

/** One decimal below 10, and none that is 0. */
function rounded(value: number): string {
  return value < 9.95 ? String(Number(value.toFixed(1))) : number(value);
}

/** USD as `$1,234`, below 100 with cents. */
export function usd(value: number): string {
  if (value > 0 && value < 0.005) return 'less than $0.01';
  return value < 99.995 ? `$${value.toFixed(2)}` : `$${number(value)}`;
}
