/** The values of a rule, already written as a scenario writes them, on a line that a person reads. */
import { plainNumber } from '../engine/format.js';

/** `name value, name value ...` of the fields of one rule, in their order. */
export function ruleText(written: Readonly<Record<string, unknown>>): string {
  return Object.entries(written)
    .map(([name, field]) => `${name} ${fieldText(field)}`)
    .join(', ');
}

function fieldText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return `[${value.map(fieldText).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return `{ ${entries.map(([key, each]) => `${key}: ${fieldText(each)}`).join(', ')} }`;
  }
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
