/**
 * When a cron() schedule fires. Local times that the clock jumps over do not fire and those it shows twice fire once, as
 * in Amazon EventBridge Scheduler User Guide, "Schedule types", daylight saving time; read 2026-11-21. Which of the two
 * times fires is not documented: the first is assumed. The exact second within the minute is not either: it is :00 here.
 */
import type { CronFields, DayCondition } from '../rules/cron-fields.js';
import type { TimeZone } from './time-zone.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A day of the Gregorian calendar; `weekday` is AWS's, 1 for Sunday. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly daysInMonth: number;
}

/** The instants from `fromMs` on and before `untilMs`, in milliseconds since 1970 UTC, rising. */
export function* cronInstants(fields: CronFields, zone: TimeZone, fromMs: number, untilMs: number): Generator<number> {
  const firstDay = Math.floor((fromMs + zone.offsetAt(fromMs)) / DAY_MS) - 1;
  const lastDay = Math.floor((untilMs + zone.offsetAt(untilMs)) / DAY_MS) + 1;
  for (let number = firstDay; number <= lastDay; number++) {
    if (!firesOn(fields, dayOf(number))) continue;
    for (const hour of fields.hours) {
      for (const minute of fields.minutes) {
        const instant = zone.instantOf(number * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS);
        if (instant === undefined || instant < fromMs) continue;
        if (instant >= untilMs) return;
        yield instant;
      }
    }
  }
}

function dayOf(number: number): Day {
  const date = new Date(number * DAY_MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  return {
    year,
    month: month + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() + 1,
    daysInMonth: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
  };
}

function firesOn(fields: CronFields, day: Day): boolean {
  if (!fields.years.includes(day.year) || !fields.months.includes(day.month)) return false;
  return fields.days.some((condition) => meets(day, condition));
}

function meets(day: Day, condition: DayCondition): boolean {
  switch (condition.kind) {
    case 'day-of-month':
      return condition.days.includes(day.day);
    case 'last-day':
      return day.day === day.daysInMonth - condition.before;
    case 'last-working-day':
      return day.day === workingDayNear(day.daysInMonth, day);
    case 'nearest-working-day':
      return condition.day <= day.daysInMonth && day.day === workingDayNear(condition.day, day);
    case 'weekday':
      return condition.weekdays.includes(day.weekday);
    case 'nth-weekday':
      return day.weekday === condition.weekday && Math.ceil(day.day / 7) === condition.nth;
    case 'last-weekday':
      return day.weekday === condition.weekday && day.day + 7 > day.daysInMonth;
  }
}

/** The day from Monday to Friday nearest to `wanted` in the month of `day`, without leaving that month. */
function workingDayNear(wanted: number, { day, weekday, daysInMonth }: Day): number {
  const itsWeekday = (((weekday - 1 + wanted - day) % 7) + 7) % 7;
  if (itsWeekday === 6) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (itsWeekday === 0) return wanted < daysInMonth ? wanted + 1 : wanted - 2;
  return wanted;
}
