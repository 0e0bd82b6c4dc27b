/** The values of a rule as a person reads them, spelled as a scenario spells them; units come from the rule's own fields. */
import type { DistributionSpec } from '../engine/distribution.js';
import type { FieldKind } from '../rules/rule.js';
import { distributionText } from '../scenario/dist-text.js';
import { durationText } from '../scenario/quantities/duration.js';
import { shareText } from '../scenario/quantities/share.js';
import { sizeText } from '../scenario/quantities/size.js';
import { plainNumber } from './format.js';

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

function fieldText(value: unknown, kind: FieldKind | undefined): string {
  switch (kind) {
    case 'duration':
      if (typeof value === 'number') return durationText(value);
      break;
    case 'share':
      if (typeof value === 'number') return shareText(value);
      break;
    case 'size':
      if (typeof value === 'number') return sizeText(value);
      break;
    case 'distribution':
      if (isSpec(value)) return distributionText(value);
      break;
  }
  return anyText(value);
}

/** Tables and lists in a few words, deeper ones as compact JSON: the file of the rule says it all. */
function anyText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'number') return Number.isFinite(value) ? plainNumber(value) : 'unlimited';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (isSpec(value)) return distributionText(value);
  if (Array.isArray(value)) return `[${value.map(anyText).join(', ')}]`;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return `{ ${entries.map(([key, each]) => `${key}: ${anyText(each)}`).join(', ')} }`;
}

function isSpec(value: unknown): value is DistributionSpec {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
