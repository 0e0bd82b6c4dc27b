/**
 * Figures of the results as elements that say which figure they are: a reader sees the rounded text, a script or a test the
 * number, its path and its format. With replications a figure is the mean over them.
 */
import {
  count,
  duration,
  type Figure,
  money,
  plainNumber,
  share,
  shortCount,
  shortDuration,
} from '../../engine/format.js';
import type { Results } from '../../results/run-result.js';
import { overRuns } from '../over-runs.js';
import { type Markup, markup } from './markup.js';

export const FORMATS = {
  count,
  shortCount,
  duration,
  shortDuration,
  share,
  number: plainNumber,
  usd: (value: Figure) => money(value, 2),
} as const satisfies Record<string, (value: Figure) => string>;

export type FormatName = keyof typeof FORMATS;

export class Figures {
  constructor(readonly results: Results) {}

  /** The mean of what lies at `path` in the runs that have it; null when none has. */
  at(...path: readonly string[]): number | null {
    return overRuns(this.results, (run) => numberAt(run, path));
  }

  /** Whether any run has a figure there that is not 0. */
  has(...path: readonly string[]): boolean {
    return (this.at(...path) ?? 0) !== 0;
  }

  /** Ids of a kind of resource, in the order of the results. */
  ids(kind: string): readonly string[] {
    return this.idsAt(kind);
  }

  /** Up to `most` ids, those with the greatest figure, in the order of the results. */
  busiest(kind: string, load: string, most: number): readonly string[] {
    const ids = this.ids(kind);
    if (ids.length <= most) return ids;
    const loads = new Map(ids.map((id) => [id, this.at(kind, id, load) ?? 0]));
    const kept = new Set([...ids].sort((a, b) => loads.get(b)! - loads.get(a)!).slice(0, most));
    return ids.filter((id) => kept.has(id));
  }

  /** Keys of what lies at `path` in the first run. */
  idsAt(...path: readonly string[]): readonly string[] {
    const found = valueAt(this.results.runs[0], path);
    return typeof found === 'object' && found !== null ? Object.keys(found) : [];
  }

  show(format: FormatName, ...path: readonly string[]): Markup {
    return figure(FORMATS[format], this.at(...path), path.join('.'), format);
  }

  /** A part of a whole, which may be a sum of figures. */
  share(part: readonly string[], ...wholes: readonly (readonly string[])[]): Markup {
    const whole = wholes.reduce((sum, path) => sum + (this.at(...path) ?? 0), 0);
    const of = this.at(...part);
    const value = whole === 0 || of === null ? null : of / whole;
    return figure(share, value, `${part.join('.')}/${wholes.map((path) => path.join('.')).join('+')}`, 'share');
  }
}

/** A figure that was computed, or that has no path in a run. */
export function figure(format: (value: Figure) => string, value: Figure, path?: string, formatName?: string): Markup {
  const text = format(value);
  if (value === null || value === undefined) return markup`<span class="none">${text}</span>`;
  if (path === undefined) return markup`<data value="${value}">${text}</data>`;
  return markup`<data value="${value}" data-p="${path}" data-f="${formatName}">${text}</data>`;
}

function numberAt(run: unknown, path: readonly string[]): number | null {
  const found = valueAt(run, path);
  return typeof found === 'number' ? found : null;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}
