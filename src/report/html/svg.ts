/**
 * Small pictures: bars, stacked bars, spans of time, and distributions. Widths are shares of whatever room there is, so that
 * text keeps its size on a phone and in print; colours are classes, so that they follow light, dark and paper. Each picture
 * has its content in words.
 */
import { type Content, type Markup, markup } from './markup.js';

const HEIGHT = 14;

/** `label` says in words what the picture shows. */
function picture(height: number, label: string, ...shapes: readonly Content[]): Markup {
  return markup`<svg class="pic" width="100%" height="${height}" role="img" aria-label="${label}">${shapes}</svg>`;
}

/** Per cent with two decimals: fine enough for any screen, and no longer than it has to be. */
function percent(share: number): string {
  return `${+(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
}

function rect(from: number, width: number, y: number, height: number, colour: string): Markup {
  return markup`<rect class="${colour}" x="${percent(from)}" y="${y}" width="${percent(width)}" height="${height}"/>`;
}

/** One bar, `share` of the room long. What is more than nothing shows. */
export function bar(share: number, label: string, colour = 'f1'): Markup {
  const length = share > 0 ? Math.max(share, 0.004) : 0;
  return picture(HEIGHT, label, rect(0, 1, HEIGHT / 2, 1, 'fg'), rect(0, length, 2, HEIGHT - 4, colour));
}

export interface Part {
  readonly name: string;
  readonly value: number;
  /** A class of the style: `f1` to `f8`, `fbad`, `fg`. */
  readonly colour: string;
}

/** Parts of a whole side by side. `scale` is how long the whole is, a share of the room. */
export function stackedBar(parts: readonly Part[], label: string, scale = 1): Markup {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  let from = 0;
  const shapes = parts.map(({ value, colour }) => {
    const width = whole > 0 ? (value / whole) * scale : 0;
    const shape = width > 0 ? rect(from, width, 2, HEIGHT - 4, colour) : '';
    from += width;
    return shape;
  });
  return picture(HEIGHT, label, shapes);
}

/** Stretches of a longer time. However short, each shows. */
export function spans(stretches: readonly (readonly [from: number, to: number])[], label: string): Markup {
  const shapes = stretches.map(([from, to]) => {
    const width = Math.max(0.006, to - from);
    return rect(Math.min(from, 1 - width), width, 2, HEIGHT - 4, 'fbad');
  });
  return picture(HEIGHT, label, rect(0, 1, HEIGHT / 2, 1, 'fg'), shapes);
}

/** Quantiles on an axis shared by all rows of a table; places are shares of it. */
export interface Distribution {
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** A line from the least to the greatest, thick from the median to the 99th percentile, with a mark at each. */
export function distribution(
  { min, p50, p90, p99, max }: Distribution,
  ticks: readonly number[],
  label: string,
): Markup {
  const middle = HEIGHT / 2;
  const grid = ticks.map((tick) => rect(tick, 0.001, 0, HEIGHT, 'fgrid'));
  return picture(
    HEIGHT,
    label,
    grid,
    rect(min, max - min, middle - 0.5, 1, 'f1'),
    rect(p50, p90 - p50, middle - 4, 8, 'f1'),
    rect(p90, p99 - p90, middle - 2, 4, 'f1'),
    [min, max].map((at) => markup`<rect class="f1" x="${percent(at)}" y="${middle - 3}" width="1" height="6"/>`),
    markup`<circle class="dot" cx="${percent(p50)}" cy="${middle}" r="4"/>`,
    markup`<rect class="f5" x="${percent(p99)}" y="${middle - 5}" width="3" height="10"/>`,
  );
}

/** The ends and powers of ten of a logarithmic axis from `least` to `greatest`, both above 0, and where a value lies on it. */
export function logAxis(
  least: number,
  greatest: number,
): { readonly place: (value: number) => number; readonly ticks: readonly number[] } {
  const low = Math.log10(least);
  const high = Math.max(low + 0.1, Math.log10(greatest));
  const place = (value: number) => (value <= least ? 0 : (Math.log10(value) - low) / (high - low));
  const ticks: number[] = [];
  for (let power = Math.ceil(low); power <= Math.floor(high); power++) ticks.push(10 ** power);
  return { place, ticks };
}
