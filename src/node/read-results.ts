/** The folder of a report, read back. Checks that it is one of ours, not every figure in it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPORT_FILES } from '../report/report-files.js';
import type { Results } from '../results/run-result.js';
import { FileError, fileError } from './file-error.js';

const TIMELINE = 'timeline.csv';
const SCHEMA = 'lambdasim/results/1';

export interface ReportFolder {
  readonly results: Results;
  /** Names of those files of a report that are there. */
  readonly files: readonly string[];
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
  const files = REPORT_FILES.filter((name) => existsSync(join(folder, name)));
  return { results, files, timelinePath: files.includes(TIMELINE) ? join(folder, TIMELINE) : undefined };
}

function parsed(text: string, path: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileError(`cannot read ${path}: it is not JSON`, path, 'run the scenario again to write it anew');
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  const missing = schema === SCHEMA ? missingKey(value as object) : undefined;
  if (schema === SCHEMA && missing === undefined) return value as Results;
  const format = typeof schema === 'string' ? `its format is ${schema}` : 'it holds no results';
  throw new FileError(
    `cannot read ${path}: ${missing ?? format}`,
    path,
    missing === undefined
      ? `this version reads ${SCHEMA}, as lambdasim run writes it`
      : 'run the scenario again to write it anew',
  );
}

/** The first part of a results file that is not there or not of its kind, in words. */
function missingKey(value: object): string | undefined {
  const held = value as Readonly<Record<string, unknown>>;
  for (const [key, isOne, kind] of PARTS) {
    if (held[key] === undefined) return `it has no ${key}`;
    if (!isOne(held[key])) return `its ${key} is not ${kind}`;
  }
  return undefined;
}

const isObject = (part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part);

const PARTS: readonly (readonly [key: keyof Results, isOne: (part: unknown) => boolean, kind: string])[] = [
  ['program', isObject, 'an object'],
  ['scenario', isObject, 'an object'],
  ['runs', Array.isArray, 'a list'],
  ['thresholds', Array.isArray, 'a list'],
  ['rules', Array.isArray, 'a list'],
  ['findings', Array.isArray, 'a list'],
  ['warnings', Array.isArray, 'a list'],
];
