/** One setting explained: its value, where that comes from, and what the setting means. */
import type { Problem } from '../engine/errors.js';
import { ruleNamed } from '../rules/catalogue.js';
import { initDurationOf } from '../rules/init-duration.js';
import type { Certainty } from '../rules/rule.js';
import { versionAt } from '../rules/rule.js';
import { listed, suggestion } from './nearest.js';
import { type ParseOptions, replacementsOf } from './parse-scenario.js';
import { parsePath } from './patch.js';
import { shown } from './quantities/reading.js';
import { readScenario } from './read-scenario.js';
import { resolvedValue } from './resolved-value.js';
import { scenarioSchema } from './schema.js';
import { infoOf, keysOf, schemaAt } from './schema-walk.js';
import { keysAt, type Path, pathText, placeOf, type Tree, treeAt } from './tree.js';
import type { Scenario } from './types.js';

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
  readonly rule?: {
    readonly name: string;
    readonly since: string;
    readonly source: string;
    readonly certainty: Certainty | 'overridden';
  };
  /** What the setting means. */
  readonly sentence: string;
  /** What may be written. */
  readonly form: string;
}

export type Explained =
  | { readonly ok: true; readonly explanation: Explanation }
  /** The problems of the scenario, or the one that there is no such setting. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function explainSetting(text: string, path: string, options: ParseOptions = {}): Explained {
  const fileName = options.fileName ?? 'scenario.yaml';
  const read = readScenario(text, { files: options.files ?? {}, fileName, replacements: replacementsOf(options) });
  if (read.scenario === undefined || read.tree === undefined) return { ok: false, problems: read.problems };
  const steps = parsePath(path);
  const schema = steps === undefined ? undefined : schemaAt(scenarioSchema, steps);
  const info = infoOf(schema);
  const missing = steps === undefined ? 0 : firstMissing(read.tree, steps);
  if (steps === undefined || info === undefined || missing < steps.length) {
    return { ok: false, problems: [noSuchSetting(path, steps, missing, read.tree, fileName)] };
  }
  const node = treeAt(read.tree, steps);
  const written = node === undefined ? undefined : placeOf(read.tree, steps);
  const rule = ruleOf(info.rule, steps, read.scenario);
  return {
    ok: true,
    explanation: {
      path: pathText(steps),
      value: node === undefined ? resolvedValue(read.scenario, steps, info) : treeText(node),
      origin: written === undefined ? 'default' : written.file.startsWith('--') ? 'set' : 'file',
      ...(written === undefined ? {} : written),
      ...(rule === undefined ? {} : { rule }),
      sentence: info.sentence,
      form: info.form,
    },
  };
}

/** The first step that names an id or a list entry which does not exist, else the length of the path. */
function firstMissing(tree: Tree, path: Path): number {
  for (let i = 0; i < path.length; i++) {
    const named = i === 1 && (path[0] === 'functions' || path[0] === 'traffic');
    if ((named || typeof path[i] === 'number') && treeAt(tree, path.slice(0, i + 1)) === undefined) return i;
  }
  return path.length;
}

function noSuchSetting(path: string, steps: Path | undefined, missing: number, tree: Tree, file: string): Problem {
  const problem = { code: 'unknown-path', file, line: 1, column: 1, path: shown(path) };
  if (steps === undefined) return { ...problem, message: 'this is not a path', hint: 'such as functions.api.memory' };
  let depth = 0;
  while (depth < missing && schemaAt(scenarioSchema, steps.slice(0, depth + 1)) !== undefined) depth++;
  const parent = steps.slice(0, depth);
  const words = keysOf(schemaAt(scenarioSchema, parent));
  const known = words.length > 0 ? words : keysAt(tree, parent);
  const step = shown(steps[depth]);
  const isId = parent.length === 1 && (parent[0] === 'functions' || parent[0] === 'traffic');
  if (words.length === 0 && !isId && parent.length > 0) {
    return { ...problem, message: `${pathText(parent)} is one setting`, hint: `ask for ${pathText(parent)}` };
  }
  const hint = suggestion(step, known) || (known.length === 0 ? '' : `such as ${listed(known.slice(0, 5))}`);
  const owner = parent.length === 0 ? 'a scenario' : pathText(parent);
  return { ...problem, message: isId ? `there is no ${step} in ${owner}` : `${owner} has no setting ${step}`, hint };
}

function ruleOf(name: string | undefined, path: Path, scenario: Scenario): Explanation['rule'] {
  if (name === undefined) return undefined;
  if (name === 'init-duration') {
    const fn = scenario.functions.find(({ id }) => id === path[1]);
    if (fn === undefined) return undefined;
    const { source, certainty } = initDurationOf({ ...fn, asOf: scenario.asOf });
    return { name, since: scenario.asOf, source, certainty };
  }
  const rule = ruleNamed(name);
  if (rule === undefined) return undefined;
  const { from, source, certainty } = versionAt(rule, scenario.asOf);
  return { name, since: from, source, certainty: Object.hasOwn(scenario.rules, name) ? 'overridden' : certainty };
}

/** A setting as a flow of YAML, shortened nowhere. */
function treeText(tree: Tree): string {
  if (tree.kind === 'scalar') return tree.source === '' ? shown(tree.value) : tree.source;
  if (tree.kind === 'list') return `[${tree.items.map(treeText).join(', ')}]`;
  return `{ ${[...tree.entries].map(([key, { value }]) => `${key}: ${treeText(value)}`).join(', ')} }`;
}
