/** What the time of a run is made of, and the setting behind the largest part. Inits are not in it. */
import type { DistributionSpec } from '../../engine/distribution.js';
import { makeDistribution } from '../../engine/distributions/registry.js';
import { scaled } from '../../engine/distributions/scaled.js';
import { MILLISECOND } from '../../engine/units.js';
import { memoryFactor } from '../../lambda/work.js';
import { responseStreaming, streamingTime } from '../../rules/response-streaming.js';
import type { LambdaFunctionSettings, Statistic } from '../../scenario/types.js';
import { longestWait } from './dependencies.js';
import { shareBeyond, statisticOf, statisticOfDraws } from './statistic.js';
import type { Subject } from './subject.js';

export interface Part {
  /** Of a statistic of the part alone: those of the parts add up to that of the whole for a mean only. */
  readonly ms: number;
  /** In words that follow its time: `in its handler`. */
  readonly where: string;
  readonly knob: string;
}

/** Those that are not 0, the largest first. Without records it is a run for a caller, of no batch. */
export function partsOfRun(
  subject: Subject,
  fn: LambdaFunctionSettings,
  withRecords: boolean,
  statistic: Statistic = 'mean',
): Part[] {
  const own = `functions.${fn.id}`;
  const { usual: handler, first } = handlersOf(subject, fn, statistic);
  const { ms: streaming, knob: ofResponse } = streamingOf(subject, fn);
  const { duration, invocations, gbSecondsBy } = subject.run.functions[fn.id]!;
  const whole = statisticOf(duration, statistic) ?? 0;
  const downstream = invocations === 0 ? 0 : (gbSecondsBy.downstream * 1024_000) / fn.memory / invocations;
  const waiting = downstream > 0 ? [waitingPart(subject, fn, statistic, { downstream, whole })] : [];
  const rest = waiting.reduce((left, { ms }) => left - ms, whole - handler - first - streaming);
  const records = withRecords && fn.durationPerRecord !== undefined ? Math.max(0, rest) : 0;
  return [
    { ms: handler, where: 'in its handler', knob: handlerKnob(fn) },
    { ms: first, where: 'in the first runs of its environments', knob: `${own}.firstDuration` },
    { ms: records, where: 'on the records of its batches', knob: `${own}.durationPerRecord` },
    { ms: streaming, where: 'until its response has left', knob: ofResponse },
    ...waiting,
  ]
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
}

export function handlerKnob({ id, memoryScaling }: LambdaFunctionSettings): string {
  return `functions.${id}.${memoryScaling === undefined ? 'duration' : 'memory'}`;
}

function waitingPart(
  subject: Subject,
  fn: LambdaFunctionSettings,
  statistic: Statistic,
  mean: { readonly downstream: number; readonly whole: number },
): Part {
  const { what, knob, ms: longest } = longestWait(subject, fn, statistic);
  // A dependency may answer long after the function was cut.
  const ms = statistic === 'mean' ? mean.downstream : Math.min(longest, mean.whole);
  return { ms, where: `waiting, most of it for ${what}`, knob };
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

/** What the handler takes of a run, and what it takes of one that is the first of its environment; of a mean, their parts in it. */
function handlersOf(subject: Subject, fn: LambdaFunctionSettings, statistic: Statistic) {
  const usual = handlerAt(subject, fn, statistic) ?? 0;
  if (fn.firstDuration === undefined) return { usual, first: 0 };
  const { environments, invocations, duration } = subject.run.functions[fn.id]!;
  const firsts = invocations === 0 ? 0 : Math.min(1, environments.created / invocations);
  const alone = statisticOfDraws(firstTime(subject, fn.firstDuration, fn), statistic, duration.count) ?? 0;
  if (statistic === 'mean') return { usual: usual * (1 - firsts), first: alone * firsts };
  return { usual, first: firsts > shareBeyond(statistic) ? alone : 0 };
}

function firstTime({ rules }: Subject, first: DistributionSpec, fn: LambdaFunctionSettings) {
  return scaled(makeDistribution(first), memoryFactor(fn, rules));
}

/** Of the first run in an environment, in milliseconds on average; undefined where it is like any other. */
export function firstRunOf(subject: Subject, fn: LambdaFunctionSettings): number | undefined {
  return fn.firstDuration && firstTime(subject, fn.firstDuration, fn).mean / MILLISECOND;
}

/** Of the handler alone, in microseconds. */
function handlerTime({ rules }: Subject, fn: LambdaFunctionSettings) {
  return scaled(makeDistribution(fn.duration), memoryFactor(fn, rules));
}

/** The same of the handler as the scenario has it, in milliseconds; null where it never ran. */
export function handlerAt(subject: Subject, fn: LambdaFunctionSettings, statistic: Statistic): number | null {
  return statisticOfDraws(handlerTime(subject, fn), statistic, subject.run.functions[fn.id]!.duration.count);
}
