/**
 * From text to a checked scenario, in steps: YAML, `--set`, schema, defaults, cross-checks. What is wrong in one part does
 * not hide what is wrong in another: unusable settings are left out and the rest is read again.
 */
import { type Problem, UsageError } from '../engine/errors.js';
import type { IsoDate } from '../engine/units.js';
import { rulebookOf } from '../rules/rulebook.js';
import { CHECKS, type Check } from './checks/registry.js';
import { NEWEST_DAY, rulesDay } from './checks/rulebook-days.js';
import { reportIssues } from './issues.js';
import { parseYaml } from './parse.js';
import { patchTree, type Replacement } from './patch.js';
import { PathSet } from './path-set.js';
import { ProblemList } from './problem-list.js';
import { partWithout, pruned, withStandIns } from './prune.js';
import { shown } from './quantities/reading.js';
import { type Context, ID_KINDS, type UnreadableFile } from './resolve/context.js';
import { readRuleOverrides } from './resolve/rule-overrides.js';
import { resolveScenario } from './resolve/scenario.js';
import { type ScenarioInput, scenarioSchema } from './schema.js';
import { infoOf, schemaAt } from './schema-walk.js';
import { figureIn } from './threshold.js';
import { keysAt, type Path, placeOf, plainOf, type Tree, treeAt } from './tree.js';
import type { Scenario } from './types.js';

export interface ReadOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly unreadable?: Readonly<Record<string, UnreadableFile>> | undefined;
  readonly fileName: string;
  readonly replacements: readonly Replacement[];
  /** Asked after the checks of this layer. */
  readonly moreChecks: readonly Check[];
}

export interface ReadScenario {
  /** Undefined when the text is no YAML at all. */
  readonly tree: Tree | undefined;
  /** Undefined when there are problems. */
  readonly scenario: Scenario | undefined;
  readonly problems: readonly Problem[];
}

export function readScenario(text: string, options: ReadOptions): ReadScenario {
  if (typeof text !== 'string') throw new UsageError(`a scenario is text, not ${shown(text)}`);
  const problems = new ProblemList(options.fileName);
  const parsed = parseYaml(text, options.fileName, problems);
  if (parsed === undefined) return { tree: undefined, scenario: undefined, problems: problems.all() };
  const tree = patchTree(parsed, options.replacements, problems);
  const usable = readSettings(tree, problems);
  const scenario = usable === undefined ? undefined : resolveAndCheck(tree, usable, options, problems);
  return { tree, scenario: problems.isEmpty ? scenario : undefined, problems: problems.all() };
}

interface Usable {
  readonly input: ScenarioInput;
  /** What was left out of it. */
  readonly left: PathSet;
}

/** What the schema can read of the file. Undefined when there is nothing to go on with. */
function readSettings(tree: Tree, problems: ProblemList): Usable | undefined {
  const left: Path[] = [];
  let rest = tree;
  for (let round = 0; round < 8; round++) {
    const result = scenarioSchema.safeParse(plainOf(rest));
    if (result.success) return { input: result.data, left: new PathSet(left) };
    const { issues } = result.error;
    if (round === 0) {
      const unusable = reportIssues(scenarioSchema, tree, issues, problems);
      // What comes after would not be shown.
      if (problems.isFull || unusable.some((path) => path.length === 0)) return undefined;
      left.push(...unusable.map((path) => partWithout(scenarioSchema, path)));
      rest = pruned(rest, left);
    } else {
      // A required setting that was left out: something stands in for it.
      const standIns = issues.map((issue) => {
        const path = issue.path as Path;
        return { path, value: infoOf(schemaAt(scenarioSchema, path))?.standIn };
      });
      rest = withStandIns(rest, standIns);
    }
  }
  return undefined;
}

function resolveAndCheck(tree: Tree, { input, left }: Usable, options: ReadOptions, problems: ProblemList): Scenario {
  const warnings = new Set<string>();
  const asOf: IsoDate = input.asOf ?? NEWEST_DAY;
  const reportWritten: Context['reportWritten'] = (path, fault) => {
    // An id may be one of those of a section that could not be read.
    const isLostId = fault.code === 'unknown-id' && ID_KINDS.some((kind) => left.covers([kind]));
    if (!isLostId) problems.add(placeOf(tree, path), path, fault);
  };
  const report: Context['report'] = (given, fault, involves = []) => {
    const path = left.withGaps(given);
    const unknown = left.covers(path) || involves.some((other) => left.touches(other));
    const isRestOfList = treeAt(tree, path)?.kind === 'list' && left.touches(path);
    if (!unknown && !isRestOfList) reportWritten(path, fault);
  };
  const overrides = readRuleOverrides(input.rules, rulesDay(asOf), report);
  const context: Context = {
    asOf,
    region: input.region,
    rules: rulebookOf(asOf, overrides),
    files: options.files,
    unreadable: options.unreadable ?? {},
    report,
    reportWritten,
    reportKey: (path, fault) => problems.add(placeOf(tree, path, 'key'), path, fault),
    reportIn: (place, path, fault) => problems.add(place, path, fault),
    isSound: () => problems.isEmpty,
    warn: (message) => {
      warnings.add(message);
    },
    has: (path) => treeAt(tree, left.withGaps(path)) !== undefined,
    lineOf: (path) => {
      const { file, line } = placeOf(tree, left.withGaps(path));
      return file === options.fileName ? line : undefined;
    },
    figures: figuresNamedIn(tree),
    ids: Object.fromEntries(ID_KINDS.map((kind) => [kind, keysAt(tree, [kind])])) as Context['ids'],
  };
  const scenario = { ...resolveScenario(input, nameOf(options.fileName), overrides, context), warnings: [] };
  for (const check of [...CHECKS, ...options.moreChecks]) check(scenario, context);
  return frozen({ ...scenario, warnings: [...warnings] });
}

function figuresNamedIn(tree: Tree): Context['figures'] {
  const list = treeAt(tree, ['thresholds']);
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item, index) => {
    const at: Path = item.kind === 'map' ? ['thresholds', index, 'check'] : ['thresholds', index];
    const written = treeAt(tree, at);
    const path = written?.kind === 'scalar' ? figureIn(written.value) : undefined;
    return path === undefined ? [] : [{ at, path }];
  });
}

/** `scenarios/cold-morning.yaml` is named `cold-morning`. */
function nameOf(fileName: string): string {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return base.replace(/\.ya?ml$/i, '') || 'scenario';
}

function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  // A trace has millions of numbers, which need no visit.
  if (!Array.isArray(value) || typeof value[0] === 'object') for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
