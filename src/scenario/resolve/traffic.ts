/** Traffic with its shape told apart and the defaults of its `via` in place. */
import { callerOf, synchronousCallers } from '../../rules/synchronous-callers.js';
import { listed } from '../nearest.js';
import { durationText } from '../quantities/duration.js';
import { shown } from '../quantities/reading.js';
import type { TrafficInput } from '../schema-traffic.js';
import { below, type Path } from '../tree.js';
import {
  type ArrivalsSettings,
  type InvocationType,
  isAsynchronousVia,
  type TrafficSettings,
  type TrafficShape,
  type Via,
} from '../types.js';
import type { Context } from './context.js';
import { resolveRetry } from './retry.js';
import { withSamples } from './samples.js';
import { traceShape } from './trace.js';

const SHAPES = ['rate', 'stages', 'daily', 'users', 'schedule', 'burst', 'trace', 'follows'] as const;

export function resolveTraffic(id: string, input: TrafficInput, context: Context): TrafficSettings {
  const path: Path = ['traffic', id];
  const toFunction = isFunction(input.to, context);
  const via = toFunction ? (input.via ?? (input.schedule === undefined ? 'sdk' : 'eventbridge')) : 'sdk';
  const invocation = toFunction ? invocationOf(via, input.invocation, path, context) : 'Event';
  const edgeEvent = input.edgeEvent ?? (via === 'lambda-edge' ? 'viewer-request' : undefined);
  if (input.edgeEvent !== undefined && via !== 'lambda-edge') {
    context.report(
      [...path, 'edgeEvent'],
      {
        code: 'no-effect',
        message: `edgeEvent has no meaning with via: ${via}`,
        hint: 'write via: lambda-edge, or remove edgeEvent',
      },
      [[...path, 'via']],
    );
  }
  if (invocation === 'Event') refuseAnswers(input, toFunction, path, context);
  const { retry, timeout } = patienceOf(via, invocation, edgeEvent, input, path, context);
  return {
    id,
    to: input.to,
    via,
    invocation,
    edgeEvent,
    shape: shapeOf(input, path, context),
    spikes: input.spikes ?? [],
    arrivals: arrivalsOf(input, path, context),
    scale: input.scale,
    payload: input.payload,
    key: input.key,
    retry,
    timeout,
  };
}

/** What is not known counts as a function: that there is none is said elsewhere. */
function isFunction(to: string, { ids }: Context): boolean {
  return (
    ids.functions.includes(to) || !(['queues', 'streams', 'topics'] as const).some((kind) => ids[kind].includes(to))
  );
}

/** Callers that may also hand over an event and go. */
const EITHER: readonly Via[] = ['sdk', 'rest-api', 'step-functions'];

function invocationOf(via: Via, written: InvocationType | undefined, path: Path, context: Context): InvocationType {
  const own: InvocationType = isAsynchronousVia(via) ? 'Event' : 'RequestResponse';
  if (written === undefined || written === own) return own;
  if (EITHER.includes(via)) return written;
  context.report(
    [...path, 'invocation'],
    { code: 'one-of', message: `via: ${via} always invokes as ${own}`, hint: 'remove invocation, or use another via' },
    [[...path, 'via']],
  );
  return own;
}

/** Who hands over a record waits for no answer: neither its time limit nor its retries have a meaning. */
function refuseAnswers(input: TrafficInput, toFunction: boolean, path: Path, context: Context): void {
  const keys = toFunction ? (['retry', 'timeout'] as const) : (['via', 'invocation', 'retry', 'timeout'] as const);
  for (const key of keys) {
    if (input[key] === undefined) continue;
    context.report(
      [...path, key],
      {
        code: 'no-effect',
        message: toFunction
          ? `${key} has no meaning for an asynchronous invocation, which waits for no answer`
          : `${key} belongs to calls of a function, and ${shown(input.to)} is none`,
        hint: `remove ${key}`,
      },
      [
        [...path, 'to'],
        [...path, 'via'],
        [...path, 'invocation'],
      ],
    );
  }
}

function patienceOf(
  via: Via,
  invocation: InvocationType,
  edgeEvent: TrafficInput['edgeEvent'],
  input: TrafficInput,
  path: Path,
  context: Context,
): Pick<TrafficSettings, 'retry' | 'timeout'> {
  if (invocation === 'Event' || isAsynchronousVia(via)) return { retry: { kind: 'none' }, timeout: undefined };
  const caller = callerOf(context.rules.value(synchronousCallers), via, edgeEvent);
  return {
    retry: resolveRetry(input.retry, caller, [...path, 'retry'], context),
    timeout: input.timeout === 'none' ? undefined : (input.timeout ?? caller.timeLimit ?? undefined),
  };
}

function shapeOf(input: TrafficInput, path: Path, context: Context): TrafficShape {
  const given = SHAPES.filter((shape) => input[shape] !== undefined);
  const none: TrafficShape = { kind: 'none' };
  if (given.length > 1) {
    context.report(path, {
      code: 'one-of',
      message: `traffic has one shape, and this has ${listed(given).replace(' or ', ' and ')}`,
      hint: 'keep one, and make a second traffic of the other',
    });
    return none;
  }
  if (input.timezone !== undefined && input.schedule === undefined) {
    context.report(
      [...path, 'timezone'],
      { code: 'no-effect', message: 'timezone belongs to a schedule', hint: 'remove it, or write it inside daily' },
      [[...path, 'schedule']],
    );
  }
  const [shape] = given;
  if (shape === undefined) {
    if (input.spikes === undefined)
      context.report(
        path,
        { code: 'missing-setting', message: 'traffic needs a shape', hint: `write ${listed([...SHAPES, 'spikes'])}` },
        below(path, [...SHAPES, 'spikes']),
      );
    return none;
  }
  if (input.spikes !== undefined && shape !== 'rate' && shape !== 'stages' && shape !== 'daily') {
    context.report([...path, 'spikes'], {
      code: 'one-of',
      message: `spikes are added to a rate, and ${shape} has none`,
      hint: 'move them to a second traffic',
    });
  }
  return makeShape(shape, input, path, context) ?? none;
}

