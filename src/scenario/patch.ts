/** `--set path=value`: one setting of the tree replaced or added before anything is checked, so a wrong one is reported like any other. */
import { listed, nearest } from './nearest.js';
import { parseYaml } from './parse.js';
import type { ProblemList } from './problem-list.js';
import { type Fault, shown } from './quantities/reading.js';
import { ID_KINDS } from './resolve/context.js';
import { type Entry, keysAt, type Path, type Place, pathText, type Tree } from './tree.js';

export interface Replacement {
  /** `functions.api.memory`, `traffic.web.stages[1].rate` or `traffic.web.stages.1.rate`. */
  readonly path: string;
  /** YAML: a number, a word, a flow map. */
  readonly value: string;
  /** Where it was written, for positions; `--set` unless given. */
  readonly origin?: string;
}

/** Steps of a dotted path; undefined when it is none. Keys that hold a dot themselves are written in brackets, `["p99.9"]`. */
export function parsePath(text: string): Path | undefined {
  const steps: (string | number)[] = [];
  const step = /(?:^|\.)([^.[\]"=\s]+)|\[(\d+)\]|\["([^"]+)"\]/gy;
  let position = 0;
  if (text.startsWith('.')) return undefined;
  while (position < text.length) {
    step.lastIndex = position;
    const match = step.exec(text);
    if (match === null) return undefined;
    const [, key, index, quoted] = match;
    if (key === '__proto__' || quoted === '__proto__') return undefined;
    steps.push(index === undefined ? (key ?? quoted)! : Number(index));
    position = step.lastIndex;
  }
  return steps.length === 0 ? undefined : steps;
}

/** The tree with the replacements made in order. What cannot be made is reported; positions count from the start of `path=value`, a line each. */
export function patchTree(tree: Tree, replacements: readonly Replacement[], problems: ProblemList): Tree {
  let patched = tree;
  const lines = new Map<string, number>();
  for (const { path, value, origin = '--set' } of replacements) {
    const line = (lines.get(origin) ?? 0) + 1;
    lines.set(origin, line);
    const start: Place = { file: origin, line, column: 1 };
    const steps = parsePath(path);
    if (steps === undefined) {
      problems.add(start, [], {
        code: 'bad-set',
        message: `${shown(path)} is not a path`,
        hint: 'such as functions.api.memory=512MB',
      });
      continue;
    }
    if (value.trim() === '') {
      const hint = `write the value behind it, or ${path}=null for none`;
      problems.add(start, steps, { code: 'bad-set', message: `${path}= has no value`, hint });
      continue;
    }
    const strange = unknownId(patched, steps);
    if (strange !== undefined) {
      problems.add(start, steps, strange);
      continue;
    }
    // Padding puts the positions of the value where it stands behind `path=`; an option of its own has the value alone.
    const before = origin === '--set' ? path.length + 1 : 0;
    const parsed = parseYaml(
      `${'\n'.repeat(line - 1)}${' '.repeat(before)}${value.replace(/[\r\n]+/g, ' ')}`,
      origin,
      problems,
    );
    if (parsed === undefined) continue;
    try {
      patched = withValue(patched, steps, 0, parsed, start);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      problems.add(start, steps, { code: 'bad-set', message: error.message, hint: error.hint });
    }
  }
  return patched;
}

/** A setting of a function, queue ... that is not there would make a new one with nothing else in it; a whole new one may be set. */
function unknownId(tree: Tree, [part, id, ...rest]: Path): Fault | undefined {
  if (typeof part !== 'string' || typeof id !== 'string' || rest.length === 0) return undefined;
  if (!(ID_KINDS as readonly string[]).includes(part)) return undefined;
  const known = keysAt(tree, [part]);
  if (known.length === 0 || known.includes(id)) return undefined;
  const near = nearest(id, known);
  const hint =
    near === undefined ? `use ${listed(known.slice(0, 5))}, or set all of ${part}.${id}` : `did you mean ${near}?`;
  return { code: 'bad-set', message: `there is no ${shown(id)} in ${part}`, hint };
}

/** The path does not fit the tree; thrown inside this file only. */
class Misfit extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

function withValue(tree: Tree | undefined, path: Path, depth: number, value: Tree, at: Place): Tree {
  const step = path[depth];
  if (step === undefined) return value;
  if (tree?.kind === 'list') {
    const index = typeof step === 'number' ? step : /^\d+$/.test(step) ? Number(step) : -1;
    if (index < 0 || index >= tree.items.length) {
      throw new Misfit(
        `${pathText(path.slice(0, depth))} has ${tree.items.length} entries, and ${shown(step)} is none of them`,
        `use 0 to ${tree.items.length - 1}`,
      );
    }
    const items = [...tree.items];
    items[index] = withValue(items[index], path, depth + 1, value, at);
    return { ...tree, items };
  }
  if (typeof step === 'number') {
    const place = pathText(path.slice(0, depth)) || 'the scenario';
    if (tree === undefined)
      throw new Misfit(`${place} is not written, so it has no entry ${step}`, `set all of ${place}`);
    throw new Misfit(`${place} is not a list`, 'name a key');
  }
  // A plain value gives way to a map: `response: 1KB` may become `response.size`.
  const map = tree?.kind === 'map' ? tree : { kind: 'map' as const, entries: new Map<string, Entry>(), at };
  const entries = new Map(map.entries);
  const old = entries.get(step);
  entries.set(step, { keyAt: old?.keyAt ?? at, value: withValue(old?.value, path, depth + 1, value, at) });
  return { ...map, entries };
}
