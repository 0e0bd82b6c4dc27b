/**
 * The profile of `daily`: a level rate for each local hour, weighted by hour and weekday. Its mean over a week of seven
 * days of 24 hours is `mean`; a week in which the clocks change has an hour more or less of its own weight.
 */
import { MILLISECOND, type Micros } from '../engine/units.js';
import type { TrafficShape } from '../scenario/types.js';
import type { RunSpan } from './arrival-process.js';
import type { RatePiece } from './rate-profile.js';
import { TimeZone } from './time-zone.js';

type Daily = Extract<TrafficShape, { kind: 'daily' }>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-01 was a Thursday; Monday is 0. */
const FIRST_WEEKDAY = 3;

export function* daily(shape: Daily, run: RunSpan): Generator<RatePiece> {
  const zone = new TimeZone(shape.timezone);
  const perHour = shape.mean / mean(shape.hours);
  const perDay = shape.weekdays === undefined ? 0 : 1 / mean(shape.weekdays);
  const endMs = run.startEpochMs + run.duration / MILLISECOND;
  const sinceStart = (epochMs: number): Micros => (epochMs - run.startEpochMs) * MILLISECOND;

  let atMs = run.startEpochMs;
  while (atMs < endMs) {
    const offset = zone.offsetAt(atMs);
    const local = atMs + offset;
    const hourEnd = (Math.floor(local / HOUR_MS) + 1) * HOUR_MS - offset;
    const until = Math.min(endMs, zone.changeBetween(atMs, hourEnd) ?? hourEnd);
    const day = Math.floor(local / DAY_MS);
    const hour = Math.floor((local - day * DAY_MS) / HOUR_MS);
    const weekday = shape.weekdays === undefined ? 1 : shape.weekdays[(day + FIRST_WEEKDAY) % 7] * perDay;
    const rate = perHour * shape.hours[hour] * weekday;
    yield { start: sinceStart(atMs), end: sinceStart(until), from: rate, to: rate };
    atMs = until;
  }
}

function mean(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
}
