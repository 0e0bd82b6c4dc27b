/** The values of a rule as a person reads them: `limit 1,000`, `granularity 1 ms`. Units come from the rule's own fields. */
import type { DistributionSpec } from '../engine/distribution.js';
import type { FieldKind } from '../rules/rule.js';
import { distributionText } from './distribution-text.js';
import { duration, plainNumber, share } from './format.js';

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
      if (typeof value === 'number') return duration(value / 1000);
      break;
    case 'share':
      if (typeof value === 'number') return share(value);
      break;
    case 'size':
      if (typeof value === 'number') return size(value);
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

function size(bytes: number): string {
  for (const [unit, name] of [
    [1024 ** 3, 'GB'],
    [1024 ** 2, 'MB'],
    [1024, 'KB'],
  ] as const) {
    if (bytes >= unit) return `${plainNumber(bytes / unit)} ${name}`;
  }
  return `${plainNumber(bytes)} bytes`;
}
