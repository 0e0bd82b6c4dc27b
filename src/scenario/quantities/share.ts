/** Shares of a whole: `0.2%` or `0.002`. */
import type { Share } from '../../engine/units.js';
import { fault, numberText, type Reading, read, shown } from './reading.js';

const PERCENT = /^(\d+(?:\.\d+)?)\s*%$/;
const PLAIN = /^\d+(?:\.\d+)?$/;

export const SHARE_PATTERN = '^\\d+(?:\\.\\d+)?%?$';

/** 0 to 1. */
export function readShare(raw: unknown): Reading<Share> {
  if (typeof raw === 'number') return checked(raw, numberText(raw));
  if (typeof raw !== 'string')
    return fault('wrong-type', `a share is wanted, not ${shown(raw)}`, 'such as 0.2% or 0.002');
  const text = raw.trim();
  const percent = PERCENT.exec(text);
  if (percent !== null) return checked(Number(percent[1]) / 100, shown(text));
  if (PLAIN.test(text)) return checked(Number(text), text);
  if (/^-\d/.test(text)) return fault('below-minimum', `${shown(text)} is negative`, 'use 0% to 100%');
  return fault('bad-share', `${shown(text)} is not a share`, 'such as 0.2% or 0.002');
}

function checked(share: number, text: string): Reading<Share> {
  if (share < 0) return fault('below-minimum', `${text} is negative`, 'use 0% to 100%');
  if (share <= 1) return read(share);
  const percentWasMeant = !text.includes('%') && share <= 100;
  return fault('above-maximum', `${text} is above 100%`, percentWasMeant ? `write ${text}%` : 'use 0% to 100%');
}

export function shareText(share: Share): string {
  return `${numberText(Number((share * 100).toPrecision(12)))}%`;
}
