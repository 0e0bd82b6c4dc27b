/** The folder of a report, read back. Checks that it is one of ours, not every figure in it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results } from '../results/run-result.js';
import { FileError, fileError } from './file-error.js';

export interface ReportFolder {
  readonly results: Results;
  /** Path of timeline.csv, when it is there. */
  readonly timelinePath: string | undefined;
}

/** Throws FileError when `folder` holds no results.json of this format. */
export async function readResults(folder: string): Promise<ReportFolder> {
  const path = join(folder, 'results.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw fileError('read', path, error);
  }
  const results = parsed(text, path);
  const timelinePath = join(folder, 'timeline.csv');
  return { results, timelinePath: existsSync(timelinePath) ? timelinePath : undefined };
}

function parsed(text: string, path: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileError(`cannot read ${path}: it is not JSON`, path, 'run the scenario again to write it anew');
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema === 'lambdasim/results/1' && hasLists(value as object)) return value as Results;
  throw new FileError(
    `cannot read ${path}: ${typeof schema === 'string' ? `its format is ${schema}` : 'it holds no results'}`,
    path,
    'this version reads lambdasim/results/1, as lambdasim run writes it',
  );
}

function hasLists(value: object): boolean {
  const lists = ['runs', 'thresholds', 'rules', 'findings', 'warnings'] as const;
  const held = value as Readonly<Record<string, unknown>>;
  return (
    lists.every((name) => Array.isArray(held[name])) && typeof held.scenario === 'object' && held.scenario !== null
  );
}
