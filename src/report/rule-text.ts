/** A rule on lines that a person reads: its values, already written as a scenario writes them, and how well they are known. */
import { plainNumber } from '../engine/format.js';

/** `name value, name value ...` of the fields of one rule, in their order. */
export function ruleText(written: Readonly<Record<string, unknown>>): string {
  return Object.entries(written)
    .map(([name, field]) => `${name} ${fieldText(field)}`)
    .join(', ');
}

/** `documented; refill, day assumed`, where single parts are known less well than the rest. */
export function certaintyText({
  certainty,
  assumed = [],
}: {
  readonly certainty: string;
  readonly assumed?: readonly string[];
}): string {
  return assumed.length === 0 ? certainty : `${certainty}; ${assumed.join(', ')} assumed`;
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
