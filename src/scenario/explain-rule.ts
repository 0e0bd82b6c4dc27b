/** `rules.<name>`, one value of a rule or a part of a value explained: what is in force, from the scenario or from AWS's rule of the day. */
import { allRules, fieldsOf, ruleNamed } from '../rules/catalogue.js';
import {
  certaintyOf,
  type FieldKind,
  type Known,
  knownOf,
  type Rule,
  type RuleVersion,
  versionAt,
} from '../rules/rule.js';
import type { Written } from './dist-written.js';
import type { Explanation } from './explain.js';
import { listed } from './nearest.js';
import { readDuration } from './quantities/duration.js';
import { readSize } from './quantities/size.js';
import { ruleWritten } from './rule-written.js';
import { keysAt, type Path, type Place, type Tree, treeAt, treeText } from './tree.js';
import type { Scenario } from './types.js';

export type RulePart =
  | { readonly ok: true; readonly about: Pick<Explanation, 'value' | 'rule' | 'sentence' | 'form'> }
  /** The first `depth` steps exist, and the next is none of `known`. */
  | { readonly ok: false; readonly depth: number; readonly known: readonly string[] };

/** `path` begins with `rules` and has a second step at least; `written` is what the scenario has at it. */
export function explainRule(scenario: Scenario, path: Path, written: Tree | undefined): RulePart {
  const rule = ruleNamed(String(path[1]));
  if (rule === undefined) return { ok: false, depth: 1, known: allRules.map(({ name }) => name) };
  const version = versionAt(rule, scenario.asOf);
  const overridden = Object.hasOwn(scenario.rules, rule.name) ? scenario.rules[rule.name] : undefined;
  const inForce = asTree(ruleWritten(rule.name, { ...version.value, ...overridden }));
  for (let depth = 2; depth < path.length; depth++) {
    const above = path.slice(2, depth);
    if (treeAt(inForce, path.slice(2, depth + 1)) === undefined)
      return { ok: false, depth, known: keysAt(inForce, above) };
  }
  const { from, source } = version;
  // A map in the file replaces single entries; anything else stands as it is written.
  const asWritten = written !== undefined && written.kind !== 'map';
  return {
    ok: true,
    about: {
      value: treeText(asWritten ? written : treeAt(inForce, path.slice(2))!),
      rule: { name: rule.name, since: from, source, ...knownAt(version, path, written, overridden) },
      sentence: rule.statement,
      form: formOf(rule, path, treeAt(inForce, path.slice(2))!),
    },
  };
}

/** The whole rule is known in parts, a value of it in one way. */
function knownAt(
  version: RuleVersion<object>,
  [, , field]: Path,
  written: Tree | undefined,
  overridden: Readonly<Record<string, unknown>> | undefined,
): Known {
  if (field === undefined) return knownOf(version, overridden);
  return { certainty: written === undefined ? certaintyOf(version, String(field)) : 'overridden' };
}

const FORMS: Readonly<Record<Exclude<FieldKind, readonly string[]>, string>> = {
  number: 'a number from 0',
  count: 'a whole number from 0',
  share: 'a share such as 5%',
  flag: 'true or false',
  duration: 'a duration such as 3s',
  distribution: 'a duration such as 45ms, or a distribution such as { p50: 45ms, p99: 400ms }',
  size: 'a size such as 6MB',
  text: 'text',
  table: 'a map of what to replace',
};

function formOf(rule: Rule<object>, path: Path, part: Tree): string {
  const fields = fieldsOf(rule);
  if (path.length === 2) return `a map of ${Object.keys(fields).join(', ')}`;
  const kind = fields[String(path[2])]!;
  if (typeof kind !== 'string') return listed(kind);
  const isPartOfValue = path.length > 3;
  if (kind !== 'table' && !isPartOfValue) return FORMS[kind];
  if (part.kind === 'map') return kind === 'table' ? FORMS.table : 'a map';
  if (part.kind === 'list') return 'a list in place of this one';
  return FORMS[kindOfCell(part.value)];
}

/** What a part of a value is, by its own notation. */
function kindOfCell(written: unknown): 'number' | 'flag' | 'duration' | 'size' | 'text' {
  if (typeof written === 'number') return 'number';
  if (typeof written === 'boolean') return 'flag';
  if (written === null || readDuration(written).ok) return 'duration';
  return readSize(written).ok ? 'size' : 'text';
}

const NOWHERE: Place = { file: '', line: 1, column: 1 };

/** The notation of the file is walked, not the rule's own values: a path means the same there and here. */
function asTree(written: Written): Tree {
  if (written === null || typeof written !== 'object') {
    return { kind: 'scalar', value: written, source: String(written), at: NOWHERE };
  }
  if (Array.isArray(written)) return { kind: 'list', items: written.map(asTree), at: NOWHERE };
  const entries = Object.entries(written as Readonly<Record<string, Written>>).map(
    ([key, value]) => [key, { keyAt: NOWHERE, value: asTree(value) }] as const,
  );
  return { kind: 'map', entries: new Map(entries), at: NOWHERE };
}
