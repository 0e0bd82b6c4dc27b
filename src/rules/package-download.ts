/**
 * Rule     A larger package takes longer to bring to a new environment.
 * Numbers  500 us for each MB of the package.
 * Era      The same since the first day covered.
 * Source   Third-party figures (alexmayhew.dev): 10 ms to 30 ms at 1 MB, 200 ms to 400 ms at 50 MB, imports included; read 2026-11-21.
 * Assumes  What `assumes` says, which `lambdasim rules` prints.
 */
import { type Bytes, MB, MILLISECOND, type Micros } from '../engine/units.js';
import type { Rule } from './rule.js';

export interface PackageDownload {
  readonly perMb: Micros;
}

export const packageDownload: Rule<PackageDownload> = {
  name: 'package-download',
  statement: 'A cold start takes 0.5 ms longer for each MB of the package.',
  assumes:
    "The download alone, linear in the size, the same for zip files and images. Import time is part of a function's `init`.",
  fields: { perMb: 'duration' },
  versions: [
    {
      from: '2018-01-01',
      value: { perMb: 0.5 * MILLISECOND },
      certainty: 'assumed',
      source: 'Chosen below third-party figures that include imports (alexmayhew.dev)',
      read: '2026-11-21',
    },
  ],
};

/** Whole microseconds for a package; 0 where no size is given. */
export function downloadTime(value: PackageDownload, packageSize: Bytes | undefined): Micros {
  return packageSize === undefined ? 0 : Math.round((value.perMb * packageSize) / MB);
}
