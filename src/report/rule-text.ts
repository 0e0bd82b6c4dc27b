/** The values of a rule as a person reads them, spelled as a scenario spells them; units come from the rule's own fields. */
import type { DistributionSpec } from '../engine/distribution.js';
import { plainNumber } from '../engine/format.js';
import type { FieldKind } from '../rules/rule.js';
import { distributionText } from '../scenario/dist-text.js';
import { durationText } from '../scenario/quantities/duration.js';
import { shareText } from '../scenario/quantities/share.js';
import { sizeText } from '../scenario/quantities/size.js';

/** `name value, name value ...` of the fields of one rule, in their order. A field without a kind is shown as written. */
export function ruleText(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, FieldKind>>,
): string {
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => `${name} ${fieldText(field, fields[name])}`)
    .join(', ');
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

function fieldText(value: unknown, kind: FieldKind | undefined): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return `[${value.map((item) => fieldText(item, kind)).join(', ')}]`;
  if (kind === 'distribution' && typeof value === 'object') return distributionText(value as DistributionSpec);
  if (typeof value === 'object') {
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return `{ ${entries.map(([key, each]) => `${key}: ${fieldText(each, COLUMN_KINDS[key])}`).join(', ')} }`;
  }
  if (typeof value === 'number') return numberText(value, kind);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function numberText(value: number, kind: FieldKind | undefined): string {
  if (!Number.isFinite(value)) return 'unlimited';
  switch (kind) {
    case 'duration':
      return durationText(value);
    case 'share':
      return shareText(value);
    case 'size':
      return sizeText(value);
    default:
      return plainNumber(value);
  }
}
