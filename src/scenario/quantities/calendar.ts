/** Days (`2026-01-31`) and instants (`2026-01-05T00:00:00Z`) of the proleptic Gregorian calendar, without the clock of the machine. */
import type { IsoDate } from '../../engine/units.js';
import { fault, type Reading, read, shown } from './reading.js';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

export function readDay(raw: unknown): Reading<IsoDate> {
  const text = typeof raw === 'string' ? raw.trim() : shown(raw);
  return dayEpochMs(text) === undefined
    ? fault('bad-date', `${shown(text)} is not a date`, 'write it as 2026-01-31')
    : read(text);
}

/** Milliseconds since 1970 UTC. A day alone is its midnight UTC; a time of day needs `Z` or an offset. */
export function readInstant(raw: unknown): Reading<number> {
  const text = typeof raw === 'string' ? raw.trim() : shown(raw);
  const midnight = dayEpochMs(text);
  if (midnight !== undefined) return read(midnight);
  const instant = instantParts(text);
  if (instant === undefined)
    return fault('bad-date', `${shown(text)} is not an instant`, 'write it as 2026-01-05T00:00:00Z');
  if (!instant.zoned) return fault('bad-date', `${shown(text)} has no time zone`, `write ${text.replace(' ', 'T')}Z`);
  return read(Math.round(instant.epochMs));
}

/** An instant with or without a zone (then UTC), or undefined when the text is none. Fractions of a millisecond are kept. */
export function instantParts(text: string): { readonly epochMs: number; readonly zoned: boolean } | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const midnight = dayEpochMs(match[1]!);
  const hour = Number(match[2]);
  const minute = Number(match[3]);
  const second = Number(match[4] ?? 0);
  if (midnight === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const milliseconds = match[5] === undefined ? 0 : Number(`0.${match[5]}`) * 1000;
  const zone = match[6];
  const offset = zone === undefined || /z/i.test(zone) ? 0 : offsetMinutes(zone);
  return {
    epochMs: midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000 + milliseconds,
    zoned: zone !== undefined,
  };
}

function offsetMinutes(zone: string): number {
  const digits = zone.slice(1).replace(':', '');
  return (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

function dayEpochMs(text: string): number | undefined {
  const match = DAY.exec(text);
  if (match === null) return undefined;
  const epochMs = Date.parse(`${text}T00:00:00Z`);
  // Engines differ in whether they refuse 30 February or roll it over.
  return Number.isNaN(epochMs) || new Date(epochMs).toISOString().slice(0, 10) !== text ? undefined : epochMs;
}

export function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

/** Whether the runtime's own tables know the zone. */
export function readTimeZone(raw: unknown): Reading<string> {
  if (typeof raw !== 'string' || raw.trim() === '') {
    return fault('wrong-type', `a time zone is wanted, not ${shown(raw)}`, 'such as UTC or Europe/Berlin');
  }
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: raw });
    return read(raw);
  } catch {
    return fault(
      'unknown-time-zone',
      `${shown(raw)} is not a time zone`,
      'such as UTC, Europe/Berlin or America/New_York',
    );
  }
}
