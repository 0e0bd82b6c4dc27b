/** One function against AWS's limits of the day: memory, timeout, storage, package. Limits that the user overrode in `rules:` hold. */
import { count } from '../../engine/format.js';
import { ephemeralStorage } from '../../rules/ephemeral-storage.js';
import { existsOn } from '../../rules/feature-dates.js';
import { functionTimeout } from '../../rules/function-timeout.js';
import { memoryAndCpu } from '../../rules/memory-and-cpu.js';
import { packageLimits } from '../../rules/package-limits.js';
import { payloadLimits } from '../../rules/payload-limits.js';
import { valueAt } from '../../rules/rule.js';
import { durationText } from '../quantities/duration.js';
import { memoryText, sizeText } from '../quantities/size.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { LambdaFunctionSettings, Scenario } from '../types.js';
import { checkFeature } from './feature-dates.js';
import { hold, holdStep } from './hold.js';

export function checkFunctionLimits({ functions }: Scenario, context: Context): void {
  for (const fn of functions) {
    checkMemory(fn.memory, ['functions', fn.id, 'memory'], context);
    checkMemoryScaling(fn, context);
    checkTimeout(fn, context);
    checkStorage(fn, context);
    checkPackage(fn, context);
    checkResponse(fn, context);
  }
}

function checkMemory(memory: number, path: Path, context: Context): void {
  const { minimum, maximum, step } = context.rules.value(memoryAndCpu);
  const range = `use ${memoryText(minimum)} to ${memoryText(maximum)}${step > 1 ? ` in steps of ${memoryText(step)}` : ''}`;
  const report = (code: string, message: string, hint = range) =>
    context.report(path, { code, message, hint }, [['asOf'], ['rules', 'memory-and-cpu']]);
  if (memory > maximum) {
    const isOverridden = maximum !== valueAt(memoryAndCpu, context.asOf).maximum;
    if (!isOverridden && !checkFeature('memoryAbove3008', path, context)) return;
    report('above-maximum', `${memoryText(memory)} is above the ${count(maximum)} MB maximum`);
  } else if (memory < minimum)
    report('below-minimum', `${memoryText(memory)} is below the ${count(minimum)} MB minimum`);
  else if ((memory - minimum) % step !== 0) {
    const nearest = Math.min(maximum, minimum + Math.round((memory - minimum) / step) * step);
    report(
      'not-a-step',
      `${memoryText(memory)} is not a step of ${step} MB from ${minimum} MB on ${context.asOf}`,
      `write ${memoryText(nearest)}`,
    );
  }
}

function checkMemoryScaling({ id, memoryScaling }: LambdaFunctionSettings, context: Context): void {
  if (memoryScaling === undefined) return;
  const path = ['functions', id, 'memoryScaling'];
  if (memoryScaling.kind === 'cpu') checkMemory(memoryScaling.measuredAt, [...path, 'measuredAt'], context);
  else for (const [memory] of memoryScaling.points) checkMemory(memory, [...path, 'table'], context);
}

function checkTimeout({ id, timeout }: LambdaFunctionSettings, context: Context): void {
  const { minimum, maximum, step } = context.rules.value(functionTimeout);
  const path = ['functions', id, 'timeout'];
  hold(timeout, { minimum, maximum }, durationText, path, context, { involves: [['asOf']] });
  if (timeout >= minimum) holdStep(timeout, step, path, 'function-timeout', context);
}

function checkStorage({ id, ephemeralStorage: storage }: LambdaFunctionSettings, context: Context): void {
  const { included, maximum } = context.rules.value(ephemeralStorage);
  const path = ['functions', id, 'ephemeralStorage'];
  if (storage > maximum && maximum === included && !checkFeature('ephemeralStorageAbove512', path, context)) return;
  hold(storage, { minimum: included, maximum }, memoryText, path, context, { involves: [['asOf']] });
}

function checkPackage({ id, packageType, packageSize }: LambdaFunctionSettings, context: Context): void {
  if (packageSize === undefined) return;
  const limits = context.rules.value(packageLimits);
  const maximum = packageType === 'Zip' ? limits.zip : limits.image;
  const path = ['functions', id, 'packageSize'];
  if (packageSize <= maximum) return;
  const hint =
    packageType === 'Zip' && packageSize <= limits.image
      ? `use at most ${sizeText(maximum)}, or packageType: Image`
      : `use at most ${sizeText(maximum)}`;
  context.report(
    path,
    {
      code: 'above-maximum',
      message: `${sizeText(packageSize)} is above the ${sizeText(maximum)} limit of ${packageType === 'Zip' ? 'a zip file' : 'an image'}`,
      hint,
    },
    [['functions', id, 'packageType']],
  );
}

function checkResponse({ id, response }: LambdaFunctionSettings, context: Context): void {
  const limits = context.rules.value(payloadLimits);
  const path = ['functions', id, 'response'];
  const maximum = response.streamed ? limits.streamedResponse : limits.response;
  if (response.size > maximum) {
    const hint =
      !response.streamed && response.size <= limits.streamedResponse && existsOn('responseStreaming', context.asOf)
        ? `stream it: { size: ${sizeText(response.size)}, streamed: true }`
        : `use at most ${sizeText(maximum)}`;
    context.report(
      path,
      {
        code: 'above-maximum',
        message: `a response of ${sizeText(response.size)} is above the ${sizeText(maximum)} limit`,
        hint,
      },
      [['asOf']],
    );
  }
  if (response.rate !== undefined && !response.streamed) {
    context.report([...path, 'rate'], {
      code: 'no-effect',
      message: 'rate has no meaning for a response that is not streamed',
      hint: 'add streamed: true, or remove rate',
    });
  }
}
