/** What the time of a run is made of, and the setting behind the largest part. Inits are not in it. */
import { makeDistribution } from '../../engine/distributions/registry.js';
import { scaled } from '../../engine/distributions/scaled.js';
import { randomStreams } from '../../engine/random-streams.js';
import { MILLISECOND } from '../../engine/units.js';
import { memoryFactor } from '../../lambda/work.js';
import type { Summary } from '../../results/run-result.js';
import { responseStreaming, streamingTime } from '../../rules/response-streaming.js';
import type { LambdaFunctionSettings, Statistic } from '../../scenario/types.js';
import { longestWait } from './dependencies.js';
import type { Subject } from './subject.js';

/** In milliseconds on average. */
export interface Part {
  readonly ms: number;
  /** In words that follow its time: `in its handler`. */
  readonly where: string;
  readonly knob: string;
}

/** Those that are not 0, the largest first. Without records it is a run for a caller, of no batch. */
export function partsOfRun(subject: Subject, fn: LambdaFunctionSettings, withRecords: boolean): Part[] {
  const own = `functions.${fn.id}`;
  const handler = handlerTime(subject, fn).mean / MILLISECOND;
  const { ms: streaming, knob: ofResponse } = streamingOf(subject, fn);
  const { duration, invocations, gbSecondsBy } = subject.run.functions[fn.id]!;
  const downstream = invocations === 0 ? 0 : (gbSecondsBy.downstream * 1024_000) / fn.memory / invocations;
  const rest = (duration.mean ?? 0) - handler - streaming - downstream;
  const records = withRecords && fn.durationPerRecord !== undefined ? Math.max(0, rest) : 0;
  return [
    { ms: handler, where: 'in its handler', knob: handlerKnob(fn) },
    { ms: records, where: 'on the records of its batches', knob: `${own}.durationPerRecord` },
    { ms: streaming, where: 'until its response has left', knob: ofResponse },
    ...(downstream > 0 ? [waitingPart(subject, fn, downstream)] : []),
  ]
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
}

export function handlerKnob({ id, memoryScaling }: LambdaFunctionSettings): string {
  return `functions.${id}.${memoryScaling === undefined ? 'duration' : 'memory'}`;
}

function waitingPart(subject: Subject, fn: LambdaFunctionSettings, ms: number): Part {
  const { to, knob } = longestWait(subject, fn);
  return { ms, where: `waiting, most of it for ${to}`, knob };
}

function streamingOf({ rules }: Subject, { id, response }: LambdaFunctionSettings): { ms: number; knob: string } {
  const { streamed, size, rate } = response;
  if (!streamed) return { ms: 0, knob: '' };
  const rule = rules.value(responseStreaming);
  const time = streamingTime(rule, size, rate);
  // Beyond the cap of Lambda a higher rate changes nothing: it has to be most of the time.
  const isOwn = time > 2 * streamingTime(rule, size);
  return { ms: time / MILLISECOND, knob: `functions.${id}.response.${isOwn ? 'rate' : 'size'}` };
}

/** Of the handler alone, in microseconds. */
function handlerTime({ rules }: Subject, fn: LambdaFunctionSettings) {
  return scaled(makeDistribution(fn.duration), memoryFactor(fn, rules));
}

/** Enough for two digits of the 99.9th percentile. */
const DRAWS = 100_000;

/** The same of the handler as the scenario has it, in milliseconds: drawn, for of most distributions no formula is known. */
export function handlerAt(subject: Subject, fn: LambdaFunctionSettings, statistic: Statistic): number | null {
  const time = handlerTime(subject, fn);
  if (statistic === 'mean') return time.mean / MILLISECOND;
  const { count } = subject.run.functions[fn.id]!.duration;
  if (count === 0) return null;
  const quantile = { min: 0, max: 1 - 1 / count }[statistic as string] ?? 1 - (BEYOND[statistic] ?? Number.NaN);
  if (Number.isNaN(quantile)) return null;
  const draws = new Float64Array(DRAWS);
  time.fill(randomStreams('handler').named('quantile'), draws, DRAWS);
  return draws.sort()[Math.floor(quantile * (DRAWS - 1))]! / MILLISECOND;
}

const BEYOND: Readonly<Record<string, number>> = { p50: 0.5, p90: 0.1, p95: 0.05, p99: 0.01, 'p99.9': 0.001 };

/** Share of the times that lie beyond a statistic; for the greatest and for a mean each of them counts. */
export function shareBeyond(statistic: Statistic): number {
  return BEYOND[statistic] ?? 0;
}

/** Null where there are no times, and for what is none of a time. */
export function statisticOf(times: Summary, statistic: Statistic): number | null {
  if (statistic === 'rate' || statistic === 'sum' || statistic === 'count') return null;
  return times[statistic === 'p99.9' ? 'p999' : statistic];
}
