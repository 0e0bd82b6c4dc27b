/** The values of a rule as `rules:` of a scenario would write them: every time, size and share with its unit. */
import type { DistributionSpec } from '../engine/distribution.js';
import { fieldsOf, ruleNamed } from '../rules/catalogue.js';
import type { FieldKind } from '../rules/rule.js';
import { distributionWritten, type Written } from './dist-written.js';
import { durationText } from './quantities/duration.js';
import { shareText } from './quantities/share.js';
import { sizeText } from './quantities/size.js';

/** The fields of the rule `name`; those of a rule that the catalogue does not hold are plain values. */
export function ruleWritten(name: string, value: Readonly<Record<string, unknown>>): Record<string, Written> {
  const rule = ruleNamed(name);
  return fieldsWritten(value, rule === undefined ? {} : fieldsOf(rule));
}

/** A field without a kind stays as it is; one that is undefined is left out. */
export function fieldsWritten(
  value: Readonly<Record<string, unknown>>,
  kinds: Readonly<Record<string, FieldKind>>,
): Record<string, Written> {
  const present = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(present.map(([name, field]) => [name, written(field, kinds[name])]));
}

/** A table has one kind for all that is in it; these of its columns are more than plain numbers. */
const COLUMN_KINDS: Readonly<Record<string, FieldKind>> = {
  timeLimit: 'duration',
  settable: 'duration',
  interval: 'duration',
  maximumDelay: 'duration',
  request: 'size',
  response: 'size',
};

function written(value: unknown, kind: FieldKind | undefined): Written {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((item) => written(item, kind));
  if (kind === 'distribution' && typeof value === 'object') return distributionWritten(value as DistributionSpec);
  if (typeof value === 'object') return fieldsWritten(value as Readonly<Record<string, unknown>>, COLUMN_KINDS);
  if (typeof value === 'number') return numberWritten(value, kind);
  return typeof value === 'boolean' ? value : String(value);
}

function numberWritten(value: number, kind: FieldKind | undefined): Written {
  // JSON has no infinity, and no rule has another number that is none.
  if (!Number.isFinite(value)) return 'unlimited';
  switch (kind) {
    case 'duration':
      return durationText(value);
    case 'share':
      return shareText(value);
    case 'size':
      return sizeText(value);
    default:
      return value;
  }
}
