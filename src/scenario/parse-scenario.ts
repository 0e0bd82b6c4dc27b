/** The entry of this layer: a scenario's text in, a checked scenario or every problem out. Pure: files are handed in as text. */
import { type Problem, UsageError } from '../engine/errors.js';
import type { Check } from './checks/registry.js';
import { parseYaml } from './parse.js';
import type { Replacement } from './patch.js';
import { ProblemList } from './problem-list.js';
import { shown } from './quantities/reading.js';
import { readScenario } from './read-scenario.js';
import type { UnreadableFile } from './resolve/context.js';
import { type Tree, treeAt } from './tree.js';
import type { Scenario } from './types.js';
import { decodeUtf8 } from './utf8.js';

export interface ParseOptions {
  /** Name as written in the scenario → text, for traces and samples. */
  readonly files?: Readonly<Record<string, string>>;
  /** Those that are there and cannot be read, by the same names. */
  readonly unreadable?: Readonly<Record<string, UnreadableFile>>;
  /** For positions and the default name; `scenario.yaml` unless given. */
  readonly fileName?: string;
  /** Settings that replace those of the file, in order. */
  readonly sets?: readonly { readonly path: string; readonly value: string }[];
  readonly seed?: number | string;
  readonly replications?: number | string;
  /** Such as `2h`. */
  readonly duration?: string;
  readonly asOf?: string;
}

export interface ParsedScenario {
  /** Deeply frozen; undefined when there are problems. */
  readonly scenario: Scenario | undefined;
  /** In the order of the file, at most 100 and a count of the rest. */
  readonly problems: readonly Problem[];
}

/**
 * `moreChecks` look at what this layer knows nothing of, such as prices; their problems are among the others. Throws a
 * UsageError for a text or a file that is no text.
 */
export function parseScenario(
  text: string,
  options: ParseOptions = {},
  moreChecks: readonly Check[] = [],
): ParsedScenario {
  for (const [name, file] of Object.entries(options.files ?? {})) {
    if (typeof file !== 'string') throw new UsageError(`files[${JSON.stringify(name)}] is text, not ${shown(file)}`);
  }
  const { scenario, problems } = readScenario(text, {
    files: options.files ?? {},
    unreadable: options.unreadable,
    fileName: options.fileName ?? 'scenario.yaml',
    replacements: replacementsOf(options),
    moreChecks,
  });
  return { scenario, problems };
}

/** All that replaces settings of the file; the options of their own come last and win. */
export function replacementsOf({
  sets = [],
  seed,
  replications,
  duration,
  asOf,
}: ParseOptions): readonly Replacement[] {
  const own = (origin: string, path: string, value: string | number | undefined): Replacement[] =>
    value === undefined ? [] : [{ origin, path, value: String(value) }];
  const seedText = typeof seed === 'string' && !/^-?\d+$/.test(seed) ? JSON.stringify(seed) : seed;
  return [
    ...sets,
    ...own('--seed', 'run.seed', seedText),
    ...own('--replications', 'run.replications', replications),
    ...own('--duration', 'run.duration', duration),
    ...own('--as-of', 'asOf', asOf),
  ];
}

/** The text of a scenario file, or the problem that it is not UTF-8. */
export function decodeScenario(
  bytes: Uint8Array,
  fileName = 'scenario.yaml',
): { readonly text: string } | { readonly problem: Problem } {
  const decoded = decodeUtf8(bytes);
  if (decoded.ok) return { text: decoded.text };
  const { line, column } = decoded;
  return {
    problem: {
      code: 'invalid-utf8',
      file: fileName,
      line,
      column,
      path: '',
      message: 'the file is not valid UTF-8',
      hint: 'save it as UTF-8 text',
    },
  };
}

/** The files a scenario names, as written and each once; none when the text is no YAML. A caller with a file system reads them first. */
export function filesNamedBy(text: string): readonly string[] {
  const tree = parseYaml(text, '', new ProblemList(''));
  if (tree === undefined) return [];
  const names = new Set<string>();
  for (const part of ['functions', 'dependencies', 'traffic']) {
    const resources = treeAt(tree, [part]);
    if (resources !== undefined) collect(resources, '', names);
  }
  return [...names];
}

function collect(tree: Tree, key: string, names: Set<string>): void {
  if (tree.kind === 'scalar') return;
  if (tree.kind === 'list') {
    for (const item of tree.items) collect(item, key, names);
    return;
  }
  for (const [name, { value }] of tree.entries) {
    const namesFile = name === 'samples' || (name === 'file' && key === 'trace');
    if (namesFile && value.kind === 'scalar' && typeof value.value === 'string') names.add(value.value);
    collect(value, name, names);
  }
}
