/** Plain numbers and counts, for settings that have no unit. */
import { fault, numberText, type Range, type Reading, shown, within } from './reading.js';

const PLAIN = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SHORTENED = /^(\d+(?:\.\d+)?)\s*(k|M)$/;

export function readNumber(raw: unknown, range: Range = {}): Reading<number> {
  if (typeof raw === 'string') return textInstead(raw.trim());
  if (typeof raw !== 'number') return fault('wrong-type', `a number is wanted, not ${shown(raw)}`);
  return within(raw, range, numberText(raw), numberText);
}

/** A whole number. */
export function readCount(raw: unknown, range: Range = { minimum: 0 }): Reading<number> {
  const number = readNumber(raw, range);
  if (!number.ok || Number.isSafeInteger(number.value)) return number;
  const text = numberText(number.value);
  if (!Number.isInteger(number.value)) {
    return fault('not-whole', `${text} is not a whole number`, `write ${numberText(Math.round(number.value))}`);
  }
  return fault('above-maximum', `${text} is too large to count exactly`, `use at most ${Number.MAX_SAFE_INTEGER}`);
}

function textInstead(text: string): Reading<number> {
  if (PLAIN.test(text))
    return fault(
      'wrong-type',
      `a number is wanted, not the text ${shown(text)}`,
      `write ${shown(text)} without quotes`,
    );
  const shortened = SHORTENED.exec(text);
  if (shortened !== null) {
    const value = Number(shortened[1]) * (shortened[2] === 'k' ? 1e3 : 1e6);
    return fault('wrong-type', `a plain number is wanted, not ${shown(text)}`, `write ${numberText(value)}`);
  }
  return fault('wrong-type', `a number is wanted, not ${shown(text)}`);
}
