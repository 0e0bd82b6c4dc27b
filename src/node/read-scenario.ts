/** A scenario from a file: its text, the files it names, and what the scenario layer makes of them. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ScenarioError } from '../engine/errors.js';
import { decodeScenario, filesNamedBy, type ParsedScenario, type ParseOptions } from '../scenario/parse-scenario.js';
import type { UnreadableFile } from '../scenario/resolve/context.js';
import { parseBillable } from '../study/parse-billable.js';
import { FileError, fileError } from './file-error.js';
import { readText } from './read-text.js';

/** A scenario of more than 1 MB is refused with better words, once it is in memory. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** What a command line or a program sets on top of the file. */
export interface ScenarioChanges {
  readonly seed?: number | string;
  readonly replications?: number;
  readonly duration?: string;
  readonly asOf?: string;
  readonly set?: readonly { readonly path: string; readonly value: string }[];
}

export interface ScenarioText {
  readonly text: string;
  /** Name, as the scenario writes it → content. A file in neither is missing. */
  readonly files: Readonly<Record<string, string>>;
  /** Name → why there is no content; becomes a problem at its place. */
  readonly unreadable: Readonly<Record<string, UnreadableFile>>;
}

/** Throws FileError when the scenario cannot be read, ScenarioError when it is no text. Names in it start from its own folder. */
export async function readScenarioText(path: string): Promise<ScenarioText> {
  let bytes: Uint8Array;
  try {
    const found = await stat(path);
    // A pipe could keep the program waiting for ever.
    if (!found.isFile() && !found.isDirectory()) {
      const hint = 'write the scenario to a file first';
      throw new FileError(`cannot read ${path}: it is not a regular file`, path, hint);
    }
    if (found.size > LARGEST_BYTES) throw new FileError(`cannot read ${path}: it is larger than 64 MB`, path);
    bytes = await readFile(path);
  } catch (error) {
    throw error instanceof FileError ? error : fileError('read', path, error);
  }
  const decoded = decodeScenario(bytes, path);
  if ('problem' in decoded) throw new ScenarioError([decoded.problem]);
  const { text } = decoded;
  const files: Record<string, string> = {};
  const unreadable: Record<string, UnreadableFile> = {};
  for (const name of filesNamedBy(text)) {
    const content = await readText(resolve(dirname(path), name));
    // Of one that is missing or cannot be read the scenario layer says so, with the line that names it.
    if (content.kind === 'text') files[name] = content.text;
    else if (content.kind === 'unreadable') unreadable[name] = content;
  }
  return { text, files, unreadable };
}

/** Throws FileError when the scenario cannot be read, ScenarioError when it is no text; other problems are in the answer. */
export async function readScenario(path: string, changes: ScenarioChanges = {}): Promise<ParsedScenario> {
  const read = await readScenarioText(path);
  return parseBillable(read.text, parseOptions(path, read, changes));
}

/** The changes in the words of `parseScenario`; what is not set is not there. */
export function parseOptions(
  path: string,
  { files, unreadable }: Omit<ScenarioText, 'text'>,
  changes: ScenarioChanges,
): ParseOptions {
  const { seed, replications, duration, asOf, set } = changes;
  return {
    fileName: path,
    files,
    unreadable,
    ...(seed === undefined ? {} : { seed }),
    ...(replications === undefined ? {} : { replications }),
    ...(duration === undefined ? {} : { duration }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(set === undefined ? {} : { sets: set }),
  };
}
