/** What zod found, in the words of this program and at the positions of the file. */
import type { z } from 'zod';
import { awsSpelling } from './aws-spellings.js';
import { suggestion } from './nearest.js';
import { notSupportedYet } from './not-supported-yet.js';
import type { ProblemList } from './problem-list.js';
import { type Fault, shown } from './quantities/reading.js';
import { infoOf, keysOf, schemaAt } from './schema-walk.js';
import { faultOf } from './setting.js';
import { type Path, pathText, placeOf, type Tree, treeAt } from './tree.js';

type Issue = z.core.$ZodIssue;

/** Adds a Problem for each issue and returns the paths of what cannot be used. */
export function reportIssues(
  schema: z.core.$ZodType,
  tree: Tree,
  issues: readonly Issue[],
  problems: ProblemList,
): Path[] {
  const unusable: Path[] = [];
  for (const [index, issue] of issues.entries()) {
    if (problems.isFull) {
      problems.count(issues.length - index);
      break;
    }
    reportIssue(schema, tree, issue, [], problems, unusable);
  }
  return unusable;
}

function reportIssue(
  schema: z.core.$ZodType,
  tree: Tree,
  issue: Issue,
  parent: Path,
  problems: ProblemList,
  unusable: Path[],
): void {
  const path = [...parent, ...(issue.path as Path)];
  const add = (at: Path, fault: Fault, which: 'value' | 'key' = 'value'): void => {
    problems.add(placeOf(tree, at, which), at, fault);
    unusable.push(at);
  };
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      if (isTailOfUnquotedCron(tree, path, key)) unusable.push([...path, key]);
      else add([...path, key], unknownKey(schema, path, key), 'key');
    }
    return;
  }
  if (issue.code === 'invalid_key') {
    add(path, badId(String(path[path.length - 1])), 'key');
    return;
  }
  if (issue.code === 'invalid_union') {
    for (const inner of meantForm(issue.errors, treeAt(tree, path)))
      reportIssue(schema, tree, inner, path, problems, unusable);
    return;
  }
  const fault = faultOf(issue);
  add(
    path,
    fault === undefined ? structureFault(issue, treeAt(tree, path)) : withOtherForms(fault, schemaAt(schema, path)),
  );
}

/** A word that is none of those of a setting may have been meant for another form of it. */
function withOtherForms(fault: Fault, schema: z.core.$ZodType | undefined): Fault {
  const form = infoOf(schema)?.form;
  if (fault.code !== 'unknown-word' || !fault.hint.startsWith('use ') || form === undefined) return fault;
  return { ...fault, hint: `use ${form}` };
}

/** The form whose kind of value was written: of a map the faults inside the map, of a plain value those of the plain form. */
function meantForm(errors: readonly Issue[][], written: Tree | undefined): readonly Issue[] {
  const wrongKind = (issue: Issue): boolean => issue.path.length === 0 && issue.code === 'invalid_type';
  const forms = errors.filter((issues) => !issues.some(wrongKind));
  const isPlain = written === undefined || written.kind === 'scalar';
  const settings = (issues: readonly Issue[]): boolean =>
    issues.some((issue) => issue.path.length === 0 && issue.code === 'custom');
  return forms.find((issues) => settings(issues) === isPlain) ?? forms[0] ?? errors[0] ?? [];
}

/** Maps and lists that are something else, or missing. */
function structureFault(issue: Issue, written: Tree | undefined): Fault {
  if (issue.code === 'too_small')
    return { code: 'empty-list', message: 'is an empty list', hint: 'write at least one entry, or remove the line' };
  const wanted = issue.code === 'invalid_type' && issue.expected === 'array' ? 'a list' : 'a map';
  const example =
    wanted === 'a list'
      ? 'write [ ... ], or one line with - for each entry'
      : 'write key: value below it, or { key: value }';
  if (written === undefined) return { code: 'missing-setting', message: 'is required', hint: example };
  if (written.kind === 'scalar' && written.value === null)
    return { code: 'empty-value', message: 'has no value', hint: `${example}; or remove the line` };
  const found =
    written.kind === 'list' ? 'a list' : written.kind === 'map' ? 'a map' : shown(written.source || written.value);
  return { code: 'wrong-type', message: `${wanted} is wanted, not ${found}`, hint: example };
}

function unknownKey(schema: z.core.$ZodType, path: Path, key: string): Fault {
  const later = notSupportedYet(path, key);
  if (later !== undefined) return later;
  const known = keysOf(schemaAt(schema, path));
  const right = awsSpelling(key, known);
  if (right !== undefined)
    return { code: 'aws-spelling', message: `${shown(key)} is AWS's spelling`, hint: `write ${right}` };
  const where = path.length === 0 ? 'a scenario' : pathText(path);
  return { code: 'unknown-key', message: `${where} has no setting ${shown(key)}`, hint: suggestion(key, known) };
}

function badId(id: string): Fault {
  if (id.length > 64)
    return {
      code: 'bad-id',
      message: `an id has at most 64 characters, and ${shown(id)} has ${id.length}`,
      hint: 'use a shorter id',
    };
  const fixed = id.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  const hint = fixed === '' ? 'such as api-1' : `write ${fixed}`;
  return { code: 'bad-id', message: `${shown(id)} is not an id: letters, digits, - and _ only`, hint };
}

/** `schedule: cron(0 20 ? * MON,FRI *)` inside braces leaves ` FRI *)` behind as a key; the cron itself is reported. */
function isTailOfUnquotedCron(tree: Tree, path: Path, key: string): boolean {
  const map = treeAt(tree, path);
  if (map?.kind !== 'map') return false;
  const schedule = map.entries.get('schedule')?.value;
  const value = map.entries.get(key)?.value;
  const cut = schedule?.kind === 'scalar' && /^cron\([^)]*$/i.test(String(schedule.value));
  return cut && value?.kind === 'scalar' && value.value === null;
}
