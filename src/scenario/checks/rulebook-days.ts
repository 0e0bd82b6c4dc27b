/** The days the rulebook covers: from the first version of any rule to the day its sources were last read. */
import type { IsoDate } from '../../engine/units.js';
import { allRules } from '../../rules/catalogue.js';
import type { Fault } from '../quantities/reading.js';
import type { Context } from '../resolve/context.js';
import type { Scenario } from '../types.js';

const versions = allRules.flatMap((rule) => rule.versions);

/** First day covered. */
export const OLDEST_DAY: IsoDate = versions.reduce(
  (least, { from }) => (from < least ? from : least),
  versions[0]!.from,
);

/** Newest day known, and the default of `asOf`. */
export const NEWEST_DAY: IsoDate = versions.reduce(
  (most, { from, read }) => (from > most ? from : read > most ? read : most),
  versions[0]!.read,
);

/** The day whose rules answer for `asOf`, also when that is out of range. */
export function rulesDay(asOf: IsoDate): IsoDate {
  return asOf < OLDEST_DAY ? OLDEST_DAY : asOf;
}

/** What is wrong with a day as `asOf`, or undefined. */
export function dayFault(asOf: IsoDate): Fault | undefined {
  if (asOf >= OLDEST_DAY) return undefined;
  const message = `${asOf} is before the first day of the rulebook`;
  return { code: 'too-early', message, hint: `use ${OLDEST_DAY} or later` };
}

export function checkRulebookDay({ asOf }: Scenario, context: Context): void {
  const fault = dayFault(asOf);
  if (fault !== undefined) context.report(['asOf'], fault);
  const warning = laterThanKnown(asOf);
  if (warning !== undefined) context.warn(`asOf ${warning}`);
}

/** What to say of a day that the rulebook does not know yet; undefined of one that it knows. */
export function laterThanKnown(asOf: IsoDate): string | undefined {
  if (asOf <= NEWEST_DAY) return undefined;
  return `${asOf} is later than ${NEWEST_DAY}, the newest day the rulebook knows; its newest rules are used`;
}
