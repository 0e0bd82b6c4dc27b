/**
 * Rule     A schedule is rate(value unit) or cron(six fields); rate fires after each whole period, cron on the minute.
 * Numbers  The finest grain is 1 minute. With a value of 1 the unit is singular, above it plural.
 * Era      Unchanged since scheduled rules exist.
 * Source   Amazon EventBridge User Guide, "Rate expressions reference" and "Cron expressions reference"; read 2026-11-21.
 * Assumes  Letters may be small or capital. One-time at() schedules of EventBridge Scheduler are left to `burst`.
 *
 * Parsing only: when a schedule fires is decided by the traffic layer, which knows the clock and the time zone.
 */
import { type CronFields, parseCronFields } from './cron-fields.js';

export type ScheduleExpression =
  /** A period in minutes. */
  { readonly kind: 'rate'; readonly minutes: number } | { readonly kind: 'cron'; readonly fields: CronFields };

/** Where and why an expression is wrong; `offset` counts characters of the whole expression from 0. */
export interface ExpressionFault {
  readonly ok: false;
  readonly message: string;
  readonly offset: number;
  /** What to write instead; empty when there is nothing to suggest. */
  readonly hint: string;
}

export type ParsedSchedule = { readonly ok: true; readonly schedule: ScheduleExpression } | ExpressionFault;

const MINUTES_OF: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** Reads `rate(5 minutes)` or `cron(0 20 ? * MON-FRI *)`. */
export function parseScheduleExpression(text: string): ParsedSchedule {
  const call = /^(\s*)([a-zA-Z]*)(\s*\()(.*)\)\s*$/s.exec(text);
  const name = call?.[2]?.toLowerCase();
  if (call === null || (name !== 'rate' && name !== 'cron')) return notASchedule(text, name);
  const [, space = '', word = '', bracket = '', inside = ''] = call;
  const offset = space.length + word.length + bracket.length;
  if (name === 'rate') return parseRate(inside, offset);
  const fields = parseCronFields(inside, offset);
  return fields.ok ? { ok: true, schedule: { kind: 'cron', fields: fields.value } } : fields;
}

function parseRate(inside: string, offset: number): ParsedSchedule {
  const parts = /^\s*(\S+)\s+([a-zA-Z]+)\s*$/.exec(inside);
  if (parts === null) {
    return fault('rate() takes a number and a unit', offset, 'write rate(5 minutes), rate(1 hour) or rate(7 days)');
  }
  const [, number = '', unit = ''] = parts;
  const singular = unit.toLowerCase().replace(/s$/, '');
  const minutes = MINUTES_OF[singular];
  const unitAt = offset + inside.lastIndexOf(unit);
  if (minutes === undefined)
    return fault(`"${unit}" is no unit of rate()`, unitAt, 'minute, minutes, hour, hours, day or days');
  const value = Number(number);
  if (!/^\d+$/.test(number) || value < 1 || value > 1e9) {
    return fault(`the value of rate() is a whole number from 1, not "${number}"`, offset + inside.indexOf(number), '');
  }
  const right = value === 1 ? singular : `${singular}s`;
  if (unit.toLowerCase() !== right) {
    return fault(`AWS wants "${right}" with a value of ${value}`, unitAt, `write rate(${value} ${right})`);
  }
  return { ok: true, schedule: { kind: 'rate', minutes: value * minutes } };
}

function notASchedule(text: string, name: string | undefined): ExpressionFault {
  if (/^\s*at\s*\(/i.test(text)) {
    return fault('a one-time at() schedule is not a recurring one', 0, 'write burst: { at: 2h, count: 1 }');
  }
  if (/^\s*(rate|cron)\s*\(/i.test(text))
    return fault('the closing bracket is missing', text.length, `write ${text.trim()})`);
  if (name === undefined && /^\S+(\s+\S+){4,5}$/.test(text.trim())) {
    return fault('a cron expression stands in cron(...)', 0, `write cron(${text.trim()})`);
  }
  return fault('a schedule is rate(...) or cron(...)', 0, 'write rate(5 minutes) or cron(0 20 ? * MON-FRI *)');
}

function fault(message: string, offset: number, hint: string): ExpressionFault {
  return { ok: false, message, offset, hint };
}
