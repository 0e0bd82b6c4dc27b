/** A scenario from a file: its text, the files it names, and what the scenario layer makes of them. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ScenarioError } from '../engine/errors.js';
import {
  decodeScenario,
  filesNamedBy,
  type ParsedScenario,
  type ParseOptions,
  parseScenario,
} from '../scenario/parse-scenario.js';
import { fileError } from './file-error.js';

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
  /** Name, as the scenario writes it → content. A file that cannot be read is left out and becomes a problem at its place. */
  readonly files: Readonly<Record<string, string>>;
}

/** Throws FileError when the scenario cannot be read, ScenarioError when it is no text. Names in it start from its own folder. */
export async function readScenarioText(path: string): Promise<ScenarioText> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw fileError('read', path, error);
  }
  const decoded = decodeScenario(bytes, path);
  if ('problem' in decoded) throw new ScenarioError([decoded.problem]);
  const { text } = decoded;
  const files: Record<string, string> = {};
  for (const name of filesNamedBy(text)) {
    try {
      files[name] = await readFile(resolve(dirname(path), name), 'utf8');
    } catch {
      // The scenario layer says so, with the line that names it.
    }
  }
  return { text, files };
}

/** Throws FileError when the scenario cannot be read, ScenarioError when it is no text; other problems are in the answer. */
export async function readScenario(path: string, changes: ScenarioChanges = {}): Promise<ParsedScenario> {
  const { text, files } = await readScenarioText(path);
  return parseScenario(text, parseOptions(path, files, changes));
}

/** The changes in the words of `parseScenario`; what is not set is not there. */
export function parseOptions(
  path: string,
  files: Readonly<Record<string, string>>,
  changes: ScenarioChanges,
): ParseOptions {
  const { seed, replications, duration, asOf, set } = changes;
  return {
    fileName: path,
    files,
    ...(seed === undefined ? {} : { seed }),
    ...(replications === undefined ? {} : { replications }),
    ...(duration === undefined ? {} : { duration }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(set === undefined ? {} : { sets: set }),
  };
}
