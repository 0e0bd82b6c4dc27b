/**
 * Rule     An item of a cron field is a value, a range, "*", each of them with a step; day fields also know L, W and #.
 * Numbers  A step counts from the first value of its range, and from the value itself to the end of the field in 5/10.
 * Era      Unchanged since scheduled rules exist.
 * Source   Amazon EventBridge User Guide, "Cron expressions reference", wildcards; read 2026-11-21.
 * Assumes  A range that falls, such as 22-2, runs over the end of its field; only years may not.
 */
import type { CronField } from './cron-field-ranges.js';
import type { CronItem, DayCondition, Parsed } from './cron-fields.js';
import type { ExpressionFault } from './schedule-expression.js';

/** Reads one item; `offset` is where it begins in the whole expression. */
export function parseCronItem(field: CronField, text: string, offset: number): Parsed<CronItem> {
  if (text === '') return fault(offset, `the ${field.name} field has an empty item`, 'take one comma out');
  const condition =
    field.days === 'month' ? dayOfMonth(field, text) : field.days === 'week' ? dayOfWeek(field, text) : undefined;
  if (condition !== undefined) return { ok: true, value: { condition } };

  const [range = '', step, ...more] = text.split('/');
  if (more.length > 0) return notUnderstood(field, text, offset);
  const every = step === undefined ? 1 : Number(step);
  if (step !== undefined && (!/^\d+$/.test(step) || every < 1 || every > field.max)) {
    return fault(
      offset + range.length + 1,
      `a step of the ${field.name} field is from 1 to ${field.max}, not "${step}"`,
      '',
    );
  }
  if (range === '') return fault(offset, `"${text}" has no start`, `write */${step}`);
  const ends = parseRange(field, range, offset, step !== undefined);
  if (!ends.ok) return ends;
  return { ok: true, value: { numbers: countUp(field, ends.value, every) } };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function parseRange(field: CronField, text: string, offset: number, stepped: boolean): Parsed<Range> {
  if (text === '*') return { ok: true, value: { from: field.min, to: field.max } };
  const ends = text.split('-');
  if (ends.length > 2) return notUnderstood(field, text, offset);
  const values: number[] = [];
  let at = offset;
  for (const end of ends) {
    const value = numberOf(field, end);
    if (value === undefined) return notUnderstood(field, end, at);
    values.push(value);
    at += end.length + 1;
  }
  const [from = field.min, to = stepped ? field.max : from] = values;
  if (from > to && field.name === 'year') return fault(offset, `the years ${text} fall`, `write ${to}-${from}`);
  return { ok: true, value: { from, to } };
}

function countUp(field: CronField, { from, to }: Range, step: number): number[] {
  const span = field.max - field.min + 1;
  const last = to < from ? to + span : to;
  const numbers: number[] = [];
  for (let value = from; value <= last; value += step) numbers.push(value > field.max ? value - span : value);
  return numbers;
}

function dayOfMonth(field: CronField, text: string): DayCondition | undefined {
  const upper = text.toUpperCase();
  if (upper === 'LW') return { kind: 'last-working-day' };
  const last = /^L(?:-(\d+))?$/.exec(upper);
  if (last !== null && Number(last[1] ?? 0) <= 30) return { kind: 'last-day', before: Number(last[1] ?? 0) };
  const day = upper.endsWith('W') ? numberOf(field, upper.slice(0, -1)) : undefined;
  return day === undefined ? undefined : { kind: 'nearest-working-day', day };
}

function dayOfWeek(field: CronField, text: string): DayCondition | undefined {
  const upper = text.toUpperCase();
  if (upper === 'L') return { kind: 'weekday', weekdays: [field.max] };
  const nth = /^(\w+)#([1-5])$/.exec(upper);
  const weekday = numberOf(field, nth?.[1] ?? upper.replace(/L$/, ''));
  if (weekday === undefined) return undefined;
  if (nth !== null) return { kind: 'nth-weekday', weekday, nth: Number(nth[2]) };
  return upper.endsWith('L') ? { kind: 'last-weekday', weekday } : undefined;
}

function numberOf(field: CronField, text: string): number | undefined {
  const named = field.names.indexOf(text.toUpperCase());
  if (named >= 0) return field.min + named;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= field.min && value <= field.max ? value : undefined;
}

function notUnderstood(field: CronField, text: string, offset: number): ExpressionFault {
  const named = field.names.length > 0 ? ` or ${field.names[0]}-${field.names[field.names.length - 1]}` : '';
  const sunday = field.days === 'week' && text === '0' ? 'AWS counts the days of the week from 1 for Sunday' : '';
  return fault(
    offset,
    `"${text}" is not in the ${field.name} field, which takes ${field.min}-${field.max}${named}`,
    sunday,
  );
}

function fault(offset: number, message: string, hint: string): ExpressionFault {
  return { ok: false, message, offset, hint };
}
