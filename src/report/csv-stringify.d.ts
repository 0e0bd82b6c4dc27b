/**
 * The part of `csv-stringify/browser/esm/sync` that is used here. The package's own types pull Node's types into the
 * core, which has to compile without them; `paths` in tsconfig.json points here instead.
 */
export interface StringifyOptions {
  readonly header?: boolean;
  readonly columns?: readonly string[];
  /** Puts a quote before a text that a spreadsheet would run. Numbers keep their minus sign. */
  readonly escape_formulas?: boolean;
  readonly cast?: { readonly boolean?: (value: boolean) => string };
}

export function stringify(records: readonly (readonly unknown[])[], options?: StringifyOptions): string;
