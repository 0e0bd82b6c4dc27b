/** Rates of arrival: `200/s`, `12k/min`, `40/h`, `3M/day`, `40M/month`, where a month has 730 hours. */
import { HOURS_PER_MONTH } from '../../engine/units.js';
import { fault, numberText, type Reading, read, shown } from './reading.js';

const SECONDS_OF: Readonly<Record<string, number>> = {
  s: 1,
  min: 60,
  h: 3_600,
  day: 86_400,
  month: HOURS_PER_MONTH * 3_600,
};
const FACTOR_OF: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6 };
const SPELLINGS: Readonly<Record<string, string>> = {
  sec: 's',
  second: 's',
  seconds: 's',
  minute: 'min',
  minutes: 'min',
  mins: 'min',
  hour: 'h',
  hours: 'h',
  hr: 'h',
  d: 'day',
  days: 'day',
  mo: 'month',
  months: 'month',
};
const RATE = /^(\d+(?:\.\d+)?)(k|M|)\/(s|min|h|day|month)$/;
const LOOSE_RATE = /^(\d+(?:\.\d+)?)\s*(k|m|)\s*(?:\/|per)\s*([a-z]+)$/i;
const EXAMPLES = 'such as 200/s, 12k/min, 40/h, 3M/day or 40M/month';

export const RATE_PATTERN = RATE.source;

/** Per second. 0 is read only where `zero` says that it makes sense (a stage with no traffic). */
export function readRate(raw: unknown, { zero = false }: { readonly zero?: boolean } = {}): Reading<number> {
  if (typeof raw === 'number') {
    const text = numberText(raw);
    if (raw < 0) return fault('below-minimum', `${text} is negative`, EXAMPLES);
    return fault('missing-unit', `${text} has no unit`, `write ${text}/s, ${text}/min or ${text}/month`);
  }
  if (typeof raw !== 'string') return fault('wrong-type', `a rate is wanted, not ${shown(raw)}`, EXAMPLES);
  const text = raw.trim();
  const match = RATE.exec(text);
  if (match === null) return unreadable(text);
  const perSecond = (Number(match[1]) * FACTOR_OF[match[2]!]!) / SECONDS_OF[match[3]!]!;
  if (perSecond === 0 && !zero) {
    return fault('below-minimum', `${shown(text)} sends nothing`, 'use a rate above 0, or remove the traffic');
  }
  return read(perSecond);
}

function unreadable(text: string): Reading<number> {
  if (text.startsWith('-')) return fault('below-minimum', `${shown(text)} is negative`, EXAMPLES);
  if (/^\d+(\.\d+)?[kM]?$/.test(text)) {
    return fault('missing-unit', `${shown(text)} has no unit`, `write ${text}/s, ${text}/min or ${text}/month`);
  }
  const perSecond = /^(\d+(?:\.\d+)?)\s*(?:rps|tps|req\/s|hz)$/i.exec(text);
  if (perSecond !== null) return fault('bad-rate', `${shown(text)} is not a rate`, `write ${perSecond[1]}/s`);
  const loose = LOOSE_RATE.exec(text);
  if (loose !== null) {
    const written = loose[3]!.toLowerCase();
    if (written === 'm') {
      return fault(
        'bad-rate',
        `${shown(text)} could be per minute or per month`,
        `write ${loose[1]}${loose[2]}/min or ${loose[1]}${loose[2]}/month`,
      );
    }
    const unit = SECONDS_OF[written] === undefined ? SPELLINGS[written] : written;
    const factor = loose[2] === 'K' ? 'k' : loose[2] === 'm' ? 'M' : loose[2];
    if (unit !== undefined)
      return fault('bad-rate', `${shown(text)} is not a rate`, `write ${loose[1]}${factor}/${unit}`);
  }
  return fault('bad-rate', `${shown(text)} is not a rate`, EXAMPLES);
}

/** Per second, up to nine significant digits. */
export function rateText(perSecond: number): string {
  return `${numberText(Number(perSecond.toPrecision(9)))}/s`;
}
