/** What stands on the axes and under the cursor: times in UTC, values in their unit. */
import type uPlot from 'uplot';
import { powerOfTenMs, type Unit, written } from '../written.js';

/** Seconds since 1970. */
export type Stretch = readonly [from: number, to: number];

/** Marks of an axis of values. */
export function valuesOf(unit: Unit, isLogarithmic: boolean): uPlot.Axis.DynamicValues {
  const text = isLogarithmic && unit === 'ms' ? powerOfTenMs : (value: number) => written(unit, value);
  return (_, values) => values.map((value) => (value === null ? '' : text(value)));
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** As uPlot counts them: its marks are the first days of months and years. */
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

/** From mark to mark of an axis of times: a third of an hour is 20 min, not 16.7. */
const STEPS_MS = [
  ...[0.001, 0.01, 0.1, 1, 10, 100].flatMap((power) => [power, 2 * power, 5 * power]),
  ...[SECOND, MINUTE].flatMap((unit) => [1, 2, 5, 10, 15, 20, 30].map((count) => count * unit)),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200].map((count) => count * DAY),
];

/** From mark to mark of the axis of time, in seconds: what is zoomed has a mark each few minutes, what is long one a year. */
export const CALENDAR_STEPS = [
  ...STEPS_MS.filter((step) => step >= 1 && step < MONTH),
  ...[1, 2, 3, 4, 6].map((count) => count * MONTH),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => count * YEAR),
].map((step) => step / SECOND);

const POWERS = Array.from({ length: 16 }, (_, power) => 10 ** power);
/** There is no half of a message. */
const WHOLE_STEPS = POWERS.flatMap((power) => [power, 2 * power, 5 * power]);
const PART_STEPS = [...POWERS].reverse().flatMap((power) => [0.1, 0.2, 0.5].map((step) => step / power));

/** Other units keep the decimal steps of uPlot. */
export function stepsOf(unit: Unit): Pick<uPlot.Axis, 'incrs'> {
  if (unit === 'count') return { incrs: (_, __, ___, most) => (most < 1 ? PART_STEPS : WHOLE_STEPS) };
  if (unit === 'ms') return { incrs: STEPS_MS };
  return unit === 's' ? { incrs: STEPS_MS.map((step) => step / SECOND) } : {};
}

/** Lines and labels of a logarithmic axis: at powers of ten; within two of them at 2 and 5 as well. */
export function powers({ scales }: uPlot, values: number[]): (number | null)[] {
  const { min, max } = scales.y!;
  const wanted = (max ?? 1) / (min ?? 1) < 100 ? [1, 2, 5] : [1];
  return values.map((value) => {
    const digit = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
    return wanted.some((each) => Math.abs(digit - each) < 1e-6) ? value : null;
  });
}

/**
 * `14:05`, and the day where it begins and at the left end; days alone where many are shown, and then the year below where it
 * begins, if they are of more than one.
 */
export function timesOf(shown: () => Stretch): uPlot.Axis.DynamicValues {
  return (_, values) => {
    const [from, to] = shown();
    const end = to - from < 300 ? 19 : 16;
    const areDays = to - from > 3 * 86_400;
    const hasYears = isoOf(from).slice(0, 4) !== isoOf(to).slice(0, 4);
    let day = '';
    return values.map((seconds) => {
      const iso = isoOf(seconds);
      const before = day;
      day = iso.slice(0, 10);
      const date = day.slice(5);
      const time = iso.slice(11, end);
      if (areDays && iso.slice(11, 16) === '00:00')
        return hasYears && day.slice(0, 4) !== before.slice(0, 4) ? `${date}\n${day.slice(0, 4)}` : date;
      return day === before ? time : `${time}\n${date}`;
    });
  };
}

/** `2026-01-05 14:05`; with seconds where buckets are shorter than a minute. */
export function instant(seconds: number, step: number): string {
  return isoOf(seconds)
    .slice(0, step < 60 ? 19 : 16)
    .replace('T', ' ');
}

function isoOf(seconds: number): string {
  return new Date(seconds * SECOND).toISOString();
}
