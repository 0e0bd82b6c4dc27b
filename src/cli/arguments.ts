/** Readers of option values, for commander: each gives the value or says what is wrong with the words given. */
import { UsageError } from '../engine/errors.js';
import type { IsoDate } from '../engine/units.js';
import { dayFault, laterThanKnown } from '../scenario/checks/rulebook-days.js';
import { readDay } from '../scenario/quantities/calendar.js';
import type { Output } from './output.js';

export interface SetOption {
  readonly path: string;
  readonly value: string;
}

/** `path=value`, repeatable; the value may hold further equals signs. */
export function settingOption(text: string, before: readonly SetOption[] = []): readonly SetOption[] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new UsageError(`--set ${text} names no value`, 'write --set functions.api.memory=1024MB');
  }
  return [...before, { path: text.slice(0, at), value: text.slice(at + 1) }];
}

/** A whole number from 1. */
export function positiveWhole(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < 1) {
      throw new UsageError(`${flag} ${text} is not a whole number from 1`, `write ${flag} 10`);
    }
    return value;
  };
}

/** A number above 0, such as 5e9. */
export function positiveNumber(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
      throw new UsageError(`${flag} ${text} is not a number above 0`, `write ${flag} 1e10`);
    }
    return value;
  };
}

/** A day that the rulebook and the price lists cover; as in a scenario a later one stands for the newest. */
export function dayOption(text: string): IsoDate {
  const day = readDay(text);
  if (!day.ok) throw new UsageError(`--as-of ${text} is not a date`, 'write --as-of 2022-06-01');
  const fault = dayFault(day.value);
  if (fault !== undefined) throw new UsageError(`--as-of ${fault.message}`, fault.hint);
  return day.value;
}

/** Says on standard error that a day is later than all that is known. */
export function warnOfLaterDay(asOf: IsoDate | undefined, output: Output): void {
  const warning = asOf === undefined ? undefined : laterThanKnown(asOf);
  if (warning !== undefined) output.tell(`warning: ${warning}`);
}

/** A seed as a scenario reads it: a whole number, or any other text as it is. */
export function seedOption(text: string): number | string {
  if (text === '') throw new UsageError('--seed needs a value', 'write --seed 1');
  const value = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : text;
}
