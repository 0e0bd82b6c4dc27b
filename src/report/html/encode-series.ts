/**
 * A series as short text: values with four digits, equal neighbours once with their number, nothing for what is not known.
 * `4,,7x12` is 4, a gap, and twelve times 7. The script of the page reads it with `decoded`.
 */

/** NaN is a gap. */
export function encoded(values: Float64Array): string {
  const runs: string[] = [];
  for (let from = 0; from < values.length; ) {
    const text = short(values[from]!);
    let to = from + 1;
    while (to < values.length && short(values[to]!) === text) to++;
    const count = to - from;
    // Short runs are shorter written out.
    if (count * (text.length + 1) <= text.length + 2 + String(count).length) {
      for (let i = 0; i < count; i++) runs.push(text);
    } else {
      runs.push(`${text}x${count}`);
    }
    from = to;
  }
  return runs.join(',');
}

function short(value: number): string {
  if (Number.isNaN(value)) return '';
  // Counts are told whole; a longer number than seven digits is no longer read to the last.
  const digits = Number.isInteger(value) && Math.abs(value) < 1e7 ? value : Number(value.toPrecision(4));
  return String(digits).replace(/^0\./, '.');
}

/** null is a gap. */
export function decoded(text: string): (number | null)[] {
  return text.split(',').flatMap((run) => {
    const [value = '', count = '1'] = run.split('x');
    return new Array<number | null>(Number(count)).fill(value === '' ? null : Number(value));
  });
}
