/** The colours of the style sheet, for what is drawn on a canvas: light, dark, or on paper. */

export interface Theme {
  readonly muted: string;
  readonly grid: string;
  readonly limit: string;
  /** What charts are drawn on. */
  readonly card: string;
  readonly span: string;
  /** By number; 0 is that of trouble. */
  readonly series: readonly string[];
  readonly font: string;
  /** In device pixels. */
  readonly canvasFont: string;
}

export function themeNow(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const family = getComputedStyle(document.body).fontFamily;
  return {
    muted: colour('muted'),
    grid: colour('line'),
    limit: colour('ink'),
    card: colour('card'),
    span: colour('span'),
    series: [colour('bad'), ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`c${number}`))],
    font: `11px ${family}`,
    canvasFont: `${11 * devicePixelRatio}px ${family}`,
  };
}
