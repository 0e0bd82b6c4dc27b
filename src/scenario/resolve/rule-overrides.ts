/** `rules:` of a scenario: single AWS numbers replaced. Values become those of the rule, tables are merged into the rule's own. */
import type { IsoDate } from '../../engine/units.js';
import { allRules, fieldsOf, ruleNamed } from '../../rules/catalogue.js';
import { type FieldKind, type Rule, valueAt } from '../../rules/rule.js';
import type { RuleOverrides } from '../../rules/rulebook.js';
import { readDistribution } from '../dist.js';
import { listed, suggestion } from '../nearest.js';
import { readDuration } from '../quantities/duration.js';
import { readCount, readNumber } from '../quantities/number.js';
import { type Fault, fault, type Reading, read, shown } from '../quantities/reading.js';
import { readShare } from '../quantities/share.js';
import { readSize } from '../quantities/size.js';
import type { Path } from '../tree.js';

type Report = (path: Path, fault: Fault) => void;

export function readRuleOverrides(
  rules: Readonly<Record<string, unknown>>,
  asOf: IsoDate,
  report: Report,
): RuleOverrides {
  const overrides: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const [name, raw] of Object.entries(rules)) {
    const path: Path = ['rules', name];
    const rule = ruleNamed(name);
    if (rule === undefined) {
      const names = allRules.map((known) => known.name);
      report(path, {
        code: 'unknown-rule',
        message: `there is no rule ${shown(name)}`,
        hint: suggestion(name, names) || 'see lambdasim rules',
      });
    } else if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
      const [field] = Object.keys(rule.fields);
      report(path, {
        code: 'wrong-type',
        message: `a map of values is wanted, not ${shown(raw)}`,
        hint: `such as { ${field}: ... }`,
      });
    } else overrides[name] = fieldsGiven(rule, raw as Readonly<Record<string, unknown>>, asOf, path, report);
  }
  return overrides;
}

function fieldsGiven(
  rule: Rule<object>,
  raw: Readonly<Record<string, unknown>>,
  asOf: IsoDate,
  path: Path,
  report: Report,
): Readonly<Record<string, unknown>> {
  const kinds = fieldsOf(rule);
  const current = valueAt(rule, asOf) as Readonly<Record<string, unknown>>;
  const given: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(raw)) {
    const kind = Object.hasOwn(kinds, field) ? kinds[field]! : undefined;
    const at = [...path, field];
    if (kind === undefined) {
      report(at, {
        code: 'unknown-key',
        message: `the rule ${rule.name} has no value ${shown(field)}`,
        hint: suggestion(field, Object.keys(kinds)),
      });
      continue;
    }
    const overridden = readField(kind, value, current[field], at, report);
    if (overridden === undefined) continue;
    given[field] = overridden;
    if (rule.notYet?.includes(field) === true && overridden !== current[field]) {
      report(at, {
        code: 'not-supported-yet',
        message: `nothing depends on ${field} of the rule ${rule.name} yet`,
        hint: 'remove it',
      });
    }
  }
  return given;
}

/** The value in the units of the rule, or undefined and reported. */
function readField(kind: FieldKind, raw: unknown, current: unknown, path: Path, report: Report): unknown {
  if (kind === 'distribution') {
    const form = readDistribution(raw, report, path);
    if (form === undefined || !holdsSamples(form)) return form;
    report(path, { code: 'wrong-type', message: 'a rule takes no samples from a file', hint: 'use quantiles' });
    return undefined;
  }
  if (kind === 'table') return readTable(raw, current, path, report);
  const reading = readPlain(kind, raw);
  if (reading.ok) return reading.value;
  report(path, reading.fault);
  return undefined;
}

function holdsSamples(form: {
  readonly kind: string;
  readonly parts?: readonly { readonly of: { readonly kind: string } }[];
}): boolean {
  return form.kind === 'samples-file' || (form.parts ?? []).some(({ of }) => holdsSamples(of));
}

function readPlain(kind: Exclude<FieldKind, 'distribution' | 'table'>, raw: unknown): Reading<unknown> {
  switch (kind) {
    case 'number':
      return readNumber(raw, { minimum: 0, maximum: 1e15 });
    case 'count':
      return readCount(raw);
    case 'share':
      return readShare(raw);
    case 'duration':
      return readDuration(raw);
    case 'size':
      return readSize(raw);
    case 'flag':
      return typeof raw === 'boolean' ? read(raw) : fault('wrong-type', `true or false is wanted, not ${shown(raw)}`);
    case 'text':
      return typeof raw === 'string' ? read(raw) : fault('wrong-type', `text is wanted, not ${shown(raw)}`);
    default:
      if (kind.includes(raw as string)) return read(raw);
      return fault(
        'unknown-word',
        `${shown(raw)} is not one of its values`,
        suggestion(shown(raw), kind) || `use ${listed(kind)}`,
      );
  }
}

/** A map is merged key by key, a list replaced; a number may be written as a duration or a size, whose unit says which. */
function readTable(raw: unknown, current: unknown, path: Path, report: Report): unknown {
  if (raw === null && current === null) return null;
  if (raw !== null && typeof raw === 'object' && !Array.isArray(raw)) {
    if (Array.isArray(current) || (current !== null && typeof current === 'object') === false) {
      report(path, {
        code: 'wrong-type',
        message: `${Array.isArray(current) ? 'a list' : 'one value'} is wanted, not a map`,
        hint: '',
      });
      return undefined;
    }
    const old = current as Readonly<Record<string, unknown>>;
    const merged: Record<string, unknown> = { ...old };
    // A table of one kind of number, such as a burst by region, takes new keys; a record of named fields does not.
    const open = Object.values(old).every((value) => typeof value === 'number');
    for (const [key, value] of Object.entries(raw)) {
      if (!open && !Object.hasOwn(old, key)) {
        report([...path, key], {
          code: 'unknown-key',
          message: `the table has no ${shown(key)}`,
          hint: suggestion(key, Object.keys(old)),
        });
        continue;
      }
      const entry = readTable(value, Object.hasOwn(old, key) ? old[key] : 0, [...path, key], report);
      if (entry !== undefined) merged[key] = entry;
    }
    return merged;
  }
  if (Array.isArray(raw)) {
    if (Array.isArray(current))
      return raw.map((value, index) => readTable(value, current[index] ?? current[0], [...path, index], report));
    report(path, { code: 'wrong-type', message: 'one value is wanted, not a list', hint: '' });
    return undefined;
  }
  return readTableValue(raw, current, path, report);
}

function readTableValue(raw: unknown, current: unknown, path: Path, report: Report): unknown {
  if (typeof raw === typeof current && typeof raw !== 'object') {
    if (typeof raw !== 'number' || raw >= 0) return raw;
    report(path, { code: 'below-minimum', message: `${raw} is negative`, hint: 'use 0 or more' });
    return undefined;
  }
  if (typeof raw === 'string' && (typeof current === 'number' || current === null)) {
    const time = readDuration(raw);
    if (time.ok) return time.value;
    const bytes = readSize(raw);
    if (bytes.ok) return bytes.value;
  }
  const wanted =
    typeof current === 'object'
      ? 'a map'
      : typeof current === 'boolean'
        ? 'true or false'
        : typeof current === 'string'
          ? 'text'
          : 'a number, a duration or a size';
  report(path, { code: 'wrong-type', message: `${wanted} is wanted, not ${shown(raw)}`, hint: '' });
  return undefined;
}
