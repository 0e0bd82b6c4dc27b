/** Durations: `250ms`, `3s`, `15m`, `6h`, `7d`, `1h30m`, also `500us`. A bare number is refused because its unit would be a guess. */
import { DAY, HOUR, MILLISECOND, MINUTE, type Micros, SECOND } from '../../engine/units.js';
import { fault, numberText, type Range, type Reading, shown, within } from './reading.js';

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
  ['us', 1],
] as const;
const MICROS_OF: ReadonlyMap<string, Micros> = new Map(UNITS);

/** Other ways people write the units, for the hint only. */
const SPELLINGS: Readonly<Record<string, string>> = {
  microseconds: 'us',
  microsecond: 'us',
  micros: 'us',
  µs: 'us',
  milliseconds: 'ms',
  millisecond: 'ms',
  millis: 'ms',
  msec: 'ms',
  seconds: 's',
  second: 's',
  secs: 's',
  sec: 's',
  minutes: 'm',
  minute: 'm',
  mins: 'm',
  min: 'm',
  hours: 'h',
  hour: 'h',
  hrs: 'h',
  hr: 'h',
  days: 'd',
  day: 'd',
};

const WHOLE = /^(?:\d+(?:\.\d+)?(?:us|ms|[smhd]))+$/;
const PART = /(\d+(?:\.\d+)?)(us|ms|[smhd])/g;
const LONGEST: Micros = Number.MAX_SAFE_INTEGER;

export const DURATION_PATTERN = WHOLE.source;

/** Whole microseconds, 0 to 285 years, held to `range`; anything else is a fault that shows how to write it. */
export function readDuration(raw: unknown, range: Range = {}): Reading<Micros> {
  if (typeof raw === 'number') return bareNumber(raw);
  if (typeof raw !== 'string')
    return fault('wrong-type', `a duration is wanted, not ${shown(raw)}`, 'such as 250ms, 3s or 15m');
  const text = raw.trim();
  if (!WHOLE.test(text)) return unreadable(text);
  let micros = 0;
  let previous = Number.POSITIVE_INFINITY;
  for (const [, amount, unit] of text.matchAll(PART)) {
    const size = MICROS_OF.get(unit!)!;
    if (size >= previous) {
      return fault('bad-duration', `${shown(text)} does not go from the larger unit to the smaller`, 'such as 1h30m');
    }
    previous = size;
    micros += Number(amount) * size;
  }
  const rounded = Math.round(micros);
  if (rounded === 0 && micros > 0)
    return fault('bad-duration', `${shown(text)} is shorter than a microsecond`, 'use 1us or more');
  if (rounded > LONGEST)
    return fault('above-maximum', `${shown(text)} is longer than 285 years`, 'use a shorter duration');
  return within(rounded, range, shown(text), durationText);
}

function bareNumber(raw: number): Reading<Micros> {
  const amount = numberText(Math.abs(raw));
  if (raw < 0)
    return fault(
      'below-minimum',
      `a duration cannot be negative, and ${numberText(raw)} has no unit`,
      'such as 250ms, 3s or 15m',
    );
  return fault('missing-unit', `${amount} has no unit`, `write ${amount}ms, ${amount}s or ${amount}m`);
}

function unreadable(text: string): Reading<Micros> {
  if (/^\d+(\.\d+)?$/.test(text)) return bareNumber(Number(text));
  if (text.startsWith('-')) return fault('below-minimum', `${shown(text)} is negative`, 'a duration is 0s or longer');
  const fixed = text
    .toLowerCase()
    .replace(/([\d.]+)\s*([a-zµ]+)\s*/g, (_, amount: string, unit: string) => `${amount}${SPELLINGS[unit] ?? unit}`);
  const hint = WHOLE.test(fixed) ? `write ${fixed}` : 'such as 250ms, 3s, 15m, 6h, 7d or 1h30m';
  return fault('bad-duration', `${shown(text)} is not a duration`, hint);
}

/** Text that reads back as the same duration: `1h30m`, and below a minute one decimal number such as `1.5s` or `100.67ms`. */
export function durationText(micros: Micros): string {
  if (micros <= 0) return '0s';
  let rest = Math.round(micros);
  let text = '';
  for (const [unit, size] of UNITS.slice(0, 3)) {
    const amount = Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  if (rest === 0) return text;
  const [unit, size] = UNITS.slice(3).find((one) => rest >= one[1])!;
  return `${text}${numberText(rest / size)}${unit}`;
}
