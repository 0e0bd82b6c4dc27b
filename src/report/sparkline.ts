/** A course over time in one line of text: eighths of a block, from 0 to the greatest value; a space where nothing is known. */
const EIGHTHS = '▁▂▃▄▅▆▇█';

/** At most `width` characters; where values share one, the greatest of them shows. */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const columns = Math.min(width, values.length);
  const tops = new Array<number>(columns).fill(Number.NaN);
  for (let index = 0; index < values.length; index++) {
    const column = Math.floor((index * columns) / values.length);
    const value = values[index]!;
    if (!Number.isNaN(value) && !(tops[column]! >= value)) tops[column] = value;
  }
  const greatest = tops.reduce((most, value) => (value > most ? value : most), 0);
  return tops
    .map((value) => {
      if (Number.isNaN(value)) return ' ';
      return greatest > 0 ? EIGHTHS[Math.min(7, Math.floor((value / greatest) * 8))] : EIGHTHS[0];
    })
    .join('');
}

/** The greatest value there is; undefined where there is none. */
export function greatestOf(values: ArrayLike<number>): number | undefined {
  let greatest: number | undefined;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isNaN(value) && !(greatest !== undefined && greatest >= value)) greatest = value;
  }
  return greatest;
}
