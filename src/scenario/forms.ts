/** The forms of settings: duration, size, rate ... each a reader, a JSON Schema and a printer under one name. */
import type { Bytes, IsoDate, Micros, Share } from '../engine/units.js';
import { type DistributionForm, readDistribution } from './dist.js';
import { distributionText } from './dist-text.js';
import { listed, suggestion } from './nearest.js';
import { instantText, readDay, readInstant, readTimeZone } from './quantities/calendar.js';
import { DURATION_PATTERN, durationText, readDuration } from './quantities/duration.js';
import { readCount, readNumber } from './quantities/number.js';
import { RATE_PATTERN, rateText, readRate } from './quantities/rate.js';
import { fault, numberText, type Range, read, shown } from './quantities/reading.js';
import { readShare, SHARE_PATTERN, shareText } from './quantities/share.js';
import { memoryText, readMemory, readSize, SIZE_PATTERN, sizeText } from './quantities/size.js';
import { type Setting, setting, settingOf } from './setting.js';

/** What every entry of the schema says; the rest follows from its form. */
interface Entry {
  readonly sentence: string;
  readonly rule?: string;
}

const text = (pattern: string) => ({ type: 'string', pattern });

export function duration(entry: Entry, range: Range = {}): Setting<Micros> {
  return setting(
    { ...entry, form: 'a duration such as 3s', standIn: '1s', json: text(DURATION_PATTERN), print: durationText },
    (raw) => readDuration(raw, range),
  );
}

export function size(entry: Entry, range: Range = {}): Setting<Bytes> {
  return setting(
    { ...entry, form: 'a size such as 4KB', standIn: '1KB', json: text(SIZE_PATTERN), print: sizeText },
    (raw) => readSize(raw, range),
  );
}

/** MB. */
export function memory(entry: Entry): Setting<number> {
  const json = { anyOf: [{ type: 'integer', minimum: 1 }, text(SIZE_PATTERN)] };
  return setting({ ...entry, form: 'a memory such as 512MB', standIn: 512, json, print: memoryText }, readMemory);
}

/** Per second. */
export function rate(entry: Entry, options: { readonly zero?: boolean } = {}): Setting<number> {
  return setting(
    { ...entry, form: 'a rate such as 200/s', standIn: '1/s', json: text(RATE_PATTERN), print: rateText },
    (raw) => readRate(raw, options),
  );
}

export function share(entry: Entry): Setting<Share> {
  const json = { anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, text(SHARE_PATTERN)] };
  return setting({ ...entry, form: 'a share such as 2%', json, print: shareText }, readShare);
}

export function count(entry: Entry, range: Range = { minimum: 0 }): Setting<number> {
  return setting(
    { ...entry, form: 'a whole number', standIn: 1, json: { type: 'integer', ...bounds(range) }, print: numberText },
    (raw) => readCount(raw, range),
  );
}

export function number(entry: Entry, range: Range = {}): Setting<number> {
  return setting(
    { ...entry, form: 'a number', standIn: 1, json: { type: 'number', ...bounds(range) }, print: numberText },
    (raw) => readNumber(raw, range),
  );
}

function bounds({ minimum, above, maximum }: Range): Record<string, number> {
  return {
    ...(minimum === undefined ? {} : { minimum }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

export function flag(entry: Entry): Setting<boolean> {
  return setting({ ...entry, form: 'true or false', json: { type: 'boolean' }, print: String }, (raw) =>
    typeof raw === 'boolean'
      ? read(raw)
      : fault(
          'wrong-type',
          `true or false is wanted, not ${shown(raw)}`,
          /^(yes|on)$/i.test(shown(raw)) ? 'write true' : /^(no|off)$/i.test(shown(raw)) ? 'write false' : '',
        ),
  );
}

export function words(entry: Entry, example = 'text'): Setting<string> {
  return setting(
    { ...entry, form: example, standIn: 'x', json: { type: 'string', minLength: 1 }, print: (value: string) => value },
    (raw) => {
      if (typeof raw === 'object') return fault('wrong-type', `text is wanted, not ${shown(raw)}`);
      const written = String(raw).trim();
      return written === '' ? fault('empty-value', 'is empty', `write ${example}, or remove the line`) : read(written);
    },
  );
}

/** One word of a closed list. */
export function word<const W extends string>(entry: Entry, allowed: readonly W[]): Setting<W> {
  return setting(
    { ...entry, form: listed(allowed), json: { enum: [...allowed] }, print: (value: string) => value },
    (raw) => {
      const found = allowed.find((name) => name === raw);
      if (found !== undefined) return read(found);
      if (typeof raw === 'object')
        return fault('wrong-type', `one word is wanted, not ${shown(raw)}`, `use ${listed(allowed)}`);
      return fault(
        'unknown-word',
        `${shown(raw)} is not one of its values`,
        suggestion(String(raw), allowed) || `use ${listed(allowed)}`,
      );
    },
  );
}

export function day(entry: Entry): Setting<IsoDate> {
  return setting(
    {
      ...entry,
      form: 'a date such as 2026-01-31',
      json: { type: 'string', format: 'date' },
      print: (value: string) => value,
    },
    readDay,
  );
}

/** Milliseconds since 1970 UTC. */
export function instant(entry: Entry): Setting<number> {
  return setting(
    { ...entry, form: 'an instant such as 2026-01-05T00:00:00Z', json: { type: 'string' }, print: instantText },
    readInstant,
  );
}

export function timeZone(entry: Entry): Setting<string> {
  return setting(
    { ...entry, form: 'a time zone such as Europe/Berlin', json: { type: 'string' }, print: (value: string) => value },
    readTimeZone,
  );
}

/** `<dist>`: a random time. */
export function distribution(entry: Entry): Setting<DistributionForm> {
  const form = 'a time such as 45ms, or { p50: 45ms, p99: 400ms }';
  return settingOf(
    { ...entry, form, standIn: '1s', json: { $ref: '#/$defs/distribution' }, print: distributionText },
    readDistribution,
  );
}
