/**
 * Rule     cron() has six fields: minutes, hours, day of month, month, day of week, year. One of the two day fields is "?".
 * Numbers  Minutes 0-59, hours 0-23, days 1-31, months 1-12 or JAN-DEC, weekdays 1-7 or SUN-SAT, years 1970-2199.
 * Era      Unchanged since scheduled rules exist.
 * Source   Amazon EventBridge User Guide, "Cron expressions reference"; read 2026-11-21.
 * Assumes  Where AWS is silent its ancestor Quartz decides: FRI-MON runs over the end of the week, 5L is the last Thursday,
 *          LW the last weekday, L-2 two days before the last; a month without the day of 31W or MON#5 is left out.
 */
import { CRON_FIELDS, type CronField } from './cron-field-ranges.js';
import { parseCronItem } from './cron-item.js';
import type { ExpressionFault } from './schedule-expression.js';

/** One condition on a day; a day that meets any of the conditions counts. Weekdays are AWS's: 1 is Sunday. */
export type DayCondition =
  | { readonly kind: 'day-of-month'; readonly days: readonly number[] }
  /** `before` days before the last one of the month. */
  | { readonly kind: 'last-day'; readonly before: number }
  | { readonly kind: 'last-working-day' }
  /** The day from Monday to Friday nearest to `day`, within the month. */
  | { readonly kind: 'nearest-working-day'; readonly day: number }
  | { readonly kind: 'weekday'; readonly weekdays: readonly number[] }
  | { readonly kind: 'nth-weekday'; readonly weekday: number; readonly nth: number }
  | { readonly kind: 'last-weekday'; readonly weekday: number };

/** All lists rise without repeats. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly DayCondition[];
  readonly months: readonly number[];
  readonly years: readonly number[];
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | ExpressionFault;

/** What one item of a field says: plain numbers, or a condition only a day can meet. */
export type CronItem = { readonly numbers: readonly number[] } | { readonly condition: DayCondition };

interface FieldText {
  readonly text: string;
  readonly offset: number;
}

/** Reads what stands inside the brackets of cron(...); `offset` is where it begins in the whole expression. */
export function parseCronFields(inside: string, offset: number): Parsed<CronFields> {
  const texts = [...inside.matchAll(/\S+/g)].map(
    (match): FieldText => ({ text: match[0], offset: offset + match.index }),
  );
  if (texts.length !== CRON_FIELDS.length) return wrongCount(texts.length, offset);
  const clash = checkDayFields(texts[2], texts[4]);
  if (clash !== undefined) return clash;

  const items: CronItem[][] = [];
  for (let i = 0; i < texts.length; i++) {
    const parsed = parseField(CRON_FIELDS[i], texts[i]);
    if (!parsed.ok) return parsed;
    items.push(parsed.value);
  }
  const [minutes, hours, daysOfMonth, months, weekdays, years] = items as [
    CronItem[],
    CronItem[],
    CronItem[],
    CronItem[],
    CronItem[],
    CronItem[],
  ];
  const days = texts[2].text === '?' ? conditions(weekdays, 'weekday') : conditions(daysOfMonth, 'day-of-month');
  return {
    ok: true,
    value: { minutes: numbers(minutes), hours: numbers(hours), days, months: numbers(months), years: numbers(years) },
  };
}

function parseField(field: CronField, { text, offset }: FieldText): Parsed<CronItem[]> {
  if (text === '?') {
    if (field.days) return { ok: true, value: [] };
    return { ok: false, message: `"?" does not belong in the ${field.name} field`, offset, hint: 'write *' };
  }
  const items: CronItem[] = [];
  let at = offset;
  for (const part of text.split(',')) {
    const item = parseCronItem(field, part, at);
    if (!item.ok) return item;
    items.push(item.value);
    at += part.length + 1;
  }
  const nth = items.some((item) => 'condition' in item && item.condition.kind === 'nth-weekday');
  if (nth && items.length > 1) {
    return {
      ok: false,
      message: `"#" stands alone in the ${field.name} field`,
      offset,
      hint: 'use one schedule for each',
    };
  }
  return { ok: true, value: items };
}

function checkDayFields(dayOfMonth: FieldText, weekday: FieldText): ExpressionFault | undefined {
  const open = [dayOfMonth, weekday].filter(({ text }) => text === '?').length;
  if (open === 1) return undefined;
  const message = 'exactly one of day of month and day of week is "?"';
  if (open === 2) return { ok: false, message, offset: dayOfMonth.offset, hint: 'write * for the day of month' };
  if (weekday.text === '*') return { ok: false, message, offset: weekday.offset, hint: 'write ? for the day of week' };
  return { ok: false, message, offset: dayOfMonth.offset, hint: 'write ? for the day of month' };
}

function wrongCount(count: number, offset: number): ExpressionFault {
  const message = `cron() has six fields: ${CRON_FIELDS.map((field) => field.name).join(', ')}; here ${count === 1 ? 'is' : 'are'} ${count}`;
  const hint =
    count === 5
      ? 'five fields are Unix cron: AWS adds the year, write * at the end'
      : 'such as cron(0 20 ? * MON-FRI *)';
  return { ok: false, message, offset, hint };
}

function numbers(items: readonly CronItem[]): number[] {
  const all = items.flatMap((item) => ('numbers' in item ? item.numbers : []));
  return [...new Set(all)].sort((a, b) => a - b);
}

function conditions(items: readonly CronItem[], kind: 'weekday' | 'day-of-month'): DayCondition[] {
  const plain = numbers(items);
  const special = items.flatMap((item) => ('condition' in item ? [item.condition] : []));
  if (plain.length === 0) return special;
  return [kind === 'weekday' ? { kind, weekdays: plain } : { kind, days: plain }, ...special];
}
