/** The colours a terminal report may use. Whoever owns the terminal hands them in; without them the text is plain. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const same = (text: string): string => text;

export const NO_COLOURS: Palette = { bold: same, dim: same, red: same, green: same, yellow: same };