function makeShape(
  shape: (typeof SHAPES)[number],
  input: TrafficInput,
  path: Path,
  context: Context,
): TrafficShape | undefined {
  switch (shape) {
    case 'rate':
      return { kind: 'rate', rate: input.rate! };
    case 'stages':
      return stagesOf(input.stages!, [...path, 'stages'], context);
    case 'daily':
      return dailyOf(input.daily!, [...path, 'daily'], context);
    case 'users': {
      const thinkTime = withSamples(input.users!.thinkTime, [...path, 'users', 'thinkTime'], context);
      return thinkTime === undefined ? undefined : { kind: 'users', count: input.users!.count, thinkTime };
    }
    case 'schedule':
      return { kind: 'schedule', expression: input.schedule!, timezone: input.timezone ?? 'UTC' };
    case 'burst':
      return { kind: 'burst', ...input.burst! };
    case 'trace':
      return traceShape(input.trace!, [...path, 'trace'], context);
    case 'follows': {
      const delay = withSamples(input.follows!.delay, [...path, 'follows', 'delay'], context);
      return delay === undefined ? undefined : { kind: 'follows', ...input.follows!, delay };
    }
  }
}

/** A ramp begins at the rate the stage before it ended with, the first at 0. */
function stagesOf(stages: NonNullable<TrafficInput['stages']>, path: Path, context: Context): TrafficShape {
  const resolved: { for: number; from: number; to: number }[] = [];
  let before = 0;
  for (const [index, stage] of stages.entries()) {
    if ((stage.rate === undefined) === (stage.rampTo === undefined)) {
      const message =
        stage.rate === undefined ? 'a stage needs rate or rampTo' : 'a stage has rate or rampTo, not both';
      const fault = {
        code: stage.rate === undefined ? 'missing-setting' : 'one-of',
        message,
        hint: `such as { for: ${durationText(stage.for)}, rate: 50/s }`,
      };
      context.report([...path, index], fault, below([...path, index], ['rate', 'rampTo']));
      continue;
    }
    const to = stage.rate ?? stage.rampTo!;
    resolved.push({ for: stage.for, from: stage.rate ?? before, to });
    before = to;
  }
  if (resolved.length === stages.length && resolved.every(({ from, to }) => from === 0 && to === 0)) {
    context.report(path, {
      code: 'below-minimum',
      message: 'every stage is at 0/s, so nothing arrives',
      hint: 'give at least one stage a rate above 0',
    });
  }
  return { kind: 'stages', stages: resolved };
}

function dailyOf(daily: NonNullable<TrafficInput['daily']>, path: Path, context: Context): TrafficShape {
  const weights = (key: 'hours' | 'weekdays', wanted: number): void => {
    const given = daily[key];
    if (given === undefined) return;
    if (given.length !== wanted) {
      context.report([...path, key], {
        code: 'wrong-length',
        message: `${key} has ${given.length === 1 ? '1 weight' : `${given.length} weights`} and needs ${wanted}`,
        hint: key === 'hours' ? 'one for each hour from midnight' : 'one for each day from Monday',
      });
    } else if (given.every((weight) => weight === 0)) {
      context.report([...path, key], {
        code: 'weights-all-zero',
        message: 'the weights are all zero',
        hint: 'give at least one a weight above 0',
      });
    }
  };
  weights('hours', 24);
  weights('weekdays', 7);
  return {
    kind: 'daily',
    mean: daily.mean,
    hours: daily.hours ?? Array.from({ length: 24 }, () => 1),
    weekdays: daily.weekdays,
    timezone: daily.timezone,
  };
}

function arrivalsOf(input: TrafficInput, path: Path, context: Context): ArrivalsSettings {
  const { arrivals } = input;
  for (const shape of ['users', 'schedule', 'burst', 'follows'] as const) {
    if (input[shape] === undefined || !context.has([...path, 'arrivals'])) continue;
    context.report([...path, 'arrivals'], {
      code: 'no-effect',
      message: `${shape} says itself when requests arrive`,
      hint: 'remove arrivals',
    });
  }
  if (typeof arrivals === 'string') return { kind: arrivals };
  const { bursty, modulated } = arrivals;
  if ((bursty === undefined) === (modulated === undefined)) {
    const message =
      bursty === undefined ? 'arrivals needs bursty or modulated' : 'arrivals is bursty or modulated, not both';
    const fault = {
      code: bursty === undefined ? 'missing-setting' : 'one-of',
      message,
      hint: 'such as { bursty: { cv: 4 } }',
    };
    context.report([...path, 'arrivals'], fault, below([...path, 'arrivals'], ['bursty', 'modulated']));
  }
  if (bursty !== undefined) return { kind: 'bursty', cv: bursty.cv };
  return modulated === undefined ? { kind: 'poisson' } : { kind: 'modulated', ...modulated };
}
