/**
 * Figures of the results as elements that say which figure they are: a reader sees the rounded text, a script or a test the
 * number, its path and its format.
 */
import { type Figure, share } from '../../engine/format.js';
import { FigureReader, FORMATS, type FormatName } from '../figure-reader.js';
import { type Markup, markup } from './markup.js';

export class Figures extends FigureReader {
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
