/** Name and version of this program, as package.json says: the one place that reads them. */
import { readFileSync } from 'node:fs';

export interface ProgramName {
  readonly name: string;
  readonly version: string;
}

export function programName(): ProgramName {
  // Both src/node and dist/node lie two folders below package.json.
  const { name, version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as ProgramName;
  return { name, version };
}
