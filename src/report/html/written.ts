/** A value of a chart in words, the same on the axis, under the cursor and in the summary below. */
import { plainNumber, shortCount, shortDuration } from '../../engine/format.js';

export type Unit = 'count' | 'ms' | 's' | 'usd';

export function written(unit: Unit, value: number): string {
  if (unit === 'ms') return shortDuration(value);
  if (unit === 's') return shortDuration(value * 1000);
  if (unit === 'usd') return `$${plainNumber(+value.toPrecision(3))}`;
  return shortCount(Number.isInteger(value) ? value : +value.toPrecision(4));
}

/** A mark of a logarithmic axis: 100 s is no 1.67 min there. */
export function powerOfTenMs(ms: number): string {
  return ms < 1000 ? `${plainNumber(ms)} ms` : `${plainNumber(ms / 1000)} s`;
}
