/** A function with every default in place. Distributions that the rules give (init, keepAlive, maximumAge) stay undefined. */
import { asyncEventAge } from '../../rules/async-event-age.js';
import { asyncFunctionErrorRetry } from '../../rules/async-function-error-retry.js';
import { ephemeralStorage } from '../../rules/ephemeral-storage.js';
import { functionTimeout } from '../../rules/function-timeout.js';
import { vpcNetwork } from '../../rules/vpc-network.js';
import type { DistributionForm } from '../dist.js';
import type { FunctionInput } from '../schema-function.js';
import type { Path } from '../tree.js';
import { below } from '../tree.js';
import type { AsyncSettings, LambdaFunctionSettings, MemoryScaling } from '../types.js';
import type { Context } from './context.js';
import { resolveMappings } from './mapping.js';
import { NOTHING, withSamples } from './samples.js';

export function resolveFunction(id: string, input: FunctionInput, context: Context): LambdaFunctionSettings {
  const path: Path = ['functions', id];
  const time = <F extends DistributionForm | undefined>(form: F, ...steps: Path) =>
    form === undefined ? undefined : withSamples(form, [...path, ...steps], context);
  const { snapStart, vpc, response, extensions, maximumAge } = input;
  return {
    id,
    memory: input.memory,
    architecture: input.architecture,
    runtime: input.runtime,
    packageType: input.packageType,
    packageSize: input.packageSize,
    timeout: input.timeout ?? context.rules.value(functionTimeout).default,
    ephemeralStorage: input.ephemeralStorage ?? context.rules.value(ephemeralStorage).included,
    reservedConcurrency: input.reservedConcurrency,
    provisionedConcurrency: input.provisionedConcurrency,
    snapStart:
      snapStart === false
        ? undefined
        : snapStart === true
          ? { restore: undefined, afterRestore: undefined }
          : {
              restore: time(snapStart.restore, 'snapStart', 'restore'),
              afterRestore: time(snapStart.afterRestore, 'snapStart', 'afterRestore'),
            },
    vpc: vpcOf(vpc, [...path, 'vpc'], context),
    duration: time(input.duration, 'duration') ?? NOTHING,
    durationPerRecord: time(input.durationPerRecord, 'durationPerRecord'),
    firstDuration: time(input.firstDuration, 'firstDuration'),
    init: time(input.init, 'init'),
    keepAlive: time(input.keepAlive, 'keepAlive'),
    maximumAge: maximumAge === 'none' ? 'none' : time(maximumAge, 'maximumAge'),
    initialEnvironments: input.initialEnvironments,
    extensions:
      extensions === undefined
        ? undefined
        : {
            init: time(extensions.init, 'extensions', 'init') ?? NOTHING,
            after: time(extensions.after, 'extensions', 'after') ?? NOTHING,
          },
    response:
      typeof response === 'number'
        ? { size: response, streamed: false, rate: undefined }
        : { size: response.size, streamed: response.streamed, rate: response.rate },
    memoryScaling: memoryScaling(input.memoryScaling, [...path, 'memoryScaling'], context),
    errorRate: input.errorRate,
    recordErrorRate: input.recordErrorRate,
    poisonRate: input.poisonRate,
    eventSources: resolveMappings(input.eventSources ?? [], [...path, 'eventSources'], context),
    async: asyncOf(input.async, context),
    calls: (input.calls ?? []).map(({ invocation, key, ...call }) => ({
      ...call,
      invocation: invocation ?? 'RequestResponse',
      key,
    })),
  };
}

/** Unless it is said, the network interfaces are those of the day. */
function vpcOf(input: FunctionInput['vpc'], path: Path, context: Context): LambdaFunctionSettings['vpc'] {
  if (input === false) return undefined;
  const { mode = context.rules.value(vpcNetwork).mode, addresses } = input === true ? {} : input;
  if (mode === 'classic') return { mode, addresses };
  if (addresses !== undefined) {
    context.report(
      [...path, 'addresses'],
      {
        code: 'no-effect',
        message: 'addresses are those of classic interfaces, and hyperplane takes none for an environment',
        hint: 'write mode: classic, or remove addresses',
      },
      [[...path, 'mode'], ['asOf']],
    );
  }
  return { mode };
}

function asyncOf(input: FunctionInput['async'], context: Context): AsyncSettings {
  const { maximumRetryAttempts, maximumEventAge } = input;
  return {
    maximumRetryAttempts: maximumRetryAttempts ?? context.rules.value(asyncFunctionErrorRetry).attempts,
    maximumEventAge: maximumEventAge ?? context.rules.value(asyncEventAge).default,
    onSuccess: input.onSuccess,
    onFailure: input.onFailure,
    deadLetterQueue: input.deadLetterQueue,
    duplicateRate: input.duplicateRate,
  };
}

function memoryScaling(input: FunctionInput['memoryScaling'], path: Path, context: Context): MemoryScaling | undefined {
  if (input === undefined) return undefined;
  const { table, measuredAt, cpuBound, parallel } = input;
  if (table !== undefined) {
    for (const key of ['measuredAt', 'cpuBound', 'parallel']) {
      if (context.has([...path, key]))
        context.report([...path, key], {
          code: 'one-of',
          message: `${key} has no meaning beside a table`,
          hint: `remove ${key}, or the table`,
        });
    }
    return { kind: 'table', points: table };
  }
  if (measuredAt === undefined || cpuBound === undefined) {
    const missing = measuredAt === undefined ? 'measuredAt' : 'cpuBound';
    const fault = {
      code: 'missing-setting',
      message: `memoryScaling needs ${missing}, or a table`,
      hint: 'such as { measuredAt: 512MB, cpuBound: 70% }',
    };
    context.report(path, fault, below(path, ['measuredAt', 'cpuBound', 'table']));
    return undefined;
  }
  return { kind: 'cpu', measuredAt, cpuBound, parallel };
}
