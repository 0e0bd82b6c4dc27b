/** One setting explained: its value, where that comes from, and what the setting means. */
import type { Problem } from '../engine/errors.js';
import { explainRule } from './explain-rule.js';
import { listed, suggestion } from './nearest.js';
import { type ParseOptions, replacementsOf } from './parse-scenario.js';
import { parsePath } from './patch.js';
import { shown } from './quantities/reading.js';
import { readScenario } from './read-scenario.js';
import { ID_KINDS } from './resolve/context.js';
import { resolvedValue } from './resolved-value.js';
import { type RuleBehind, ruleBehind } from './rule-behind.js';
import { scenarioSchema } from './schema.js';
import { infoOf, keysOf, schemaAt } from './schema-walk.js';
import { keysAt, type Path, pathText, placeOf, type Tree, treeAt, treeText } from './tree.js';

export interface Explanation {
  readonly path: string;
  /** In the form of the file; `none` where nothing is set and there is no default. */
  readonly value: string;
  readonly origin: 'default' | 'file' | 'set';
  /** Where it is written, unless it is a default. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The AWS rule behind a default or a range. */
  readonly rule?: RuleBehind;
  /** What the setting means. */
  readonly sentence: string;
  /** What may be written. */
  readonly form: string;
}

export type Explained =
  | { readonly ok: true; readonly explanation: Explanation }
  /** The problems of the scenario, or the one that there is no such setting. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `path` is what was asked for; when it names no setting, the problem points into it as the file `PATH`. */
export function explainSetting(text: string, path: string, options: ParseOptions = {}): Explained {
  const fileName = options.fileName ?? 'scenario.yaml';
  const read = readScenario(text, {
    files: options.files ?? {},
    unreadable: options.unreadable,
    fileName,
    replacements: replacementsOf(options),
    moreChecks: [],
  });
  if (read.scenario === undefined || read.tree === undefined) return { ok: false, problems: read.problems };
  const steps = parsePath(path);
  if (steps === undefined) {
    return { ok: false, problems: [wrongPath(path, 1, 'this is not a path', 'such as functions.api.memory')] };
  }
  const node = treeAt(read.tree, steps);
  const written = node === undefined ? undefined : placeOf(read.tree, steps);
  const place: Pick<Explanation, 'origin' | 'file' | 'line' | 'column'> =
    written === undefined
      ? { origin: 'default' }
      : { origin: written.file.startsWith('--') ? 'set' : 'file', ...written };
  if (steps[0] === 'rules' && steps.length > 1) {
    const part = explainRule(read.scenario, steps, node);
    if (!part.ok) return { ok: false, problems: [unknownStep(path, steps, part.depth, part.known)] };
    return { ok: true, explanation: { path: pathText(steps), ...place, ...part.about } };
  }
  const info = infoOf(schemaAt(scenarioSchema, steps));
  const missing = firstMissing(read.tree, steps);
  if (info === undefined || missing < steps.length) {
    return { ok: false, problems: [noSuchSetting(path, steps, missing, read.tree)] };
  }
  const rule = ruleBehind(read.scenario, read.tree, steps, info.rule);
  return {
    ok: true,
    explanation: {
      path: pathText(steps),
      value: node === undefined ? resolvedValue(read.scenario, steps, info) : treeText(node),
      ...place,
      ...(rule === undefined ? {} : { rule }),
      sentence: info.sentence,
      form: info.form,
    },
  };
}

/** The first step that names an id or a list entry which does not exist, else the length of the path. */
function firstMissing(tree: Tree, path: Path): number {
  for (let i = 0; i < path.length; i++) {
    const isNamed = i === 1 && NAMED.has(String(path[0]));
    if ((isNamed || typeof path[i] === 'number') && treeAt(tree, path.slice(0, i + 1)) === undefined) return i;
  }
  return path.length;
}

function noSuchSetting(path: string, steps: Path, missing: number, tree: Tree): Problem {
  let depth = 0;
  while (depth < missing && schemaAt(scenarioSchema, steps.slice(0, depth + 1)) !== undefined) depth++;
  const parent = steps.slice(0, depth);
  const words = keysOf(schemaAt(scenarioSchema, parent));
  return unknownStep(path, steps, depth, words.length > 0 ? words : keysAt(tree, parent));
}

/** The step after the first `depth` is none of the `known`; where none are known, what stands there is one value. */
function unknownStep(path: string, steps: Path, depth: number, known: readonly string[]): Problem {
  const parent = pathText(steps.slice(0, depth));
  const column = depth === 0 ? 1 : parent.length + 2;
  const isName = depth === 1 && NAMED.has(String(steps[0]));
  if (known.length === 0 && !isName && depth > 0) {
    return wrongPath(path, column, `${parent} is one setting`, `ask for ${parent}`);
  }
  const step = shown(steps[depth]);
  const hint = suggestion(step, known) || (known.length === 0 ? '' : `such as ${listed(known.slice(0, 5))}`);
  const owner = depth === 0 ? 'a scenario' : parent;
  return wrongPath(path, column, isName ? `there is no ${step} in ${owner}` : `${owner} has no setting ${step}`, hint);
}

const NAMED: ReadonlySet<string> = new Set([...ID_KINDS, 'rules']);

/** The column is that of a path written with dots. */
function wrongPath(path: string, column: number, message: string, hint: string): Problem {
  return { code: 'unknown-path', file: 'PATH', line: 1, column, path: shown(path), message, hint };
}
