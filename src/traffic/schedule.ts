/**
 * The instants of `schedule`. A rate() first fires after one whole period and takes no notice of clock changes: a day is
 * 24 hours, as in Amazon EventBridge Scheduler User Guide, "Schedule types"; read 2026-11-21.
 */
import { InvariantError } from '../engine/errors.js';
import { MILLISECOND, MINUTE, type Micros } from '../engine/units.js';
import { parseScheduleExpression } from '../rules/schedule-expression.js';
import type { TrafficShape } from '../scenario/types.js';
import type { RunSpan } from './arrival-process.js';
import { cronInstants } from './cron.js';
import { TimeZone } from './time-zone.js';

type Schedule = Extract<TrafficShape, { kind: 'schedule' }>;

export function* scheduledInstants(shape: Schedule, run: RunSpan): Generator<Micros> {
  const parsed = parseScheduleExpression(shape.expression);
  if (!parsed.ok)
    throw new InvariantError(`schedule "${shape.expression}" should have been refused: ${parsed.message}`);
  const { schedule } = parsed;
  if (schedule.kind === 'rate') {
    const period = schedule.minutes * MINUTE;
    for (let at = period; at < run.duration; at += period) yield at;
    return;
  }
  const endMs = run.startEpochMs + run.duration / MILLISECOND;
  for (const instant of cronInstants(schedule.fields, new TimeZone(shape.timezone), run.startEpochMs, endMs)) {
    yield (instant - run.startEpochMs) * MILLISECOND;
  }
}
