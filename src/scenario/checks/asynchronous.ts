/** What a function says of its asynchronous events, against AWS's ranges and the day. */
import { asyncEventAge } from '../../rules/async-event-age.js';
import { asyncFunctionErrorRetry } from '../../rules/async-function-error-retry.js';
import { durationText } from '../quantities/duration.js';
import type { Context } from '../resolve/context.js';
import type { Path } from '../tree.js';
import type { Scenario } from '../types.js';
import { checkFeature } from './feature-dates.js';

export function checkAsynchronous({ functions }: Scenario, context: Context): void {
  const { minimum, maximum } = context.rules.value(asyncEventAge);
  const retries = context.rules.value(asyncFunctionErrorRetry).maximum;
  for (const { id, async } of functions) {
    const path: Path = ['functions', id, 'async'];
    for (const key of ['maximumRetryAttempts', 'maximumEventAge'] as const)
      if (context.has([...path, key])) checkFeature('asynchronousSettings', [...path, key], context);
    for (const key of ['onSuccess', 'onFailure'] as const)
      if (context.has([...path, key])) checkFeature('destinations', [...path, key], context);
    if (async.maximumRetryAttempts > retries) {
      context.report([...path, 'maximumRetryAttempts'], {
        code: 'above-maximum',
        message: `${async.maximumRetryAttempts} retries are above the maximum of ${retries}`,
        hint: `use 0 to ${retries}`,
      });
    }
    const age = async.maximumEventAge;
    if (age >= minimum && age <= maximum) continue;
    const [code, edge] = age < minimum ? ['below-minimum', 'minimum'] : ['above-maximum', 'maximum'];
    context.report([...path, 'maximumEventAge'], {
      code: code!,
      message: `${durationText(age)} is ${age < minimum ? 'below' : 'above'} the ${edge} of ${durationText(age < minimum ? minimum : maximum)}`,
      hint: `use ${durationText(minimum)} to ${durationText(maximum)}`,
    });
  }
}
