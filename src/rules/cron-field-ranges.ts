/**
 * Rule     Each field of cron() has its own range of numbers, and two of them names.
 * Numbers  Minutes 0-59, hours 0-23, days 1-31, months 1-12, weekdays 1-7 with Sunday first, years 1970-2199.
 * Era      Unchanged since scheduled rules exist.
 * Source   Amazon EventBridge User Guide, "Cron expressions reference"; read 2026-11-21.
 * Assumes  nothing
 */
export interface CronField {
  /** As messages name it. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names for `min` and the numbers after it. */
  readonly names: readonly string[];
  /** Which of the two day fields it is, if any: they know "?", "L" and more. */
  readonly days: 'month' | 'week' | undefined;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** In the order of the expression. */
export const CRON_FIELDS: readonly CronField[] = [
  { name: 'minutes', min: 0, max: 59, names: [], days: undefined },
  { name: 'hours', min: 0, max: 23, names: [], days: undefined },
  { name: 'day of month', min: 1, max: 31, names: [], days: 'month' },
  { name: 'month', min: 1, max: 12, names: MONTHS, days: undefined },
  { name: 'day of week', min: 1, max: 7, names: WEEKDAYS, days: 'week' },
  { name: 'year', min: 1970, max: 2199, names: [], days: undefined },
];
